import { randomUUID } from "node:crypto";

/**
 * An answer of glucose records taken apart: what stands around the list, and from where to
 * where each record stands in its bytes.
 */
export interface SplitAnswer {
  /** The envelope; the list in it has `mark` as its only record. */
  around: Uint8Array;
  /** A text that stands nowhere else. Null where no list was found. */
  mark: string | null;
  /** How many records there are; one more than are looked for at most. */
  count: number;
  /**
   * Begin and end of one record that was not taken after the other; the same
   * place twice for one that nests too deep.
   */
  bounds: readonly number[];
  /** Of each of these, how many records before it were taken. */
  places: readonly number[];
}

/**
 * Takes the record that begins at a brace; answers where the comma or the bracket after it
 * stands, or −1 where it has not taken it.
 */
export type TakeRecord = (at: number) => number;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
/** `{ data: { records: [`; a record may have an object or a list of its own, and that one too. */
const listDepth = 3;
const deepest = 6;
/** One is 200 bytes. */
export const longestRecordBytes = 4096;

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export function skipSpace(bytes: Uint8Array, at: number): number {
  let next = at;
  while ((bytes[next] as number) <= 0x20 && isSpace(bytes[next])) next += 1;
  return next;
}

/** Where a text that begins at `at` ends: the place of its closing quote. */
function endOfText(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  return end;
}

/**
 * The records of a list: those that `take` takes, and the bounds of the others. One more than
 * `mostRecords` are looked for at most.
 */
function createRecordList(bytes: Uint8Array, mostRecords: number, take: TakeRecord) {
  const bounds: number[] = [];
  const places: number[] = [];
  let [count, taken, recordStart] = [0, 0, -1];
  let isTooDeep = false;

  /**
   * Offers what begins at `start`; answers where the first begins that is not taken, or
   * where the list ends after one that was.
   */
  const takeFrom = (start: number): number => {
    recordStart = start;
    while (count <= mostRecords) {
      const from = skipSpace(bytes, recordStart);
      const end = bytes[from] === openBrace ? take(from) : -1;
      if (end < 0) break;
      count += 1;
      taken += 1;
      recordStart = end + 1;
      if (bytes[end] === closeBracket) return end;
    }
    return recordStart;
  };

  /** False when there is nothing between two commas. */
  const endRecord = (end: number): boolean => {
    let [from, to] = [recordStart, end];
    while (from < to && isSpace(bytes[from])) from += 1;
    while (to > from && isSpace(bytes[to - 1])) to -= 1;
    if (from === to) return false;
    if (isTooDeep) from = to;
    if (count <= mostRecords) {
      count += 1;
      bounds.push(from, to);
      places.push(taken);
    }
    isTooDeep = false;
    return true;
  };

  return {
    takeFrom,
    endRecord,
    /**
     * False when the list ends in a comma. Of an empty list nothing is left over,
     * nor where the last record was taken.
     */
    endList: (at: number): boolean => recordStart > at || endRecord(at) || count === 0,
    markTooDeep: () => {
      isTooDeep = true;
    },
    records: () => ({ count, bounds, places }),
  };
}

/** The answer with a mark in the place of its list's records. */
function withMark(bytes: Uint8Array, listStart: number, listEnd: number) {
  const mark = randomUUID();
  const around = Buffer.concat([
    bytes.subarray(0, listStart),
    Buffer.from(`"${mark}"`),
    bytes.subarray(listEnd),
  ]);
  return { around, mark };
}

/**
 * Finds the records at `data.records` without parsing them, so that never the whole of a large answer is
 * there as values; `mostRecords` and one more at most. Null where its list is none. Names are compared as
 * they are written, and the first list is taken: whether the parser finds the same one there shows when
 * `around` is parsed, by its mark. `take` is offered the records one by one.
 */
export function splitRecords(
  bytes: Uint8Array,
  mostRecords: number,
  take: TakeRecord = () => -1,
): SplitAnswer | null {
  const keys: string[] = [];
  const list = createRecordList(bytes, mostRecords, take);
  let depth = 0;
  let text = "";
  let [listStart, listEnd] = [-1, -1];
  const isInList = () => listStart >= 0 && listEnd < 0;

  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = endOfText(bytes, at);
      if (depth < listDepth) text = String.fromCharCode(...bytes.subarray(at + 1, Math.min(end, at + 20)));
      at = end;
    } else if (byte === colon) {
      if (depth < listDepth) keys[depth] = text;
    } else if (byte === openBrace || byte === openBracket) {
      depth += 1;
      if (depth > deepest && isInList()) list.markTooDeep();
      const isList =
        byte === openBracket && depth === listDepth && keys[1] === "data" && keys[2] === "records";
      if (!isList || listStart >= 0) continue;
      listStart = at + 1;
      at = list.takeFrom(listStart) - 1;
    } else if (byte === comma) {
      if (depth !== listDepth || !isInList()) continue;
      if (!list.endRecord(at)) return null;
      at = list.takeFrom(at + 1) - 1;
    } else if (byte === closeBrace || byte === closeBracket) {
      if (depth === listDepth && isInList()) {
        listEnd = at;
        if (!list.endList(at)) return null;
      }
      depth -= 1;
    }
  }
  if (listStart < 0) return { around: bytes, mark: null, ...list.records() };
  if (listEnd < 0) return null;
  return { ...withMark(bytes, listStart, listEnd), ...list.records() };
}

/** The records one after the other; undefined for one that is no JSON, far too long or too deep. */
export function* parseRecords(bytes: Uint8Array, bounds: readonly number[]): Generator<unknown> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parse = (from: number, to: number): unknown => {
    if (from === to || to - from > longestRecordBytes) return undefined;
    try {
      return JSON.parse(body.toString("utf8", from, to));
    } catch {
      return undefined;
    }
  };
  for (let index = 0; index < bounds.length; index += 2)
    yield parse(bounds[index] as number, bounds[index + 1] as number);
}
