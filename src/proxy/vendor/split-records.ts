/** An answer of glucose records taken apart: what stands around the list, and from where to where each record stands in its bytes. */
export interface SplitAnswer {
  /** The envelope with an empty list. */
  around: Uint8Array;
  /** Begin and end of one record after the other. */
  bounds: readonly number[];
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
/** `{ data: { records: [`; a record may have an object or a list of its own, and that one too. */
const listDepth = 3;
const deepest = 6;
/** One is 200 bytes. */
const longestRecordBytes = 4096;

const isSpace = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where a text that begins at `at` ends: the place of its closing quote. */
function endOfText(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== quote) end += bytes[end] === backslash ? 2 : 1;
  return end;
}

/**
 * Finds the records at `data.records` without parsing them, so that never the whole of a large answer is there as values. Null where the
 * answer is no such thing, nests deeper than any record, or has more than `mostRecords`; whether the rest is JSON shows when it is parsed.
 */
export function splitRecords(bytes: Uint8Array, mostRecords: number): SplitAnswer | "too-many" | null {
  const keys: string[] = [];
  const bounds: number[] = [];
  let depth = 0;
  let text = "";
  let [listStart, listEnd, recordStart] = [-1, -1, -1];
  const isInList = () => listStart >= 0 && listEnd < 0;

  /** False when there is nothing between two commas. */
  const endRecord = (end: number): boolean => {
    let [from, to] = [recordStart, end];
    while (from < to && isSpace(bytes[from])) from += 1;
    while (to > from && isSpace(bytes[to - 1])) to -= 1;
    if (from === to) return false;
    bounds.push(from, to);
    recordStart = end + 1;
    return true;
  };

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
      if (depth > deepest) return "too-many";
      const isList =
        byte === openBracket && depth === listDepth && keys[1] === "data" && keys[2] === "records";
      if (!isList) continue;
      // A second list of the same name would be another answer.
      if (listStart >= 0) return null;
      listStart = at + 1;
      recordStart = listStart;
    } else if (byte === comma) {
      if (depth !== listDepth || !isInList()) continue;
      if (!endRecord(at)) return null;
      if (bounds.length > 2 * mostRecords) return "too-many";
    } else if (byte === closeBrace || byte === closeBracket) {
      if (depth === listDepth && isInList()) {
        listEnd = at;
        // Of an empty list nothing is left over, and of another one its last record.
        if (!endRecord(at) && bounds.length > 0) return null;
      }
      depth -= 1;
    }
  }
  if (bounds.length > 2 * mostRecords) return "too-many";
  if (listStart < 0) return { around: bytes, bounds };
  if (listEnd < 0) return null;
  return { around: Buffer.concat([bytes.subarray(0, listStart), bytes.subarray(listEnd)]), bounds };
}

/** The records one after the other; undefined for one that is no JSON, or far too long. */
export function* parseRecords(bytes: Uint8Array, bounds: readonly number[]): Generator<unknown> {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parse = (from: number, to: number): unknown => {
    if (to - from > longestRecordBytes) return undefined;
    try {
      return JSON.parse(body.toString("utf8", from, to));
    } catch {
      return undefined;
    }
  };
  for (let index = 0; index < bounds.length; index += 2)
    yield parse(bounds[index] as number, bounds[index + 1] as number);
}
