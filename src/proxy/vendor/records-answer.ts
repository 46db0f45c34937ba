import { type ReadingColumns, toColumns } from "#contract/readings.ts";
import { type Answer, dataOf } from "./answer.ts";
import { type Expected, type Records, toReadings } from "./records.ts";
import { parseData, recordsData } from "./wire.ts";

/** What an answer of glucose records holds, its readings by column: so they are cheap to hand from thread to thread. */
export interface RecordsAnswer extends Omit<Records, "readings"> {
  /** Whom the platform says it is about. */
  openId: string | null;
  columns: ReadingColumns;
}

/** Throws a Failure. */
export function recordsOf(answer: Answer, expected: Expected): RecordsAnswer {
  const { open_id, records } = parseData(recordsData, dataOf(answer), "glucose answer");
  const { readings, ...rest } = toReadings(records, expected);
  return { openId: open_id ?? null, columns: toColumns(readings), ...rest };
}
