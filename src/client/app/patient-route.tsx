import { useParams } from "react-router";
import { PatientPage } from "../patient/patient-page.tsx";
import { Beside, PatientWay } from "../roster/patient-way.tsx";

/** `/patients/:id`: a patient's page below the way through the list they were opened from, which is in sight however far it is scrolled. */
export function PatientRoute() {
  const { id = "" } = useParams();
  return (
    <>
      <PatientWay id={id} />
      <PatientPage way={<Beside id={id} />} />
    </>
  );
}
