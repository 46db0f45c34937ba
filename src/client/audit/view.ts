import { auditOutcomes } from "#contract/audit.ts";
import { localDayNamed } from "#glucose/local-time.ts";
import type { AuditRowsQuery } from "../api/audit.ts";

/** What the trail is narrowed to; an absent one does not narrow. Days are "2026-11-06", both included. */
export const filterNames = ["actor", "action", "subject", "outcome", "address", "from", "to"] as const;
export type AuditFilter = Partial<Record<(typeof filterNames)[number], string>>;

/** The filter of an address. It names a patient by ID and never by name. */
export function parseFilter(search: URLSearchParams): AuditFilter {
  const filter: AuditFilter = {};
  for (const name of filterNames) {
    const value = search.get(name);
    if (value && !isUnusable(name, value)) filter[name] = value;
  }
  return filter;
}

function isUnusable(name: (typeof filterNames)[number], value: string): boolean {
  if (name === "outcome") return !auditOutcomes.some((outcome) => outcome === value);
  return (name === "from" || name === "to") && !localDayNamed(value, "UTC");
}

/** What an address asks for that there is not: left out of the filter, and to be said. */
export const filterFaults = (search: URLSearchParams): { name: "outcome" | "from" | "to"; value: string }[] =>
  (["outcome", "from", "to"] as const).flatMap((name) => {
    const value = search.get(name);
    return value && isUnusable(name, value) ? { name, value } : [];
  });

/**
 * The filter as the server is asked for it, with days of the reader's zone: the trail is about
 * colleagues, not about a patient's days.
 */
export const rowsQuery = ({ from, to, outcome, ...rest }: AuditFilter, timeZone: string): AuditRowsQuery => ({
  ...rest,
  outcome: auditOutcomes.find((known) => known === outcome),
  fromMs: from ? localDayNamed(from, timeZone)?.startMs : undefined,
  toMs: to ? localDayNamed(to, timeZone)?.endMs : undefined,
});
