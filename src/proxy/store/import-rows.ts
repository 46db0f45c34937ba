import type { Kysely } from "kysely";
import { type ImportOutcome, type ImportRow, importOutcomes, type LeaveOut } from "#contract/import.ts";
import { toRow } from "./import-records.ts";
import { fromTrouble } from "./job-records.ts";
import type { Tables } from "./schema.ts";

export interface ImportRowStore {
  /** The patients that have these partner user IDs. */
  findHere(partnerUids: readonly string[]): Promise<Map<string, { patientId: string; name: string }>>;
  counts(id: string): Promise<Record<ImportOutcome, number>>;
  /** How many rows can go through but should be looked at. */
  noted(id: string): Promise<number>;
  /** How many rows are to be registered with a region that is not in the file. */
  regionsAssumed(id: string): Promise<number>;
  /** How many rows are to be registered of somebody who is likely known already. */
  duplicates(id: string): Promise<number>;
  rows(
    id: string,
    page: { outcome?: ImportOutcome | "noted"; offset: number; limit: number },
  ): Promise<{ rows: ImportRow[]; total: number }>;
  /** Rows to be registered, those tried least often first. */
  nextRows(id: string, limit: number): Promise<ImportRow[]>;
  /** Takes rows out of a file that was only checked, or back in; null, and nothing is changed, in another state. */
  leaveOut(id: string, what: LeaveOut): Promise<number | null>;
  /** Changes a row that has no result yet; a result is final. */
  setRow(id: string, row: number, change: RowChange): Promise<void>;
}

type RowChange = Partial<
  Pick<ImportRow, "outcome" | "nameHere" | "attempts" | "trouble" | "patientId" | "openId"> & {
    doneAtMs: number;
  }
>;

const rowsOf = (db: Kysely<Tables>, id: string) => db.selectFrom("import_row").where("job_id", "=", id);

const notedOf = (db: Kysely<Tables>, id: string) =>
  rowsOf(db, id)
    .where("outcome", "not in", ["wrong", "left-out"])
    .where((eb) =>
      eb.or([eb("reason", "is not", null), eb("name_here", "is not", null), eb("duplicate", "is not", null)]),
    );

type RowCounts = Pick<ImportRowStore, "counts" | "noted" | "regionsAssumed" | "duplicates">;

const createRowCounts = (db: Kysely<Tables>): RowCounts => ({
  counts: async (id) => {
    const rows = await rowsOf(db, id)
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
    const { count } = await notedOf(db, id)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  },
  regionsAssumed: async (id) => {
    const { count } = await rowsOf(db, id)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("outcome", "=", "new")
      .where("field", "=", "region")
      .executeTakeFirstOrThrow();
    return count;
  },
  duplicates: async (id) => {
    const { count } = await rowsOf(db, id)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("outcome", "=", "new")
      .where("duplicate", "is not", null)
      .executeTakeFirstOrThrow();
    return count;
  },
});

export function createImportRowStore(db: Kysely<Tables>): ImportRowStore {
  return {
    ...createRowCounts(db),
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
    rows: async (id, { outcome, offset, limit }) => {
      const chosen =
        outcome === "noted"
          ? notedOf(db, id)
          : outcome
            ? rowsOf(db, id).where("outcome", "=", outcome)
            : rowsOf(db, id);
      const { total } = await chosen
        .select((eb) => eb.fn.countAll<number>().as("total"))
        .executeTakeFirstOrThrow();
      const rows = await chosen.selectAll().orderBy("row_number").limit(limit).offset(offset).execute();
      return { rows: rows.map(toRow), total };
    },
    nextRows: async (id, limit) => {
      const rows = await rowsOf(db, id)
        .selectAll()
        .where("outcome", "=", "new")
        .orderBy("attempts")
        .orderBy("row_number")
        .limit(limit)
        .execute();
      return rows.map(toRow);
    },
    leaveOut: (id, { rows, isLeftOut }) =>
      db.transaction().execute(async (trx) => {
        // Holds the file as it is until this is done: nothing may start it meanwhile.
        const { numUpdatedRows } = await trx
          .updateTable("import_job")
          .set({ state: "checked" })
          .where("id", "=", id)
          .where("state", "=", "checked")
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return null;
        const [from, to] = isLeftOut ? (["new", "left-out"] as const) : (["left-out", "new"] as const);
        const changed = await trx
          .updateTable("import_row")
          .set({ outcome: to })
          .where("job_id", "=", id)
          .where("outcome", "=", from)
          .where((eb) =>
            rows === "duplicates" ? eb("duplicate", "is not", null) : eb("row_number", "in", rows),
          )
          .executeTakeFirstOrThrow();
        return Number(changed.numUpdatedRows);
      }),
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
  };
}
