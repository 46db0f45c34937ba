import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";

const kinds: Readonly<Record<number, OperationOutcomeIssue["code"]>> = {
  400: "invalid",
  401: "login",
  403: "forbidden",
  404: "not-found",
  405: "not-supported",
  429: "throttled",
  503: "transient",
};

/** Why nothing is told, as FHIR says it. */
export const toOutcome = (status: number, diagnostics: string): OperationOutcome => ({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: kinds[status] ?? "exception", diagnostics }],
});
