import type { Patient, RecordFields } from "#contract/patient.ts";
import { type PatientChange, patientChange } from "#contract/patient-change.ts";
import { type FieldFault, fieldFaults } from "#contract/problem-codes.ts";

export type Field = keyof RecordFields;
type Reason = FieldFault | "other";

/** What is wrong with each edit, by the schema the server checks with. */
export function reasonsIn(edits: PatientChange): Partial<Record<Field, Reason>> {
  const found: Partial<Record<Field, Reason>> = {};
  for (const { path, message } of patientChange.safeParse(edits).error?.issues ?? [])
    found[path[0] as Field] ??= fieldFaults.find((fault) => fault === message) ?? "other";
  return found;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The edits that differ from what is kept. */
export function changesIn(edits: Partial<RecordFields>, patient: Patient): PatientChange {
  const changed = Object.entries(edits).filter(([field, value]) => !isSame(value, patient[field as Field]));
  return Object.fromEntries(changed);
}

/** What was edited, and what each part was when that began. */
export interface Edits {
  edits: Partial<RecordFields>;
  from: Partial<RecordFields>;
}

/** The edits whose part is by now something else than what they began from, and than what they make of it. */
export const clashesIn = ({ edits, from }: Edits, patient: Patient): Field[] =>
  (Object.keys(edits) as Field[]).filter(
    (field) => !isSame(from[field], patient[field]) && !isSame(edits[field], patient[field]),
  );

export const without = <T extends object>(parts: T, field: keyof T): T => {
  const { [field]: _, ...others } = parts;
  return others as T;
};
