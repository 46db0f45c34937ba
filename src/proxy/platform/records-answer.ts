import { type ReadingColumns, toColumns } from "#contract/readings.ts";
import { Failure } from "../failure.ts";
import { type Answer, dataOf } from "./answer.ts";
import { type Expected, mostRecords, type Records, tooMany, toReadings } from "./records.ts";
import { parseRecords, type SplitAnswer, splitRecords } from "./split-records.ts";
import { parseData, recordsData } from "./wire.ts";

/** What an answer of glucose records holds, its readings by column: so they are cheap to hand from thread to thread. */
export interface RecordsAnswer extends Omit<Records, "readings"> {
  /** Whom the platform says it is about. */
  openId: string | null;
  columns: ReadingColumns;
}

/** Of what is no record: an error's words at most. */
const mostAroundBytes = 2 * 1024 * 1024;

const noAnswer: SplitAnswer = { around: new Uint8Array(), mark: null, bounds: [] };

/** Throws a Failure. */
export function recordsOf(answer: Answer, expected: Expected): RecordsAnswer {
  // Without an envelope it is what its HTTP status says.
  const { around, mark, bounds } = splitRecords(answer.bytes, mostRecords) ?? noAnswer;
  if (around.byteLength > mostAroundBytes) throw tooMany("values");
  const { open_id, records } = parseData(recordsData, dataOf({ ...answer, bytes: around }), "glucose answer");
  if (mark !== null && (records.length !== 1 || records[0] !== mark))
    throw new Failure("platform-malformed", {
      detail: "The platform's answer has more than one list of records.",
      isFinal: true,
    });
  const count = mark === null ? records.length : bounds.length / 2;
  if (count > mostRecords) throw tooMany("records");
  const found = mark === null ? records : parseRecords(answer.bytes, bounds);
  const { readings, ...rest } = toReadings(found, expected);
  return { openId: open_id ?? null, columns: toColumns(readings), ...rest };
}
