import { hospitalNumberMaxLength, identityFieldNames, phoneMaxLength } from "#contract/identity.ts";
import { type NewPatient, newPatient, newPatientFields } from "#contract/patient-change.ts";
import { nameMaxLength, uidMaxLength } from "#contract/patient-limits.ts";
import { type FieldFault, fieldFaults } from "#contract/problem-codes.ts";
import { ApiError } from "../http.ts";

export type Field = (typeof newPatientFields)[number];
export type Values = Record<Field, string>;

type Reason = FieldFault | "other";

export const mostCharacters: Partial<Record<Field, number>> = {
  partnerUid: uidMaxLength,
  name: nameMaxLength,
  hospitalNumber: hospitalNumberMaxLength,
  phone: phoneMaxLength,
};

const toReason = (word: string): Reason => fieldFaults.find((fault) => fault === word) ?? "other";

const isOptional = (field: string) => identityFieldNames.some((name) => name === field);

/** What was typed without what is not known; it is what is sent. */
export const givenOf = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).filter(([field, value]) => !isOptional(field) || value.trim() !== ""),
  ) as NewPatient;

/** What is wrong with each field, by the same schema the server checks with; a field in order is absent. */
export function reasonsIn(values: Values): Partial<Record<Field, Reason>> {
  const found: Partial<Record<Field, Reason>> = {};
  for (const issue of newPatient.safeParse(givenOf(values)).error?.issues ?? []) {
    const field = newPatientFields.find((name) => name === issue.path[0]);
    if (field) found[field] ??= toReason(issue.message);
  }
  return found;
}

/** What the server found wrong with each field. */
export function reasonsOf(error: unknown): Partial<Record<Field, Reason>> {
  if (!(error instanceof ApiError)) return {};
  const found: Partial<Record<Field, Reason>> = {};
  for (const { field, reason } of error.problem?.fields ?? []) {
    const known = newPatientFields.find((name) => name === field);
    if (known) found[known] = toReason(reason);
  }
  return found;
}
