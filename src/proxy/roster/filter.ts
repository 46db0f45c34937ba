import type { HandOver } from "#contract/patient-marks.ts";
import type { PatientStatus, RosterRow } from "#contract/roster.ts";
import type { RosterFilter } from "#contract/roster-query.ts";
import type { Role } from "#contract/staff.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { areDatesInDoubt } from "#glucose/sensor-dates.ts";
import { dayMs } from "#glucose/time.ts";

/** A sensor that ends within it is about to. */
const endingMs = 2 * dayMs;

/** How old the last reading was when it was looked for: what has come since is not known. */
function recencyOf({ lastReadingAtMs, checkedAtMs }: PatientStatus): NonNullable<RosterFilter["recency"]> {
  if (lastReadingAtMs === null) return "none";
  if (freshnessOf(lastReadingAtMs, checkedAtMs) !== "none") return "current";
  return checkedAtMs - lastReadingAtMs <= dayMs ? "day" : "older";
}

/** Who asks for the list. */
export interface Asking {
  readonly id: string;
  readonly role: Role;
  /** Whom they see today, in order; none where the list does not ask. */
  readonly appointments?: readonly string[];
}

/** To their role, by a colleague, or to nobody but them. */
const isHandedTo = (handOver: HandOver | undefined, { id, role }: Asking): boolean => {
  if (!handOver) return false;
  const { to, by } = handOver;
  return "role" in to ? to.role === role && by !== id : to.staffId === id;
};

/**
 * What the list is narrowed by, by columns: to look into a hundred thousand rows for it takes three times as
 * long. That somebody is archived is not looked at here.
 */
export interface FilterColumns {
  put(member: number, row: RosterRow): void;
  /** Whether a member passes. One whose status was never read has no stage, recency or sensor. */
  matches(filter: RosterFilter, asking: Asking, nowMs: number): (member: number) => boolean;
}

export function createFilterColumns(): FilterColumns {
  const ids: string[] = [];
  /** Numbers instead of texts: two texts that differ are compared letter by letter. */
  const numbers = new Map<string, number>();
  const regions: number[] = [];
  const tagsOf: (readonly number[])[] = [];
  const careTeams: (readonly string[])[] = [];
  const handOvers: (HandOver | undefined)[] = [];
  const stages: NonNullable<RosterFilter["stage"]>[] = [];
  const recencies: (RosterFilter["recency"] | null)[] = [];
  const hasSensor: boolean[] = [];
  const sensorEndedMs: number[] = [];
  const sensorEndsMs: number[] = [];

  /**
   * Where the sensor of the last reading is in its life at `nowMs`. One whose dates are not known counts as
   * worn.
   */
  function sensorStateOf(member: number, nowMs: number): NonNullable<RosterFilter["sensor"]> {
    if (!hasSensor[member]) return "none";
    if ((sensorEndedMs[member] ?? Number.POSITIVE_INFINITY) <= nowMs) return "ended";
    return (sensorEndsMs[member] ?? Number.POSITIVE_INFINITY) - nowMs <= endingMs ? "ending" : "worn";
  }

  function numberOf(text: string): number {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  }

  return {
    put: (member, { id, region, tags, careTeam, marks, status }) => {
      const sensor = status?.sensor;
      ids[member] = id;
      regions[member] = numberOf(region);
      tagsOf[member] = tags.map(numberOf);
      careTeams[member] = careTeam;
      handOvers[member] = marks?.handOver ?? undefined;
      stages[member] = status?.stage ?? "unchecked";
      recencies[member] = status && recencyOf(status);
      hasSensor[member] = sensor != null;
      sensorEndedMs[member] = sensor?.endedAtMs ?? Number.POSITIVE_INFINITY;
      const endsMs = areDatesInDoubt(sensor ?? null, status?.lastReadingAtMs ?? null)
        ? null
        : sensor?.estimatedEndAtMs;
      sensorEndsMs[member] = endsMs ?? Number.POSITIVE_INFINITY;
    },
    matches: ({ region, stage, recency, sensor, tag, mine, handedToMe, appointments }, asking, nowMs) => {
      const checks: ((member: number) => boolean)[] = [];
      if (region) {
        const number = numbers.get(region);
        checks.push((member) => regions[member] === number);
      }
      if (stage) checks.push((member) => stages[member] === stage);
      if (recency) checks.push((member) => recencies[member] === recency);
      if (sensor)
        checks.push((member) => recencies[member] !== null && sensorStateOf(member, nowMs) === sensor);
      if (tag) {
        const number = numbers.get(tag) ?? -1;
        checks.push((member) => tagsOf[member]?.includes(number) === true);
      }
      if (mine) checks.push((member) => careTeams[member]?.includes(asking.id) === true);
      if (handedToMe) checks.push((member) => isHandedTo(handOvers[member], asking));
      if (appointments) {
        const appointed = new Set(asking.appointments);
        checks.push((member) => appointed.has(ids[member] ?? ""));
      }
      return (member) => checks.every((check) => check(member));
    },
  };
}
