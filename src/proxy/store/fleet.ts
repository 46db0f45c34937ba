import { setImmediate as turn } from "node:timers/promises";
import { type RawBuilder, sql } from "kysely";
import type { Device } from "#contract/device.ts";
import {
  type FleetAnswer,
  type FleetChoice,
  type FleetGroup,
  type FleetGrouping,
  type FleetQuery,
  type FleetSensors,
  type FleetSensorsQuery,
  fleetDelaysMin,
  longestWearHours,
  mostFleetGroups,
  mostFleetSensors,
} from "#contract/fleet.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { thresholds } from "#sensor/verdict.ts";
import type { Database } from "./database.ts";

/** SQLite's rows are gone through in parts of so many, with others' turns between them. */
const rowsAtOnce = 20_000;
const silentMs = dayMs;
const weekMs = 7 * dayMs;
/** Unix time began on a Thursday. */
const mondayMs = 3 * dayMs;

type Tally = FleetGroup["tally"][number];
type Ends = FleetSensorsQuery["ends"];

const keys: Record<FleetGrouping, RawBuilder<string | number | null>> = {
  all: sql`null`,
  lot: sql`lot`,
  gtin: sql`gtin`,
  region: sql`region`,
  partner: sql`partner_id`,
  // The number of its week: a date is made of it outside.
  week: sql`(activated_at_ms + ${sql.lit(mondayMs)}) / ${sql.lit(weekMs)}`,
};

const wornMs = sql`(coalesce(ended_at_ms, asked_at_ms) - activated_at_ms)`;
const hours = sql<number>`${wornMs} / ${sql.lit(hourMs)}`;
const isNeverActivated = sql<boolean>`activated_at_ms is null and state in ('unbound', 'bound')`;
const isInCurve = sql<boolean>`activated_at_ms is not null and state in ('activated', 'ended')
  and (state <> 'ended' or ended_at_ms is not null)
  and ${wornMs} >= 0 and ${wornMs} <= ${sql.lit(longestWearHours * hourMs)}`;
const isUnclear = sql<boolean>`state is not null and not (${isNeverActivated}) and not (${isInCurve})`;
const isEarly = sql<boolean>`${isInCurve} and ended_at_ms < estimated_end_at_ms - ${sql.lit(thresholds.endToleranceMs)}`;
const hasEnded = sql<boolean>`${isInCurve} and ended_at_ms is not null`;
const isWorn = sql<boolean>`${isInCurve} and ended_at_ms is null`;
const plannedHours = sql`(estimated_end_at_ms - activated_at_ms) / ${sql.lit(hourMs)}`;
const hasPlan = sql<boolean>`${isInCurve} and estimated_end_at_ms > activated_at_ms
  and ${plannedHours} <= ${sql.lit(longestWearHours)}`;
const isSilent = sql<boolean>`${isWorn} and received > 0
  and (estimated_end_at_ms is null or data_asked_at_ms < estimated_end_at_ms)
  and data_asked_at_ms - last_data_at_ms >= ${sql.lit(silentMs)}`;
const hasNeverSent = sql<boolean>`activated_at_ms is not null and expected > 0 and received = 0`;
const endOf: Record<Ends, RawBuilder<boolean>> = { any: hasEnded, early: isEarly };

const countOf = (condition: RawBuilder<boolean>) =>
  sql<number>`sum(case when ${condition} then 1 else 0 end)`;
const sumOf = (column: string) => sql<number>`coalesce(sum(${sql.ref(column)}), 0)`;

const delayOf = (step: number): RawBuilder<boolean> => {
  const most = fleetDelaysMin[step];
  const least = fleetDelaysMin[step - 1];
  const from = least === undefined ? sql`0` : sql.lit(least * minuteMs + 1);
  return most === undefined
    ? sql`upload_delay_ms >= ${from}`
    : sql`upload_delay_ms >= ${from} and upload_delay_ms <= ${sql.lit(most * minuteMs)}`;
};

const counts = {
  sensors: sql<number>`count(*)`,
  notAsked: countOf(sql`state is null`),
  neverActivated: countOf(isNeverActivated),
  unclear: countOf(isUnclear),
  ended: countOf(hasEnded),
  endedEarly: countOf(isEarly),
  worn: countOf(isWorn),
  planned: countOf(hasPlan),
  plannedHours: sql<number>`coalesce(sum(case when ${hasPlan} then ${plannedHours} else 0 end), 0)`,
  silent: countOf(isSilent),
  neverSent: countOf(hasNeverSent),
  dataKnown: countOf(sql`expected > 0`),
  received: sumOf("received"),
  expected: sumOf("expected"),
  ...Object.fromEntries([...fleetDelaysMin, 0].map((_, step) => [`delay${step}`, countOf(delayOf(step))])),
};
type Counts = Record<string, number>;
type Sums = Counts & { key: string | number | null; newest: number | null };

const choiceOf = (choice: FleetChoice, ends: Ends): RawBuilder<boolean> =>
  ({
    ended: endOf[ends],
    "last-worn": sql<boolean>`${isInCurve} and not coalesce(${endOf[ends]}, false)`,
    early: isEarly,
    silent: isSilent,
    "never-sent": hasNeverSent,
    unclear: isUnclear,
  })[choice];

export interface FleetStore {
  read(query: FleetQuery): Promise<Omit<FleetAnswer, "asOfMs">>;
  sensors(query: FleetSensorsQuery): Promise<FleetSensors>;
}

const weekOf = (key: string | number): string =>
  new Date(Number(key) * weekMs - mondayMs).toISOString().slice(0, 10);
const weekNumber = (monday: string): number => Math.floor((Date.parse(monday) + mondayMs) / weekMs);

/** How the sensors do, reckoned in the database: only sums come here. */
export function createFleetStore({ db, kind }: Pick<Database, "db" | "kind">): FleetStore {
  /** The same query over each part of the table, or over all of it. */
  async function inParts(take: (part: RawBuilder<boolean>) => Promise<void>): Promise<void> {
    if (kind === "postgres") return take(sql`true`);
    const { rows } = await sql<{ last: number | null }>`select max(rowid) as last from sensor`.execute(db);
    const last = rows[0]?.last ?? 0;
    for (let from = 0; from < last; from += rowsAtOnce) {
      await take(sql`rowid > ${from} and rowid <= ${from + rowsAtOnce}`);
      await turn();
    }
  }

  async function groupsBy(by: FleetGrouping): Promise<Sums[]> {
    const selected = Object.entries(counts).map(([name, count]) => sql`${count} as ${sql.ref(name)}`);
    const sums = new Map<Sums["key"], Sums>();
    await inParts(async (part) => {
      const { rows } =
        await sql<Sums>`select ${keys[by]} as key, max(case when ${isInCurve} then activated_at_ms end) as newest,
          ${sql.join(selected)}
        from sensor where ${part} group by 1`.execute(db);
      for (const row of rows) {
        const before = sums.get(row.key);
        sums.set(row.key, before ? addUp(before, row) : row);
      }
    });
    return [...sums.values()];
  }

  async function talliesBy(by: FleetGrouping, ends: Ends, chosen: readonly Sums["key"][]) {
    const known = chosen.filter((key) => key !== null);
    const tallies = new Map<Sums["key"], Map<number, Tally>>();
    await inParts(async (part) => {
      const isChosen =
        by === "all"
          ? sql`true`
          : sql`(${chosen.includes(null) ? sql`${keys[by]} is null` : sql`false`}
              or ${known.length > 0 ? sql`${keys[by]} in (${sql.join(known)})` : sql`false`})`;
      const { rows } = await sql<{
        key: Sums["key"];
        hours: number;
        ended: number;
        early: number;
        all: number;
      }>`
        select ${keys[by]} as key, ${hours} as hours, ${countOf(endOf[ends])} as ended,
          ${countOf(isEarly)} as early, count(*) as "all"
        from sensor where ${part} and ${isInCurve} and ${isChosen} group by 1, 2`.execute(db);
      for (const { key, hours: at, ended, early, all } of rows) {
        const own = tallies.get(key) ?? new Map<number, Tally>();
        const [, before, still, earlyBefore] = own.get(at) ?? [at, 0, 0, 0];
        own.set(at, [
          at,
          before + Number(ended),
          still + Number(all) - Number(ended),
          earlyBefore + Number(early),
        ]);
        tallies.set(key, own);
      }
    });
    return (key: Sums["key"]) => [...(tallies.get(key)?.values() ?? [])].sort(([a], [b]) => a - b);
  }

  return {
    read: async ({ by, ends, extent }) => {
      const all = await groupsBy(by);
      const precedence = ({ key, newest }: Sums) =>
        by === "week" ? Number(key) : by === "lot" ? Number(newest) : 0;
      const sorted = all.sort(
        (a, b) =>
          Number(a.key === null) - Number(b.key === null) ||
          precedence(b) - precedence(a) ||
          Number(b.sensors) - Number(a.sensors),
      );
      const known = sorted.slice(0, mostFleetGroups[extent]);
      const unknown = sorted.find(({ key }) => key === null);
      const shown = unknown && !known.includes(unknown) ? [...known.slice(0, -1), unknown] : known;
      const rest = sorted.filter((one) => !shown.includes(one));
      const tallyOf = await talliesBy(
        by,
        ends,
        shown.map(({ key }) => key),
      );
      return {
        groups: shown.map((one) => groupOf(one, by, tallyOf(one.key))),
        others: {
          groups: rest.length,
          sensors: rest.reduce((sum, one) => sum + Number(one.sensors), 0),
        },
      };
    },
    sensors: async ({ by, key, ends, choice, fromHours, toHours }) => {
      const wanted = by === "week" && key !== null ? weekNumber(key) : key;
      const isOfGroup =
        by === "all" ? sql`true` : wanted === null ? sql`${keys[by]} is null` : sql`${keys[by]} = ${wanted}`;
      const isWithin =
        choice === "ended" || choice === "last-worn"
          ? sql`${hours} >= ${fromHours} and ${hours} < ${toHours}`
          : sql`true`;
      const where = sql<boolean>`${isOfGroup} and ${choiceOf(choice, ends)} and ${isWithin}`;
      const { total } = await db
        .selectFrom("sensor")
        .select(sql<number>`count(*)`.as("total"))
        .where(where)
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom("sensor")
        .select(["serial", "state", "activated_at_ms", "ended_at_ms", "asked_at_ms", "lot"])
        .where(where)
        .orderBy(wornMs)
        .orderBy("serial")
        .limit(mostFleetSensors)
        .execute();
      return {
        total: Number(total),
        rows: rows.map((row) => ({
          serial: row.serial,
          state: row.state as Device["state"] | null,
          activatedAtMs: row.activated_at_ms,
          endedAtMs: row.ended_at_ms,
          askedAtMs: row.asked_at_ms,
          lot: row.lot,
        })),
      };
    },
  };
}

const addUp = (a: Sums, b: Sums): Sums => {
  const sums = Object.keys(counts).map((name) => [name, Number(a[name] ?? 0) + Number(b[name] ?? 0)]);
  return {
    ...Object.fromEntries(sums),
    key: a.key,
    newest: Math.max(Number(a.newest), Number(b.newest)) || null,
  };
};

function groupOf(one: Sums, by: FleetGrouping, tally: FleetGroup["tally"]): FleetGroup {
  const count = (name: string) => Number(one[name] ?? 0);
  return {
    key: one.key === null ? null : by === "week" ? weekOf(one.key) : String(one.key),
    sensors: count("sensors"),
    notAsked: count("notAsked"),
    neverActivated: count("neverActivated"),
    unclear: count("unclear"),
    ended: count("ended"),
    endedEarly: count("endedEarly"),
    worn: count("worn"),
    plannedHours: count("planned") === 0 ? null : count("plannedHours") / count("planned"),
    silent: count("silent"),
    neverSent: count("neverSent"),
    dataKnown: count("dataKnown"),
    received: count("received"),
    expected: count("expected"),
    delays: [...fleetDelaysMin, 0].map((_, step) => count(`delay${step}`)),
    tally,
  };
}
