import { lazy, Suspense } from "react";
import type { Patient } from "#contract/patient.ts";
import { loadCatalogs } from "../i18n.ts";
import { Boundary } from "../ui/boundary.tsx";
import classes from "./patient.module.css";

const PatientActs = lazy(async () => {
  const [{ PatientActs: Acts }] = await Promise.all([
    import("../acts/patient-acts.tsx"),
    loadCatalogs(["acts"]),
  ]);
  return { default: Acts };
});

/** What can be done with the patient, in a place that is kept free: its code is asked for once the curve is there. */
export const ActsLater = ({ patient, isDue }: { patient: Patient; isDue: boolean }) => (
  <div className={classes.acts}>
    <Boundary instead={null}>
      <Suspense fallback={null}>{isDue && <PatientActs key={patient.id} patient={patient} />}</Suspense>
    </Boundary>
  </div>
);
