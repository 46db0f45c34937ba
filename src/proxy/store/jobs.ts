import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Insertable, Kysely, Selectable } from "kysely";
import type { StoredJob } from "./job-records.ts";
import { inParts, type JobChange, type JobState, moveJob, runAgain } from "./job-states.ts";
import { type JobKind, rowTableOf, type Tables } from "./schema.ts";

export interface JobStore<J extends StoredJob> {
  /** The latest, the newest first. */
  latest(limit: number): Promise<J[]>;
  byId(id: string): Promise<J | null>;
  running(): Promise<string[]>;
  isRunning(id: string): Promise<boolean>;
  /** From one of these states into another; false when it is in none of them. */
  move(id: string, from: readonly JobState[], to: JobState, change?: JobChange): Promise<boolean>;
  /**
   * A file that is done or paused runs again, its failed rows with it; false, and nothing is
   * changed, when it is in another state.
   */
  again(id: string, change: JobChange): Promise<boolean>;
  /** False, and nothing is removed, while it is running. */
  remove(id: string): Promise<boolean>;
  /** The IDs of files made before a moment, those that were never written to the end included. */
  madeBefore(timeMs: number): Promise<string[]>;
  /** How many rows were finished since. */
  doneSince(id: string, sinceMs: number): Promise<number>;
}

type JobRow = Tables["import_job"];
type NewJob = Pick<JobRow, "file_name" | "encoding" | "delimiter" | "columns"> &
  Partial<
    Pick<
      Insertable<JobRow>,
      "left_out" | "asked" | "started_at_ms" | "started_by" | "started_role" | "started_from"
    >
  >;

const rowsPerInsert = 100;

/** Keeps a file with its rows, in this state once all of them are there; answers with its ID. */
export async function addJob<K extends JobKind, R extends object>(
  db: Kysely<Tables>,
  kind: K,
  { job, rows, state, nowMs }: { job: NewJob; rows: readonly R[]; state: JobState; nowMs: number },
  insert: (id: string, rows: readonly R[]) => Promise<unknown>,
): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto("import_job")
    .values({
      id,
      kind,
      ...job,
      state: "checking",
      total: rows.length,
      created_at_ms: nowMs,
      failures: 0,
    })
    .execute();
  for (let i = 0; i < rows.length; i += rowsPerInsert) {
    await insert(id, rows.slice(i, i + rowsPerInsert));
    await setImmediate();
  }
  await db.updateTable("import_job").set({ state }).where("id", "=", id).execute();
  return id;
}

async function removeJob(db: Kysely<Tables>, kind: JobKind, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("import_job")
    .set({ state: "checking" })
    .where("id", "=", id)
    .where("kind", "=", kind)
    .where("state", "!=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  const table = rowTableOf(kind);
  await inParts(db, table, id, (_, toRow) =>
    db.deleteFrom(table).where("job_id", "=", id).where("row_number", "<", toRow).execute(),
  );
  await db.deleteFrom("import_job").where("id", "=", id).execute();
  return true;
}

export async function isAnyJobRunning(db: Kysely<Tables>): Promise<boolean> {
  const row = await db
    .selectFrom("import_job")
    .select("id")
    .where("state", "=", "running")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The files of one kind. */
export function createJobStore<J extends StoredJob>(
  db: Kysely<Tables>,
  kind: JobKind,
  toJob: (row: Selectable<JobRow>) => J,
): JobStore<J> {
  const ofKind = () => db.selectFrom("import_job").where("kind", "=", kind);
  const oneJob = (id: string) => ofKind().where("id", "=", id).where("state", "!=", "checking");
  const table = rowTableOf(kind);

  return {
    latest: async (limit) => {
      const rows = await ofKind()
        .selectAll()
        .where("state", "!=", "checking")
        .orderBy("created_at_ms", "desc")
        .orderBy("id")
        .limit(limit)
        .execute();
      return rows.map(toJob);
    },
    byId: async (id) => {
      const row = await oneJob(id).selectAll().executeTakeFirst();
      return row ? toJob(row) : null;
    },
    running: async () => {
      const rows = await ofKind()
        .select("id")
        .where("state", "=", "running")
        .orderBy("started_at_ms")
        .execute();
      return rows.map(({ id }) => id);
    },
    isRunning: async (id) => {
      const row = await oneJob(id).select("state").executeTakeFirst();
      return row?.state === "running";
    },
    move: (...how) => moveJob(db, ...how),
    again: (id, change) => runAgain(db, table, id, change),
    remove: (id) => removeJob(db, kind, id),
    madeBefore: async (timeMs) => {
      const rows = await ofKind().select("id").where("created_at_ms", "<", timeMs).execute();
      return rows.map(({ id }) => id);
    },
    doneSince: async (id, sinceMs) => {
      const { count } = await db
        .selectFrom(table)
        .where("job_id", "=", id)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("done_at_ms", ">=", sinceMs)
        .executeTakeFirstOrThrow();
      return count;
    },
  };
}
