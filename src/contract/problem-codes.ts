import type { Problem } from "./problem.ts";

/** Every way a call of our /api can fail. Clients branch on these; the words are theirs. */
export const problemCodes = [
  "invalid-request",
  "range-invalid",
  "not-signed-in",
  "forbidden",
  "second-factor-needed",
  "not-found",
  "patient-unknown",
  "device-unknown",
  "changed-meanwhile",
  "invitation-unknown",
  "rate-limited",
  "unsupported-media-type",
  "method-not-allowed",
  "body-too-slow",
  "server-busy",
  "platform-unreachable",
  "platform-busy",
  "platform-timeout",
  "platform-unauthorized",
  "platform-refused",
  "platform-error",
  "platform-malformed",
  "database-unavailable",
  "storage-full",
  "platform-mixed-up",
  "internal",
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** What can be wrong with a field of a patient, in stable words; the client translates them. */
export const fieldFaults = [
  "required",
  "too-long",
  "characters",
  "region",
  "time-zone",
  "too-many",
  "duplicate",
  "date-of-birth",
  "ambiguous-date",
  "future-date",
  "too-long-ago",
  "phone",
  "choice",
] as const;
export type FieldFault = (typeof fieldFaults)[number];

/** Whether it is ours, and not of whatever else answers in our server's place. */
export const isProblem = (body: unknown): body is Problem => {
  const { code, title, status } = (body ?? {}) as Partial<Problem>;
  return (
    typeof title === "string" &&
    typeof status === "number" &&
    code !== undefined &&
    problemCodes.includes(code)
  );
};
