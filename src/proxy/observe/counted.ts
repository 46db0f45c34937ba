import type { Audit, AuditEntry } from "../audit/write.ts";
import type { ImportStore } from "../store/imports.ts";
import type { Metrics, SignInResult } from "./metrics.ts";

/**
 * How an attempt ended; null where a code has to follow or has been right, and
 * so the sign-in has a row of its own.
 */
function resultOf({ action, outcome }: AuditEntry): SignInResult | null {
  const isCode = action === "sign-in.code" || action === "sign-in.recovery-code";
  if (action !== "sign-in" && !isCode) return null;
  if (outcome === "ok") return isCode ? null : "ok";
  if (outcome === "code-asked") return null;
  return outcome === "locked" ? "locked" : "failed";
}

/** The audit trail, counting the attempts to sign in that go into it. */
export const countSignIns =
  (audit: Audit, metrics: Metrics): Audit =>
  (entry) => {
    const result = resultOf(entry);
    if (result) metrics.signIn(result);
    return audit(entry);
  };

/** The store of imports, counting the rows that it writes an end to. */
export const countRows = (store: ImportStore, metrics: Metrics): ImportStore => ({
  ...store,
  setRow: async (...change) => {
    await store.setRow(...change);
    const { outcome } = change[2];
    if (outcome) metrics.importRow(outcome);
  },
});
