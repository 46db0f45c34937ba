import { type Patient, type PatientChange, patientChange } from "#contract/patient.ts";

export type Values = Pick<Patient, "name" | "timeZone" | "targets" | "tags" | "careTeam">;
export type Field = keyof Values;

const reasons = ["required", "too-long", "characters", "time-zone", "too-many", "duplicate"] as const;
export type Reason = (typeof reasons)[number] | "other";

/** What is wrong with each edit, by the schema the server checks with. */
export function reasonsIn(edits: PatientChange): Partial<Record<Field, Reason>> {
  const found: Partial<Record<Field, Reason>> = {};
  for (const { path, message } of patientChange.safeParse(edits).error?.issues ?? [])
    found[path[0] as Field] ??= reasons.find((reason) => reason === message) ?? "other";
  return found;
}

/** The edits that differ from what is kept. */
export function changesIn(edits: Partial<Values>, patient: Patient): PatientChange {
  const changed = Object.entries(edits).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(patient[field as Field]),
  );
  return Object.fromEntries(changed);
}
