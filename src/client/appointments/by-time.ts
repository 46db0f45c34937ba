import type { Appointment } from "#contract/appointments.ts";

/** By their times; one without stays behind whoever stands before it. */
export function byTime(patients: readonly Appointment[]): Appointment[] {
  let before = "";
  return patients
    .map((patient) => {
      before = patient.time ?? before;
      return { patient, at: before };
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ patient }) => patient);
}
