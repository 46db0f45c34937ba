import { TextDecoder } from "node:util";
import { linesTaken, type RecallAnswers } from "#contract/recalls.ts";
import { legacyEncodingOf } from "#contract/text-encoding.ts";
import { Failure } from "../failure.ts";
import { unusable } from "../imports/read-file.ts";
import { createSlices } from "../imports/slices.ts";
import type { FoundInFile, RecallStore } from "../store/recalls.ts";
import { createAlikeQuestion } from "./alike-question.ts";
import { createFileTally } from "./file-tally.ts";
import { createOurSensors } from "./our-sensors.ts";
import { withBlocksAsRows } from "./recall-blocks.ts";
import { withJsonAsLines } from "./recall-json.ts";
import { linesForHeading, type RecallLines, readingOf } from "./recall-lines.ts";

const longestLine = 65_536;
const serialsPerInsert = 5000;

const beginsWith = (bytes: Uint8Array, ...beginning: number[]) =>
  beginning.every((byte, i) => bytes[i] === byte);

const bytesLooked = 4096;
/** UTF-16 without its mark, by zeros in every second byte; of Chinese in it, by those of serials and delimiters. */
function utf16In(begin: Uint8Array): "utf-16le" | "utf-16be" | null {
  const zeros = [0, 0];
  const looked = begin.subarray(0, bytesLooked);
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (looked.length < 8 || Math.min(even, odd) > 0 || Math.max(even, odd) < looked.length / 8) return null;
  return odd > 0 ? "utf-16le" : "utf-16be";
}

function decoderFor(begin: Uint8Array): TextDecoder {
  if (beginsWith(begin, 0xff, 0xfe)) return new TextDecoder("utf-16le");
  if (beginsWith(begin, 0xfe, 0xff)) return new TextDecoder("utf-16be");
  if (beginsWith(begin, 0x50, 0x4b, 3, 4) || beginsWith(begin, 0xd0, 0xcf, 0x11, 0xe0))
    throw unusable("workbook");
  const utf16 = utf16In(begin);
  if (utf16) return new TextDecoder(utf16);
  if (begin.includes(0) || beginsWith(begin, 0x25, 0x50, 0x44, 0x46)) throw unusable("binary");
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    decoder.decode(begin, { stream: true });
    return new TextDecoder();
  } catch {
    return new TextDecoder(legacyEncodingOf(begin));
  }
}

async function* textsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const part of body) {
    decoder ??= decoderFor(part);
    yield decoder.decode(part, { stream: true });
  }
  yield decoder?.decode() ?? "";
}

/** The lines of a file as they come, some at a time; one that is far too long is refused, since a part of it would be lost. */
async function* linesIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string[]> {
  let rest = "";
  for await (const text of withJsonAsLines(textsIn(body))) {
    const lines = (rest + text).split(/\r\n|[\r\n]/);
    if (lines.some(({ length }) => length > longestLine)) throw unusable("long-line");
    rest = lines.pop() ?? "";
    yield lines;
  }
  yield [rest];
}

/** A raised figure behind a serial is the mark of a footnote, and none of its digits. */
const withMarks = (text: string): string =>
  /[¹²³⁰⁴-⁹]/.test(text) ? text.replace(/(?<=[A-Za-z0-9])[¹²³⁰⁴-⁹]+/g, "*") : text;

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

/** Nobody can answer of this file what another one asks. */
const otherFile = () =>
  new Failure("invalid-request", {
    detail: "Some answers are to nothing that this file asks: it is another one, or was changed meanwhile.",
    fields: [{ field: "answers", reason: "unknown" }],
  });

/**
 * Notes which sensors of ours a file names, in the room that the sensors of ours need, however long the file is. What
 * only looks like one of ours is told and not noted. What is doubtful is asked, and noted until somebody has answered.
 */
export async function readRecall(
  store: Pick<RecallStore, "countKnown" | "knownAfter" | "addSensors" | "keepRest" | "lotsAmong">,
  id: string,
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
  answers: RecallAnswers = {},
): Promise<FoundInFile & { unknown: string[] | null }> {
  const slice = createSlices(signal);
  const known = createOurSensors(Math.ceil((await store.countKnown()) * 1.1) + 1000);
  for await (const serials of allKnown(store)) {
    for (const serial of serials) known.add(serial);
    await slice();
  }

  let ours: string[] = [];
  const note = (serial: string) => {
    ours.push(serial);
  };
  const tally = createFileTally({ known, answers, note, slice });
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
  let reading: RecallLines | null = null;
  let line = 0;
  let result: ReturnType<typeof tally.result>;
  try {
    const given = withBlocksAsRows(withBeginning(linesIn(body)), known, linesForHeading);
    for await (const lines of withBeginning(given)) {
      reading ??= readingOf(lines, known);
      for (const text of lines) {
        line += 1;
        if (text.length === 0 || text.trim() === "") continue;
        const read = reading.read(withMarks(text), line);
        const table = reading.table();
        if (read === null) {
          if (table) tally.whatElse.names(table);
          continue;
        }
        if (read.footnote) tally.questions.noteFootnote(read.footnote);
        if (read.fault || read.serials.length === 0) tally.whatElse.notTaken(line, text);
        else tally.whatElse.taken(line, text, read, table);
        if (read.fault) tally.notTaken(line, text, read.fault);
        else if (read.ranges.length > 0 || read.doubts.length > 0) {
          if (read.differs) tally.questions.noteDifferent();
          if (read.isSeveral) tally.questions.noteSeveral();
          const taking = tally.takeDoubtful(line, text, read);
          if (taking) await taking;
        } else tally.take(line, text, read.serials);
      }
      if (ours.length >= serialsPerInsert) await flush();
      await slice();
    }
    result = tally.result();
    await flush();
  } finally {
    await noting;
  }
  const { hasSerials, ...found } = result;
  if (!hasSerials) throw unusable("no-serials");
  const lots = await store.lotsAmong([...tally.lots.keys()]);
  // What was taken for a serial there is none.
  const ofLots = new Set(lots.flatMap(({ lot }) => tally.lots.get(lot) ?? [])).size;
  found.unusable += ofLots;
  found.notOurs -= ofLots;
  found.shown.lots = lots;
  const { alikes, inBoth } =
    tally.alike.size > 0 || found.shown.inBoth > 0 ? await lookedUp(store, tally, slice) : noneFound;
  found.shown.inBothSerials = inBoth;
  const likes = createAlikeQuestion(alikes, tally.alike, answers);
  // What else the file says is asked last.
  if (likes.question) {
    const at = found.shown.questions.findIndex(({ kind }) => kind === "else");
    found.shown.questions.splice(at < 0 ? found.shown.questions.length : at, 0, likes.question);
  }
  const isOnlyElse = found.shown.questions.every(({ kind }) => kind === "else");
  if (isOnlyElse && linesTaken(found) === 0) found.shown.questions = [];
  const asked = found.shown.questions.flatMap(({ options }) => options.map(({ key }) => key));
  if (Object.keys(answers).some((key) => !asked.includes(key))) throw otherFile();
  for (let from = 0; from < likes.recalled.length; from += serialsPerInsert)
    await store.addSensors(id, likes.recalled.slice(from, from + serialsPerInsert));
  await store.keepRest(id, tally.rest());
  return { ...found, alike: likes.shown };
}

const noneFound = { alikes: [], inBoth: [] };
const mostInBoth = 20;

/** What of our sensors is only looked like, and which are both recalled and left out, the first of them. */
async function lookedUp(
  store: Pick<RecallStore, "knownAfter">,
  tally: ReturnType<typeof createFileTally>,
  slice: () => Promise<void> | void,
): Promise<{ alikes: string[]; inBoth: string[] }> {
  const alikes: string[] = [];
  const inBoth: string[] = [];
  for await (const serials of allKnown(store)) {
    for (const serial of serials) {
      if (tally.isAlike(serial)) alikes.push(serial);
      if (inBoth.length < mostInBoth && tally.isInBoth(serial)) inBoth.push(serial);
    }
    await slice();
  }
  return { alikes, inBoth };
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
