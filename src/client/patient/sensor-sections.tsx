import type { Patient } from "#contract/patient.ts";
import { PatientCases } from "./patient-cases.tsx";
import { WornSensors } from "./worn-sensors.tsx";

/** The sensors that the patient has worn, and the complaints about them. */
export const SensorSections = ({ patient }: { patient: Patient }) => (
  <>
    <WornSensors patient={patient} />
    <PatientCases patient={patient} />
  </>
);
