import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { readingsQueries } from "../api/readings.ts";
import { now } from "../clock.ts";
import { loadCatalogs, useMessages } from "../i18n.ts";
import { Boundary } from "../ui/boundary.tsx";
import classes from "./patient.module.css";
import { addressFault, periodOf } from "./period.ts";

const PatientActs = lazy(async () => {
  const [{ PatientActs: Acts }] = await Promise.all([
    import("../acts/patient-acts.tsx"),
    loadCatalogs(["acts"]),
  ]);
  return { default: Acts };
});

interface ActsLaterProps {
  patient: Patient;
  stage: PatientSummary["stage"];
  why: ReactNode;
}

/** What can be done with the patient, in a place that is kept free: its code is asked for once the curve is there. */
export function ActsLater({ patient, stage, why }: ActsLaterProps) {
  const [search] = useSearchParams();
  const period = periodOf(search, now(), patient.timeZone);
  // The period asks for itself.
  const { data, error } = useQuery({ ...readingsQueries.ofPeriod(patient.id, period), enabled: false });
  const [isDue, setIsDue] = useState(false);
  const t = useMessages("patient", "way");
  const coming = <div aria-busy="true">{t("reasonsComing")}</div>;
  if (!isDue && (data || error || stage === "waiting" || addressFault(search, now()))) setIsDue(true);
  return (
    <div className={classes.acts}>
      <div className={classes.why}>
        <Boundary instead={t("reasonsFailed")}>
          <Suspense fallback={coming}>{isDue ? why : coming}</Suspense>
        </Boundary>
      </div>
      <Boundary instead={null}>
        <Suspense fallback={null}>{isDue && <PatientActs patient={patient} />}</Suspense>
      </Boundary>
    </div>
  );
}
