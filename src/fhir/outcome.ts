import type { OperationOutcome, OperationOutcomeIssue } from "@medplum/fhirtypes";

const kinds: Readonly<Record<number, OperationOutcomeIssue["code"]>> = {
  400: "invalid",
  401: "login",
  403: "forbidden",
  404: "not-found",
  405: "not-supported",
  406: "not-supported",
  429: "throttled",
  503: "transient",
};

/** Why nothing is told, as FHIR says it. */
export const toOutcome = (status: number, diagnostics: string): OperationOutcome => ({
  resourceType: "OperationOutcome",
  issue: [{ severity: "error", code: kinds[status] ?? "exception", diagnostics }],
});

/** What is to be known of what was found; null where there is nothing. */
export const toNote = (texts: readonly string[]): OperationOutcome | null =>
  texts.length === 0
    ? null
    : {
        resourceType: "OperationOutcome",
        issue: texts.map((diagnostics) => ({ severity: "information", code: "informational", diagnostics })),
      };
