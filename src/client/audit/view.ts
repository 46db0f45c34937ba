import { auditOutcomes } from "#contract/audit.ts";
import { localDayNamed } from "#glucose/local-time.ts";

/** What the trail is narrowed to; an absent one does not narrow. Days are "2026-11-06", both included. */
export const filterNames = ["actor", "action", "subject", "outcome", "address", "from", "to"] as const;
export type AuditFilter = Partial<Record<(typeof filterNames)[number], string>>;

/** The zone of whoever reads: the trail is about colleagues, not about one patient's days. */
export const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The filter of an address. It names a patient by ID and never by name. */
export function parseFilter(search: URLSearchParams): AuditFilter {
  const filter: AuditFilter = {};
  for (const name of filterNames) {
    const value = search.get(name);
    if (value) filter[name] = value;
  }
  if (!auditOutcomes.some((outcome) => outcome === filter.outcome)) delete filter.outcome;
  for (const day of ["from", "to"] as const)
    if (filter[day] && !localDayNamed(filter[day], "UTC")) delete filter[day];
  return filter;
}

/** The filter as the server is asked for it. */
export function filterQuery({ from, to, ...rest }: AuditFilter, timeZone: string): URLSearchParams {
  const query = new URLSearchParams(rest);
  const first = from ? localDayNamed(from, timeZone) : null;
  const last = to ? localDayNamed(to, timeZone) : null;
  if (first) query.set("fromMs", String(first.startMs));
  if (last) query.set("toMs", String(last.endMs));
  return query;
}
