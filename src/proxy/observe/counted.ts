import type { Audit } from "../store/audit.ts";
import type { ImportStore } from "../store/imports.ts";
import type { Metrics } from "./metrics.ts";

/** The audit trail, counting the attempts to sign in that go into it. */
export const countSignIns =
  (audit: Audit, metrics: Metrics): Audit =>
  (entry) => {
    if (entry.action === "sign-in") metrics.signIn(entry.outcome === "ok" ? "ok" : "failed");
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
