import { newPatient } from "#contract/patient.ts";
import { ApiError } from "../http.ts";

const fields = ["partnerUid", "name", "region", "timeZone"] as const;
export type Field = (typeof fields)[number];
export type Values = Record<Field, string>;

const reasons = ["required", "too-long", "characters", "region", "time-zone"] as const;
export type Reason = (typeof reasons)[number] | "other";

export const mostCharacters: Partial<Record<Field, number>> = { partnerUid: 64, name: 120 };

const toReason = (word: string): Reason => reasons.find((reason) => reason === word) ?? "other";

/** What is wrong with each field, by the same schema the server checks with; a field in order is absent. */
export function reasonsIn(values: Values): Partial<Record<Field, Reason>> {
  const found: Partial<Record<Field, Reason>> = {};
  for (const issue of newPatient.safeParse(values).error?.issues ?? []) {
    const field = fields.find((name) => name === issue.path[0]);
    if (field) found[field] ??= toReason(issue.message);
  }
  return found;
}

/** What the server found wrong with each field. */
export function reasonsOf(error: unknown): Partial<Record<Field, Reason>> {
  if (!(error instanceof ApiError)) return {};
  const found: Partial<Record<Field, Reason>> = {};
  for (const { field, reason } of error.problem?.fields ?? []) {
    const known = fields.find((name) => name === field);
    if (known) found[known] = toReason(reason);
  }
  return found;
}
