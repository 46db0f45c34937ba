import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type ImportOutcome, type ImportRow, importOutcomes } from "#contract/import.ts";
import type { Database } from "./database.ts";
import {
  type CheckedRow,
  fromChecked,
  fromTrouble,
  type StoredImport,
  toJob,
  toRow,
} from "./import-records.ts";
import { type ImportState, inParts, type JobChange, moveImport, runAgain } from "./import-states.ts";

type NewImport = Pick<StoredImport, "fileName" | "encoding" | "delimiter" | "columns">;

export interface ImportStore {
  /** Who has these partner user IDs here. */
  findHere(partnerUids: readonly string[]): Promise<Map<string, { patientId: string; name: string }>>;
  /** Keeps a file with its rows; answers with its ID. */
  add(job: NewImport, rows: readonly CheckedRow[], nowMs: number): Promise<string>;
  /** The latest, the newest first. */
  latest(limit: number): Promise<StoredImport[]>;
  byId(id: string): Promise<StoredImport | null>;
  running(): Promise<string[]>;
  isRunning(id: string): Promise<boolean>;
  counts(id: string): Promise<Record<ImportOutcome, number>>;
  /** How many rows can go through but should be looked at. */
  noted(id: string): Promise<number>;
  /** How many rows are to be registered with a region that is not in the file. */
  regionsAssumed(id: string): Promise<number>;
  /** How many rows came to an end since. */
  doneSince(id: string, sinceMs: number): Promise<number>;
  rows(
    id: string,
    page: { outcome?: ImportOutcome | "noted"; offset: number; limit: number },
  ): Promise<{ rows: ImportRow[]; total: number }>;
  /** Rows to be registered, those tried least often first. */
  nextRows(id: string, limit: number): Promise<ImportRow[]>;
  /** Of a row that has not come to its end; what has been told once stays, whoever comes late. */
  setRow(id: string, row: number, change: RowChange): Promise<void>;
  /** From one of these states into another; false when it is in none of them. */
  move(id: string, from: readonly ImportState[], to: ImportState, change?: JobChange): Promise<boolean>;
  /** A file that is done or paused runs again, its failed rows with it; false, and nothing is changed, when it is in another state. */
  again(id: string, change: JobChange): Promise<boolean>;
  /** False, and nothing is removed, while it is running. */
  remove(id: string): Promise<boolean>;
  /** The IDs of files made before a moment, those that were never written to the end included. */
  madeBefore(timeMs: number): Promise<string[]>;
}

type RowChange = Partial<
  Pick<ImportRow, "outcome" | "nameHere" | "attempts" | "trouble" | "patientId" | "openId"> & {
    doneAtMs: number;
  }
>;

const rowsPerInsert = 100;

export function createImportStore({ db }: Pick<Database, "db">): ImportStore {
  const oneJob = (id: string) =>
    db.selectFrom("import_job").where("id", "=", id).where("state", "!=", "checking");
  const rowsOf = (id: string) => db.selectFrom("import_row").where("job_id", "=", id);

  const notedOf = (id: string) =>
    rowsOf(id)
      .where("outcome", "!=", "wrong")
      .where((eb) => eb.or([eb("reason", "is not", null), eb("name_here", "is not", null)]));

  return {
    findHere: async (partnerUids) => {
      const rows = await db
        .selectFrom("patient")
        .leftJoin("patient as whole", "whole.id", "patient.merged_into")
        .select((eb) => [
          "patient.partner_uid",
          eb.fn.coalesce("whole.id", "patient.id").as("patientId"),
          eb.fn.coalesce("whole.name", "patient.name").as("name"),
        ])
        .where("patient.partner_uid", "in", [...partnerUids])
        .execute();
      return new Map(rows.map(({ partner_uid, ...here }) => [partner_uid, here]));
    },
    add: async ({ fileName, encoding, delimiter, columns }, rows, nowMs) => {
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
    },
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
    counts: async (id) => {
      const rows = await rowsOf(id)
        .select((eb) => ["outcome", eb.fn.countAll<number>().as("count")])
        .groupBy("outcome")
        .execute();
      const countOf = (outcome: ImportOutcome) => rows.find((row) => row.outcome === outcome)?.count ?? 0;
      return Object.fromEntries(importOutcomes.map((outcome) => [outcome, countOf(outcome)])) as Record<
        ImportOutcome,
        number
      >;
    },
    noted: async (id) => {
      const { count } = await notedOf(id)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return count;
    },
    regionsAssumed: async (id) => {
      const { count } = await rowsOf(id)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("outcome", "=", "new")
        .where("field", "=", "region")
        .executeTakeFirstOrThrow();
      return count;
    },
    doneSince: async (id, sinceMs) => {
      const { count } = await rowsOf(id)
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("done_at_ms", ">=", sinceMs)
        .executeTakeFirstOrThrow();
      return count;
    },
    rows: async (id, { outcome, offset, limit }) => {
      const chosen =
        outcome === "noted" ? notedOf(id) : outcome ? rowsOf(id).where("outcome", "=", outcome) : rowsOf(id);
      const { total } = await chosen
        .select((eb) => eb.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      const rows = await chosen.selectAll().orderBy("row_number").limit(limit).offset(offset).execute();
      return { rows: rows.map(toRow), total };
    },
    nextRows: async (id, limit) => {
      const rows = await rowsOf(id)
        .selectAll()
        .where("outcome", "=", "new")
        .orderBy("attempts")
        .orderBy("row_number")
        .limit(limit)
        .execute();
      return rows.map(toRow);
    },
    setRow: async (id, row, { outcome, nameHere, attempts, trouble, patientId, openId, doneAtMs }) => {
      await db
        .updateTable("import_row")
        .set({
          outcome,
          attempts,
          name_here: nameHere,
          trouble: fromTrouble(trouble),
          patient_id: patientId,
          open_id: openId,
          done_at_ms: doneAtMs,
        })
        .where("job_id", "=", id)
        .where("row_number", "=", row)
        .where("outcome", "=", "new")
        .execute();
    },
    move: (...how) => moveImport(db, ...how),
    again: (id, change) => runAgain(db, id, change),
    remove: async (id) => {
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
    },
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
