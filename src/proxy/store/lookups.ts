import { type Kysely, sql } from "kysely";
import { type LookupFilter, type LookupSort, lookupFilters } from "#contract/lookups.ts";
import { likelySerials } from "#sensor/likely-serials.ts";
import type { ParsedSerials } from "#sensor/serial-list.ts";
import type { Database } from "./database.ts";
import { addJob, createJobStore, type JobStore } from "./jobs.ts";
import {
  fromChange,
  fromListed,
  type KnownNow,
  type LookupChange,
  type StoredList,
  type StoredLookup,
  toList,
  toLookup,
} from "./lookup-records.ts";
import { recallsOf } from "./recalled-sensors.ts";
import type { Tables } from "./schema.ts";

type NewList = Pick<StoredList, "fileName" | "columns" | "leftOut" | "startedBy">;

export interface LookupStore extends JobStore<StoredList> {
  /** Keeps a list that runs from now on; answers with its ID. */
  add(list: NewList, rows: ParsedSerials["rows"], nowMs: number): Promise<string>;
  counts(id: string): Promise<Record<LookupFilter, number>>;
  rows(
    id: string,
    page: { show: LookupFilter; sort: LookupSort; offset: number; limit: number },
  ): Promise<{ rows: (StoredLookup & KnownNow)[]; total: number }>;
  /** Rows that were not asked for yet, those tried least often first. */
  nextRows(id: string, limit: number): Promise<StoredLookup[]>;
  /** Changes a row that has no result yet. */
  setRow(id: string, row: number, change: LookupChange): Promise<void>;
}

type Row = Pick<Tables["lookup_row"], "outcome" | "state" | "worn">;

const wanted: Record<LookupFilter, Partial<Row>> = {
  all: {},
  worn: { worn: "worn" },
  silent: { worn: "silent" },
  activated: { outcome: "told", state: "activated" },
  bound: { outcome: "told", state: "bound" },
  unbound: { outcome: "told", state: "unbound" },
  ended: { outcome: "told", state: "ended" },
  undocumented: { outcome: "told", state: "unknown" },
  unknown: { outcome: "unknown" },
  refused: { outcome: "refused" },
  failed: { outcome: "failed" },
  new: { outcome: "new" },
};
const isWanted = (show: LookupFilter, row: Row) =>
  Object.entries(wanted[show]).every(([column, value]) => row[column as keyof Row] === value);

const orders: Record<LookupSort, string> = {
  given: "row_number",
  serial: "serial, row_number",
  state: "state is null, state, row_number",
  end: "coalesce(ended_at_ms, estimated_end_at_ms) is null, coalesce(ended_at_ms, estimated_end_at_ms), row_number",
  "last-data": "last_data_at_ms is null, last_data_at_ms desc, row_number",
};

const rowsOf = (db: Kysely<Tables>, id: string) => db.selectFrom("lookup_row").where("job_id", "=", id);

/** What is known of the sensors that the rows do not keep. */
async function knownOf(
  db: Kysely<Tables>,
  serials: readonly string[],
): Promise<Map<string, Pick<Tables["sensor"], "lot" | "bound_at_ms">>> {
  if (serials.length === 0) return new Map();
  const rows = await db
    .selectFrom("sensor")
    .select(["serial", "lot", "bound_at_ms"])
    .where("serial", "in", serials)
    .execute();
  return new Map(rows.map(({ serial, ...known }) => [serial, known]));
}

const mostLikely = 12;

/** Sensors we know whose serial numbers are easily mistaken for these, for each of them. */
async function likelyFor(db: Kysely<Tables>, serials: readonly string[]): Promise<Map<string, string[]>> {
  const likely = serials.map((serial) => [serial, likelySerials(serial, mostLikely)] as const);
  const asked = likely.flatMap(([, some]) => some);
  if (asked.length === 0) return new Map();
  const rows = await db
    .selectFrom("sensor")
    .select("serial")
    .where("serial", "in", asked)
    .where("state", "is not", null)
    .execute();
  const known = new Set(rows.map(({ serial }) => serial));
  return new Map(likely.map(([serial, some]) => [serial, some.filter((one) => known.has(one))]));
}

/** Where the list says another lot than our record, that of our record. */
const otherLotOf = (listed: string | null, known: string | null | undefined): string | null =>
  listed !== null && known && listed.toUpperCase() !== known.toUpperCase() ? known : null;

export function createLookupStore({ db }: Pick<Database, "db">): LookupStore {
  return {
    ...createJobStore(db, "sensors", toList),
    add: ({ fileName, columns, leftOut, startedBy }, listed, nowMs) =>
      addJob(
        db,
        "sensors",
        {
          job: {
            file_name: fileName,
            encoding: "utf-8",
            delimiter: ",",
            columns: JSON.stringify(columns),
            left_out: JSON.stringify(leftOut),
            started_at_ms: nowMs,
            started_by: startedBy?.id,
            started_role: startedBy?.role,
            started_from: startedBy?.clientAddress,
          },
          rows: listed.map((row, index) => ({ ...row, row: index + 1 })),
          state: "running",
          nowMs,
        },
        (id, some) =>
          db
            .insertInto("lookup_row")
            .values(some.map((row) => fromListed(id, row)))
            .execute(),
      ),
    counts: async (id) => {
      const groups = await rowsOf(db, id)
        .select((eb) => ["outcome", "state", "worn", eb.fn.countAll<number>().as("count")])
        .groupBy(["outcome", "state", "worn"])
        .execute();
      const countOf = (show: LookupFilter) =>
        groups.filter((row) => isWanted(show, row)).reduce((sum, { count }) => sum + count, 0);
      return Object.fromEntries(lookupFilters.map((show) => [show, countOf(show)])) as Record<
        LookupFilter,
        number
      >;
    },
    rows: async (id, { show, sort, offset, limit }) => {
      let chosen = rowsOf(db, id);
      for (const [column, value] of Object.entries(wanted[show]))
        chosen = chosen.where(column as keyof Row, "=", value);
      const { total } = await chosen
        .select((eb) => eb.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      const rows = await chosen
        .selectAll()
        .orderBy(sql.raw(orders[sort]))
        .limit(limit)
        .offset(offset)
        .execute();
      const known = await knownOf(
        db,
        rows.map(({ serial }) => serial),
      );
      const likely = await likelyFor(
        db,
        rows.flatMap(({ serial, outcome }) => (outcome === "unknown" ? serial : [])),
      );
      const recalled = await recallsOf(
        db,
        rows.map(({ serial }) => serial),
      );
      return {
        rows: rows.map((row) => ({
          ...toLookup({ ...row, lot: row.lot ?? known.get(row.serial)?.lot ?? null }),
          otherLot: otherLotOf(row.lot, known.get(row.serial)?.lot),
          isRecalled: recalled.has(row.serial),
          likely: likely.get(row.serial) ?? [],
        })),
        total,
      };
    },
    nextRows: async (id, limit) => {
      const rows = await rowsOf(db, id)
        .selectAll()
        .where("outcome", "=", "new")
        .orderBy("attempts")
        .orderBy("row_number")
        .limit(limit)
        .execute();
      return rows.map(toLookup);
    },
    setRow: async (id, row, change) => {
      await db
        .updateTable("lookup_row")
        .set(fromChange(change))
        .where("job_id", "=", id)
        .where("row_number", "=", row)
        .where("outcome", "=", "new")
        .execute();
    },
  };
}
