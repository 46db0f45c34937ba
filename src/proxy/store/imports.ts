import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { Database } from "./database.ts";
import { type CheckedRow, fromChecked, type StoredImport, toJob } from "./import-records.ts";
import { createImportRowStore, type ImportRowStore } from "./import-rows.ts";
import { type ImportState, inParts, type JobChange, moveImport, runAgain } from "./import-states.ts";
import type { Tables } from "./schema.ts";

type NewImport = Pick<StoredImport, "fileName" | "encoding" | "delimiter" | "columns">;

export interface ImportStore extends ImportRowStore {
  /** Keeps a file with its rows; answers with its ID. */
  add(job: NewImport, rows: readonly CheckedRow[], nowMs: number): Promise<string>;
  /** The latest, the newest first. */
  latest(limit: number): Promise<StoredImport[]>;
  byId(id: string): Promise<StoredImport | null>;
  running(): Promise<string[]>;
  isRunning(id: string): Promise<boolean>;
  /** From one of these states into another; false when it is in none of them. */
  move(id: string, from: readonly ImportState[], to: ImportState, change?: JobChange): Promise<boolean>;
  /**
   * A file that is done or paused runs again, its failed rows with it; false, and nothing is
   * changed, when it is in another state.
   */
  again(id: string, change: JobChange): Promise<boolean>;
  /** False, and nothing is removed, while it is running. */
  remove(id: string): Promise<boolean>;
  /** The IDs of files made before a moment, those that were never written to the end included. */
  madeBefore(timeMs: number): Promise<string[]>;
}

const rowsPerInsert = 100;

async function addImport(
  db: Kysely<Tables>,
  { fileName, encoding, delimiter, columns }: NewImport,
  rows: readonly CheckedRow[],
  nowMs: number,
): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto("import_job")
    .values({
      id,
      file_name: fileName,
      encoding,
      delimiter,
      columns: JSON.stringify(columns),
      state: "checking",
      total: rows.length,
      created_at_ms: nowMs,
      failures: 0,
    })
    .execute();
  for (let i = 0; i < rows.length; i += rowsPerInsert) {
    const batch = rows.slice(i, i + rowsPerInsert).map((row) => fromChecked(id, row));
    await db.insertInto("import_row").values(batch).execute();
    await setImmediate();
  }
  await db.updateTable("import_job").set({ state: "checked" }).where("id", "=", id).execute();
  return id;
}

async function removeImport(db: Kysely<Tables>, id: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("import_job")
    .set({ state: "checking" })
    .where("id", "=", id)
    .where("state", "!=", "running")
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return false;
  await inParts(db, id, (_, toRow) =>
    db.deleteFrom("import_row").where("job_id", "=", id).where("row_number", "<", toRow).execute(),
  );
  await db.deleteFrom("import_job").where("id", "=", id).execute();
  return true;
}

export function createImportStore({ db }: Pick<Database, "db">): ImportStore {
  const oneJob = (id: string) =>
    db.selectFrom("import_job").where("id", "=", id).where("state", "!=", "checking");

  return {
    ...createImportRowStore(db),
    add: (job, rows, nowMs) => addImport(db, job, rows, nowMs),
    latest: async (limit) => {
      const rows = await db
        .selectFrom("import_job")
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
      const rows = await db
        .selectFrom("import_job")
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
    move: (...how) => moveImport(db, ...how),
    again: (id, change) => runAgain(db, id, change),
    remove: (id) => removeImport(db, id),
    madeBefore: async (timeMs) => {
      const rows = await db
        .selectFrom("import_job")
        .select("id")
        .where("created_at_ms", "<", timeMs)
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}
