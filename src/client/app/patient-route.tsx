import { useParams } from "react-router";
import { PatientPage } from "../patient/patient-page.tsx";
import { BesideInList, ListNavigation } from "../roster/list-navigation.tsx";

export { prefetchPatient } from "../patient/prefetch-patient.ts";

/**
 * `/patients/:id`: a patient's page below the way through the list they were opened from, which is
 * in sight however far it is scrolled.
 */
export function PatientRoute() {
  const { id = "" } = useParams();
  return (
    <>
      <ListNavigation id={id} />
      <PatientPage beside={<BesideInList id={id} />} />
    </>
  );
}
