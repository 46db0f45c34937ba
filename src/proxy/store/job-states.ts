import { setImmediate } from "node:timers/promises";
import type { Kysely } from "kysely";
import type { ImportJob } from "#contract/import.ts";
import { fromTrouble, type StoredJob } from "./job-records.ts";
import type { JobRowTable, Tables } from "./schema.ts";

export type JobState = ImportJob["state"];

export type JobChange = Partial<
  Pick<StoredJob, "failures" | "trouble" | "waitUntilMs" | "startedAtMs" | "startedBy">
>;

const rowsPerPart = 2000;

/** A file's rows in parts, so that others have their turn in between. */
export async function inParts(
  db: Kysely<Tables>,
  table: JobRowTable,
  id: string,
  act: (fromRow: number, toRow: number) => Promise<unknown>,
): Promise<void> {
  const last = await db
    .selectFrom(table)
    .where("job_id", "=", id)
    .select((eb) => eb.fn.max("row_number").as("row"))
    .executeTakeFirst();
  for (let from = 0; from <= (last?.row ?? -1); from += rowsPerPart) {
    await act(from, from + rowsPerPart);
    await setImmediate();
  }
}

/** From one of these states into another; false when it is in none of them. */
export async function moveJob(
  db: Kysely<Tables>,
  id: string,
  from: readonly JobState[],
  to: JobState,
  { failures, trouble, waitUntilMs, startedAtMs, startedBy }: JobChange = {},
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("import_job")
    .set({
      state: to,
      failures,
      trouble: fromTrouble(trouble),
      wait_until_ms: waitUntilMs,
      started_at_ms: startedAtMs,
      started_by: startedBy?.id,
      started_role: startedBy?.role,
      started_from: startedBy?.clientAddress,
    })
    .where("id", "=", id)
    .where("state", "in", [...from])
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** In one transaction, so that no cancellation comes between, and the run finds the failed rows. */
export const runAgain = (
  db: Kysely<Tables>,
  table: JobRowTable,
  id: string,
  change: JobChange,
): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    if (!(await moveJob(trx, id, ["done", "paused"], "running", change))) return false;
    await inParts(trx, table, id, (fromRow, toRow) =>
      trx
        .updateTable(table)
        .set({ outcome: "new", attempts: 0, trouble: null, done_at_ms: null })
        .where("job_id", "=", id)
        .where("outcome", "=", "failed")
        .where("row_number", ">=", fromRow)
        .where("row_number", "<", toRow)
        .execute(),
    );
    return true;
  });
