import type { Insertable, Selectable } from "kysely";
import * as z from "zod";
import { type LookupLeftOut, type LookupRow, lookupLeftOut } from "#contract/lookups.ts";
import type { ParsedSerials } from "#sensor/serial-list.ts";
import { fromTrouble, type StoredJob, toStoredJob, toTrouble } from "./job-records.ts";
import type { Tables } from "./schema.ts";

/** A list of sensors as it is kept. */
export interface StoredList extends StoredJob {
  columns: string[];
  leftOut: LookupLeftOut;
}

/** What is known of a row's sensor here whenever the row is read. */
export type KnownNow = Pick<LookupRow, "isRecalled" | "otherLot" | "likely">;

/** A row without the name of its wearer. */
export type StoredLookup = Omit<LookupRow, "owner" | keyof KnownNow> & { openId: string | null };

const texts = z.array(z.string());
const nothing: LookupLeftOut = { repeated: 0, overLimit: 0, rejected: 0, lines: [] };

export const toList = (row: Selectable<Tables["import_job"]>): StoredList => ({
  ...toStoredJob(row),
  columns: texts.parse(JSON.parse(row.columns)),
  leftOut: row.left_out === null ? nothing : lookupLeftOut.parse(JSON.parse(row.left_out)),
});

export const toLookup = (row: Selectable<Tables["lookup_row"]>): StoredLookup => ({
  row: row.row_number,
  serial: row.serial,
  cells: texts.parse(JSON.parse(row.cells)),
  lot: row.lot,
  outcome: row.outcome,
  attempts: row.attempts,
  trouble: toTrouble(row.trouble),
  state: row.state,
  statusCode: row.status_code,
  activatedAtMs: row.activated_at_ms,
  estimatedEndAtMs: row.estimated_end_at_ms,
  endedAtMs: row.ended_at_ms,
  isInDoubt: row.in_doubt === 1 || row.headline === "ended-doubtful",
  lastDataAtMs: row.last_data_at_ms,
  worn: row.worn,
  headline: row.headline,
  headlineMs: row.headline_ms,
  askedAtMs: row.done_at_ms,
  openId: row.open_id,
});

export const fromListed = (
  jobId: string,
  { serial, lot, cells, row }: ParsedSerials["rows"][number] & { row: number },
): Insertable<Tables["lookup_row"]> => ({
  job_id: jobId,
  row_number: row,
  serial,
  lot,
  cells: JSON.stringify(cells),
  outcome: "new",
  attempts: 0,
});

export type LookupChange = Partial<
  Pick<
    StoredLookup,
    | "outcome"
    | "attempts"
    | "trouble"
    | "state"
    | "statusCode"
    | "activatedAtMs"
    | "estimatedEndAtMs"
    | "endedAtMs"
    | "isInDoubt"
    | "lastDataAtMs"
    | "worn"
    | "headline"
    | "headlineMs"
    | "openId"
  > & { doneAtMs: number }
>;

export const fromChange = (change: LookupChange) => ({
  outcome: change.outcome,
  attempts: change.attempts,
  trouble: fromTrouble(change.trouble),
  state: change.state,
  status_code: change.statusCode,
  activated_at_ms: change.activatedAtMs,
  estimated_end_at_ms: change.estimatedEndAtMs,
  ended_at_ms: change.endedAtMs,
  in_doubt: change.isInDoubt === undefined ? undefined : Number(change.isInDoubt),
  last_data_at_ms: change.lastDataAtMs,
  worn: change.worn,
  headline: change.headline,
  headline_ms: change.headlineMs,
  open_id: change.openId,
  done_at_ms: change.doneAtMs,
});
