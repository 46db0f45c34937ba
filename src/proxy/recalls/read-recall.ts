import { TextDecoder } from "node:util";
import { longestShownLine, mostShownLines, type RecallAlike, type RecallShown } from "#contract/recalls.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { unusable } from "../imports/read-file.ts";
import { createSlices } from "../imports/slices.ts";
import { createFingerprints } from "../store/fingerprints.ts";
import type { FoundInFile, RecallStore } from "../store/recalls.ts";
import { createSerialIndex } from "../store/serial-index.ts";
import { linesForHeading, type RecallLines, readingOf } from "./recall-lines.ts";

const longestLine = 65_536;
const mostAlike = 1000;
/** Of a line that names none of ours. */
const mostCandidates = 20;
const serialsPerInsert = 5000;

/** Characters that are easily taken for each other are one. */
const folded = (serial: string): string =>
  serial.replace(/[OISB]/g, (letter) => ({ O: "0", I: "1", S: "5", B: "8" })[letter] ?? letter);

const beginsWith = (bytes: Uint8Array, ...beginning: number[]) =>
  beginning.every((byte, i) => bytes[i] === byte);

function decoderFor(begin: Uint8Array): TextDecoder {
  if (beginsWith(begin, 0xff, 0xfe)) return new TextDecoder("utf-16le");
  if (beginsWith(begin, 0xfe, 0xff)) return new TextDecoder("utf-16be");
  if (beginsWith(begin, 0x50, 0x4b, 3, 4) || beginsWith(begin, 0xd0, 0xcf, 0x11, 0xe0))
    throw unusable("workbook");
  if (begin.includes(0) || beginsWith(begin, 0x25, 0x50, 0x44, 0x46)) throw unusable("binary");
  // Of another encoding every serial is the same, and only the columns' names are read besides.
  const encoding = ["utf-8", "gb18030"].find((one) => {
    try {
      new TextDecoder(one, { fatal: true }).decode(begin, { stream: true });
      return true;
    } catch {
      return false;
    }
  });
  return new TextDecoder(encoding);
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

/** The first lines together, so that they tell how all are read. */
async function* withBeginning(batches: AsyncIterable<string[]>): AsyncGenerator<string[]> {
  const first: string[] = [];
  let isBegun = false;
  for await (const lines of batches) {
    if (isBegun) yield lines;
    else for (const line of lines) first.push(line);
    if (isBegun || first.length < linesForHeading) continue;
    isBegun = true;
    yield first;
  }
  if (!isBegun) yield first;
}

/** A line as it is shown. */
const shown = (line: string): string =>
  beginningOf(usableText(line.replace(/\s+/g, " ")).trim(), longestShownLine);

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

  let reading: RecallLines | null = null;
  const shownLines: RecallShown = { taken: [], notTaken: [] };
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
    for await (const lines of withBeginning(linesIn(body))) {
      reading ??= readingOf(lines, known.has);
      for (const text of lines) {
        line += 1;
        if (text.length === 0 || text.trim() === "" || line === reading.headingAt + 1) continue;
        const candidates = line <= reading.headingAt ? [] : reading.serialsOf(text);
        if (candidates === null) continue;
        result.lines += 1;
        const found = candidates.filter(known.has);
        const first = candidates.find((serial) => /\d/.test(serial));
        if (found.length > 0) {
          if (found.every(seen.has)) result.repeated += 1;
          else for (const serial of found) seen.add(serial);
          ours.push(...found);
          if (shownLines.taken.length < mostShownLines)
            shownLines.taken.push({ line, text: shown(text), serials: found });
        } else if (first === undefined) {
          result.unusable += 1;
          if (shownLines.notTaken.length < mostShownLines)
            shownLines.notTaken.push({ line, text: shown(text) });
        } else {
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
  return { ...result, repeated, alike: likes, shown: shownLines };
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
