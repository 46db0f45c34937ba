import { TextDecoder } from "node:util";
import type { RecallAlike } from "#contract/recalls.ts";
import { parseSerial, serialsAmong } from "#contract/serial.ts";
import { lotHeader, serialHeader } from "#sensor/serial-list.ts";
import { readSerials } from "#sensor/serials.ts";
import { unusable } from "../imports/read-file.ts";
import { createSlices } from "../imports/slices.ts";
import { createFingerprints } from "../store/fingerprints.ts";
import type { FoundInFile, RecallStore } from "../store/recalls.ts";
import { createSerialIndex } from "../store/serial-index.ts";

const longestLine = 65_536;
const mostAlike = 1000;
/** Of a line that names none of ours. */
const mostCandidates = 20;
const serialsPerInsert = 5000;
const delimiters = /[,;\t|]/;
/** Before the columns' names, as a title or a letter's words. */
const mostLinesBefore = 20;

/** Characters that are easily taken for each other are one. */
const folded = (serial: string): string =>
  serial.replace(/[OISB]/g, (letter) => ({ O: "0", I: "1", S: "5", B: "8" })[letter] ?? letter);

/** Words that no group of a serial is: "Recall 2026 letter". */
const isProse = /(^|\s)\p{L}{3,}[.,:;!?]?(\s|$)/u;

/** What a code of a box has, or an address, and a serial number has not. */
const mayBeCode = (text: string): boolean =>
  /[()\]<{^/]/.test(text) || (text.length > 20 && /[A-Z0-9]{21}/.test(text));
const isPlain = /^[A-Z0-9]{1,64}$/;
/** A serial as it stands, and nothing else. */
const isOrdinary = (cell: string): boolean => cell.length <= 20 && isPlain.test(cell);
const serialOf = (cell: string): string | null =>
  isPlain.test(cell) ? cell : parseSerial(cell.replaceAll('"', ""));

const beginsWith = (bytes: Uint8Array, ...beginning: number[]) =>
  beginning.every((byte, i) => bytes[i] === byte);

function decoderFor(begin: Uint8Array): TextDecoder {
  if (beginsWith(begin, 0xff, 0xfe)) return new TextDecoder("utf-16le");
  if (beginsWith(begin, 0xfe, 0xff)) return new TextDecoder("utf-16be");
  if (beginsWith(begin, 0x50, 0x4b, 3, 4) || beginsWith(begin, 0xd0, 0xcf, 0x11, 0xe0))
    throw unusable("workbook");
  if (begin.includes(0) || beginsWith(begin, 0x25, 0x50, 0x44, 0x46)) throw unusable("binary");
  // Of another encoding every serial is the same, and nothing else is read.
  return new TextDecoder();
}

/** The lines of a file as they come, some at a time; of one that is far too long only its beginning. */
async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  let decoder: TextDecoder | null = null;
  let rest = "";
  for await (const part of body) {
    decoder ??= decoderFor(part);
    const lines = (rest + decoder.decode(part, { stream: true })).split(/\r\n|[\r\n]/);
    rest = (lines.pop() ?? "").slice(0, longestLine);
    yield lines;
  }
  yield [rest + (decoder?.decode() ?? "")];
}

/** As people set the groups of a serial apart. */
const joined = (serial: string): string => serial.replace(/[-._]/g, "");

/** What stands in a column of a line; all of it where nothing sets columns apart. */
function cellAt(line: string, delimiter: string | null, column: number): string {
  if (delimiter === null) return line;
  let from = 0;
  for (let i = 0; i < column; i += 1) {
    from = line.indexOf(delimiter, from) + 1;
    if (from === 0) return "";
  }
  const to = line.indexOf(delimiter, from);
  return to < 0 ? line.slice(from) : line.slice(from, to);
}

/** The serials of a line: of the column that is named so, or any of its cells, or of its words. */
function createCandidates(isKnown: (serial: string) => boolean) {
  let column: number | null = null;
  /** What the line with the columns' names sets apart by; null where there is one column only. */
  let delimiter: string | null = null;
  let lot: number | null = null;
  let linesForNames = mostLinesBefore;
  return (line: string): string[] | null => {
    const cells = column === null ? line.split(delimiters) : [cellAt(line, delimiter, column)];
    if (linesForNames > 0) {
      linesForNames -= 1;
      const names = cells.map((cell) =>
        cell
          .replace(/^\ufeff/, "")
          .replaceAll('"', "")
          .trim(),
      );
      const found = names.findIndex((name) => serialHeader.test(name));
      if (found >= 0) {
        column = found;
        delimiter = delimiters.exec(line)?.[0] ?? null;
        linesForNames = 0;
        return null;
      }
      const lotAt = names.findIndex((name) => lotHeader.test(name));
      if (lotAt >= 0) lot = lotAt;
    }
    if (column !== null && cells.every(isOrdinary)) return cells;
    const whole = cells
      .filter((_, index) => column !== null || index !== lot)
      .map(serialOf)
      .filter((serial) => serial !== null);
    if (whole.some(isKnown)) {
      linesForNames = 0;
      return whole;
    }
    if (whole.some((serial) => /[-._]/.test(serial))) {
      const ungrouped = whole.map(joined);
      if (ungrouped.some(isKnown)) return ungrouped;
    }
    const searched = column === null ? line : cells.join("");
    if (mayBeCode(searched)) {
      const coded = readSerials(searched).found.map(({ serial }) => serial);
      if (coded.length > 0) return coded;
    }
    if (column !== null || !/\S\s+\S/.test(line)) return whole;
    const words = line
      .split(/\s+/)
      .map(serialOf)
      .filter((serial) => serial !== null);
    if (words.some(isKnown)) return words;
    return isProse.test(line) ? serialsAmong(line) : whole;
  };
}

/**
 * Notes which sensors of ours a file names, in the room that the sensors of ours need, however long the file is. What
 * only looks like one of ours is told and not noted.
 */
export async function readRecall(
  store: Pick<RecallStore, "countKnown" | "knownAfter" | "addSensors" | "keepRest">,
  id: string,
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): Promise<FoundInFile> {
  const slice = createSlices(signal);
  const most = Math.ceil((await store.countKnown()) * 1.1) + 1000;
  const known = createSerialIndex(most);
  const lookalikes = createSerialIndex(most);
  for await (const serials of allKnown(store)) {
    for (const serial of serials) {
      known.add(serial);
      lookalikes.add(folded(serial));
    }
    await slice();
  }

  const candidatesOf = createCandidates(known.has);
  const rest = createFingerprints();
  /** By which lines are told apart: of a line that names none of ours, its first serial. */
  const seen = createSerialIndex(most);
  const firsts = createFingerprints();
  const alike = new Map<string, { line: number; text: string }>();
  const result = { lines: 0, notOurs: 0, unusable: 0, repeated: 0, alikeCount: 0 };
  let line = 0;
  let ours: string[] = [];
  /** Noted by the database while the next lines are read. */
  let noting = Promise.resolve();
  const flush = async () => {
    await noting;
    const serials = ours;
    ours = [];
    if (serials.length > 0) noting = store.addSensors(id, serials);
    // What goes wrong is told where it is waited for.
    noting.catch(() => undefined);
  };
  try {
    for await (const lines of linesIn(body)) {
      for (const text of lines) {
        line += 1;
        if (text.length === 0 || text.trim() === "") continue;
        const candidates = candidatesOf(text);
        if (candidates === null) continue;
        result.lines += 1;
        const found = candidates.filter(known.has);
        const first = candidates.find((serial) => /\d/.test(serial));
        if (found.length > 0) {
          if (found.every(seen.has)) result.repeated += 1;
          else for (const serial of found) seen.add(serial);
          ours.push(...found);
        } else if (first === undefined) result.unusable += 1;
        else {
          result.notOurs += 1;
          firsts.add(first);
          for (const serial of candidates.slice(0, mostCandidates))
            if (/\d/.test(serial) && !rest.add(serial)) throw unusable("too-many");
          const like = candidates.find((serial) => lookalikes.has(folded(serial)));
          if (like === undefined) continue;
          result.alikeCount += 1;
          if (alike.size < mostAlike && !alike.has(folded(like)))
            alike.set(folded(like), { line, text: like });
        }
      }
      if (ours.length >= serialsPerInsert) await flush();
      await slice();
    }
    await flush();
  } finally {
    await noting;
  }
  const [likes] = await Promise.all([
    alike.size > 0 ? resolved(store, alike) : [],
    store.keepRest(id, rest.parts()),
  ]);
  const repeated = result.repeated + result.notOurs - firsts.different();
  return { ...result, repeated, alike: likes };
}

async function* allKnown(store: Pick<RecallStore, "knownAfter">): AsyncGenerator<string[]> {
  let after = "";
  for (;;) {
    const serials = await store.knownAfter(after);
    const last = serials.at(-1);
    if (last === undefined) return;
    yield serials;
    after = last;
  }
}

/** Which sensor of ours each looks like. */
async function resolved(
  store: Pick<RecallStore, "knownAfter">,
  alike: ReadonlyMap<string, { line: number; text: string }>,
): Promise<RecallAlike[]> {
  const found: RecallAlike[] = [];
  for await (const serials of allKnown(store))
    for (const serial of serials) {
      const like = alike.get(folded(serial));
      if (like) found.push({ ...like, serial });
    }
  return found.sort((a, b) => a.line - b.line).slice(0, mostAlike);
}
