import { Failure } from "../failure.ts";
import { type Answer, dataOf } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { createTakeRecord } from "./plain-records.ts";
import { newRows, type RecordRows } from "./record-rows.ts";
import { mostRecords, type OddRecords, type Records, tooMany, toRecords } from "./records.ts";
import { parseRecords, type SplitAnswer, splitRecords } from "./split-records.ts";
import { parseData, recordsData } from "./wire.ts";

/** What an answer of glucose records holds. */
export interface RecordsAnswer extends Records {
  /** Whom the platform says it is about. */
  openId: string | null;
}

/** Of what is no record: an error's words at most. */
const mostAroundBytes = 2 * 1024 * 1024;
/** So many bytes, or so many records one by one, take the parser and the schema some milliseconds. */
const briefBytes = 128 * 1024;
const briefRecords = 500;
/** A record is 200 bytes. */
const fewestRecordBytes = 160;

const noAnswer: SplitAnswer = { around: new Uint8Array(), mark: null, count: 0, bounds: [], places: [] };

function* withPlaces(found: Iterable<unknown>, places: readonly number[]): OddRecords {
  let index = 0;
  for (const raw of found) {
    yield { raw, place: places[index] ?? 0 };
    index += 1;
  }
}

/**
 * The one pass over the bytes: what stands around the records, those that
 * were taken, and where the others are.
 */
function scan({ bytes }: Answer, asked: Asked): SplitAnswer & { rows: RecordRows } {
  const rows = newRows(1 + Math.min(mostRecords, Math.ceil(bytes.byteLength / fewestRecordBytes)));
  const take = createTakeRecord(bytes, asked, rows);
  // Without an envelope it is what its HTTP status says.
  return { ...(splitRecords(bytes, mostRecords, take) ?? noAnswer), rows };
}

function settle(answer: Answer, asked: Asked, scanned: ReturnType<typeof scan>): RecordsAnswer {
  const { around, mark, count, bounds, places, rows } = scanned;
  if (around.byteLength > mostAroundBytes) throw tooMany("values");
  const { open_id, records } = parseData(recordsData, dataOf({ ...answer, bytes: around }), "glucose answer");
  if (mark !== null && (records.length !== 1 || records[0] !== mark))
    throw new Failure("platform-malformed", {
      detail: "The platform's answer has more than one list of records.",
      isFinal: true,
    });
  if ((mark === null ? records.length : count) > mostRecords) throw tooMany("records");
  const odd = withPlaces(mark === null ? records : parseRecords(answer.bytes, bounds), places);
  return { openId: open_id ?? null, ...toRecords(rows, odd, asked) };
}

/** Throws a Failure. */
export const recordsOf = (answer: Answer, asked: Asked): RecordsAnswer =>
  settle(answer, asked, scan(answer, asked));

/** The same, or null for one that takes more than some milliseconds. */
export function recordsIfQuick(answer: Answer, asked: Asked): RecordsAnswer | null {
  const scanned = scan(answer, asked);
  const isLong = scanned.around.byteLength > briefBytes || scanned.places.length > briefRecords;
  return isLong ? null : settle(answer, asked, scanned);
}
