import type { Receiver } from "#contract/patient-marks.ts";
import type { PatientStatus, RosterRow } from "#contract/roster.ts";
import type { RosterFilter } from "#contract/roster-query.ts";
import type { Role } from "#contract/staff.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { dayMs } from "#glucose/time.ts";

/** A sensor that ends within it is about to. */
const endingMs = 2 * dayMs;

/** How old the last reading was when it was looked for: what has come since is not known. */
function recencyOf({ lastReadingAtMs, checkedAtMs }: PatientStatus): NonNullable<RosterFilter["recency"]> {
  if (lastReadingAtMs === null) return "none";
  if (freshnessOf(lastReadingAtMs, checkedAtMs) !== "none") return "current";
  return checkedAtMs - lastReadingAtMs <= dayMs ? "day" : "older";
}

/**
 * Where the sensor of the last reading is in its life at `nowMs`. One
 * whose dates are not known counts as worn.
 */
function sensorStateOf({ sensor }: PatientStatus, nowMs: number): NonNullable<RosterFilter["sensor"]> {
  if (!sensor) return "none";
  if (sensor.endedAtMs !== null && sensor.endedAtMs <= nowMs) return "ended";
  const leftMs = (sensor.estimatedEndAtMs ?? Number.POSITIVE_INFINITY) - nowMs;
  return leftMs <= endingMs ? "ending" : "worn";
}

/** Who asks for the list. */
export interface Asking {
  readonly id: string;
  readonly role: Role;
}

const isHandedTo = (to: Receiver | undefined, { id, role }: Asking): boolean =>
  to !== undefined && ("role" in to ? to.role === role : to.staffId === id);

/**
 * Whether a patient passes the roster's filter. One whose status was never
 * read has no stage, recency or sensor.
 */
export function matchesFilter(
  filter: RosterFilter,
  asking: Asking,
  nowMs: number,
): (row: RosterRow, member: number) => boolean {
  const { region, stage, recency, sensor, tag, mine, handedToMe, archived = false } = filter;
  return ({ status, mergedInto, archivedAtMs, region: ofRegion, tags, careTeam, marks }) =>
    mergedInto === null &&
    (archivedAtMs !== null) === archived &&
    (!region || ofRegion === region) &&
    (!tag || tags.includes(tag)) &&
    (!mine || careTeam.includes(asking.id)) &&
    (!handedToMe || isHandedTo(marks?.handOver?.to, asking)) &&
    (!stage || (status?.stage ?? "unchecked") === stage) &&
    (!recency || (status !== null && recencyOf(status) === recency)) &&
    (!sensor || (status !== null && sensorStateOf(status, nowMs) === sensor));
}
