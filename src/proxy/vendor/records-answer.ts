import { type ReadingColumns, toColumns } from "#contract/readings.ts";
import { type Answer, dataOf } from "./answer.ts";
import { type Expected, mostRecords, type Records, tooMany, toReadings } from "./records.ts";
import { parseRecords, splitRecords } from "./split-records.ts";
import { parseData, recordsData } from "./wire.ts";

/** What an answer of glucose records holds, its readings by column: so they are cheap to hand from thread to thread. */
export interface RecordsAnswer extends Omit<Records, "readings"> {
  /** Whom the platform says it is about. */
  openId: string | null;
  columns: ReadingColumns;
}

/** Of what is no record: an error's words at most. */
const mostAroundBytes = 2 * 1024 * 1024;

/** Throws a Failure. */
export function recordsOf(answer: Answer, expected: Expected): RecordsAnswer {
  const split = splitRecords(answer.bytes, mostRecords);
  if (split === "too-many") throw tooMany("records");
  // Without an envelope it is what its HTTP status says.
  const { around, bounds } = split ?? { around: new Uint8Array(), bounds: [] };
  if (around.byteLength > mostAroundBytes) throw tooMany("values");
  const { open_id } = parseData(recordsData, dataOf({ ...answer, bytes: around }), "glucose answer");
  const { readings, ...rest } = toReadings(parseRecords(answer.bytes, bounds), expected);
  return { openId: open_id ?? null, columns: toColumns(readings), ...rest };
}
