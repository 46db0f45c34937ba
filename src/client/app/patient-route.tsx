import { lazy } from "react";
import { useParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { loadCatalogs } from "../i18n.ts";
import { PatientPage } from "../patient/patient-page.tsx";
import { BesideInList, ListNavigation } from "../roster/list-navigation.tsx";

export { prefetchPatient } from "../patient/prefetch-patient.ts";

const PatientReasons = lazy(async () => {
  const reasons = import("../roster/patient-reasons.tsx");
  await loadCatalogs(["roster"]);
  return { default: (await reasons).PatientReasons };
});

const why = (patient: Patient) => <PatientReasons patient={patient} />;

/**
 * `/patients/:id`: a patient's page below the way through the list they were opened from, which is
 * in sight however far it is scrolled.
 */
export function PatientRoute() {
  const { id = "" } = useParams();
  return (
    <>
      <ListNavigation id={id} />
      <PatientPage beside={<BesideInList id={id} />} why={why} />
    </>
  );
}
