import {
  mostShownLines,
  mostShownOurs,
  type RecallAlike,
  type RecallAnswers,
  type RecallFault,
  type RecallShown,
} from "#contract/recalls.ts";
import { unusable } from "../imports/read-file.ts";
import { createFingerprints, type FingerprintPart } from "../store/fingerprints.ts";
import { createSerialIndex, type SerialIndex } from "../store/serial-index.ts";
import type { LineRead } from "./recall-lines.ts";
import { createQuestions, type Doubt, type RecallQuestions, shownText } from "./recall-questions.ts";
import type { SerialRange } from "./serial-ranges.ts";
import { serialsNamedIn } from "./serials-named.ts";

const mostAlike = 1000;
/** Of a line that names none of ours. */
const mostCandidates = 20;
const rangeAtOnce = 10_000;
const hasDigit = (serial: string) => /\d/.test(serial);
const rangeDoubt = { kind: "range", name: "", text: "" } as const;

/** Characters that are easily taken for each other are one. */
export const folded = (serial: string): string =>
  serial.replace(/[OISB]/g, (letter) => ({ O: "0", I: "1", S: "5", B: "8" })[letter] ?? letter);

interface TallyOptions {
  known: SerialIndex;
  lookalikes: SerialIndex;
  /** As many as can be known. */
  most: number;
  answers: RecallAnswers;
  /** Takes serials of ours to be noted. */
  note: (serial: string) => void;
  slice: () => Promise<void> | void;
}

interface FileTally {
  /** A line that is taken as it stands, or else is not. */
  take(line: number, text: string, serials: readonly string[]): void;
  /** One of which only a person knows. */
  takeDoubtful(line: number, text: string, read: LineRead): Promise<void>;
  notTaken(line: number, text: string, reason?: RecallFault): void;
  questions: RecallQuestions;
  result(): {
    lines: number;
    notOurs: number;
    unusable: number;
    repeated: number;
    alikeCount: number;
    shown: RecallShown;
    /** Whether any line names what could be a serial, taken or not. */
    hasSerials: boolean;
  };
  /** Those that only look like one of ours, by what they look like. */
  alike: ReadonlyMap<string, Omit<RecallAlike, "serial">>;
  /** What is kept of the serials that are not ours. */
  rest(): Iterable<FingerprintPart>;
}

/** Of ours between the ends of ranges. */
interface Inside {
  ours: string[];
  isNew: boolean;
}

/** Counts what stands on the lines of a file. */
export function createFileTally({ known, lookalikes, most, answers, note, slice }: TallyOptions): FileTally {
  const questions = createQuestions(answers, known);
  const rest = createFingerprints();
  /** By which lines are told apart: of a line that names none of ours, its first serial. */
  const seen = createSerialIndex(most);
  const firsts = createFingerprints();
  const alike = new Map<string, { line: number; text: string }>();
  const counts = { lines: 0, notOurs: 0, unusable: 0, repeated: 0, alikeCount: 0 };
  const shown: RecallShown = {
    taken: [],
    notTaken: [],
    notTakenOurs: [],
    notTakenOursCount: 0,
    leftOut: 0,
    questions: [],
  };
  let hasSerials = false;

  const keep = (serial: string) => {
    if (!rest.add(serial)) throw unusable("too-many");
    // It may be known one day without what sets its groups apart.
    if (serial.includes("-") || serial.includes(".") || serial.includes("_"))
      rest.add(serial.replace(/[-._]/g, ""));
  };
  const addNotTaken = (line: number, text: string, reason?: RecallFault) => {
    counts.unusable += 1;
    const one = { line, text: shownText(text), ...(reason && { reason }) };
    if (shown.notTaken.length < mostShownLines) shown.notTaken.push(one);
    const named = serialsNamedIn(text, known.has);
    if (named !== "none") hasSerials = true;
    if (named !== "ours") return;
    shown.notTakenOursCount += 1;
    if (shown.notTakenOurs.length < mostShownOurs) shown.notTakenOurs.push(one);
  };
  const addOurs = (line: number, text: string, found: readonly string[], inside?: Inside) => {
    if (found.every(seen.has) && !inside?.isNew) counts.repeated += 1;
    for (const serial of found) {
      seen.add(serial);
      note(serial);
    }
    if (shown.taken.length >= mostShownLines) return;
    const serials = [...new Set([...found, ...(inside?.ours ?? [])])].slice(0, mostCandidates);
    shown.taken.push({ line, text: shownText(text), serials });
  };
  const addAlike = (line: number, like: string) => {
    counts.alikeCount += 1;
    if (alike.size < mostAlike && !alike.has(folded(like))) alike.set(folded(like), { line, text: like });
  };
  const isAlike = (serial: string) => lookalikes.has(folded(serial));
  /** Most lines of a file. */
  const takeOne = (line: number, text: string, serial: string) => {
    hasSerials = true;
    if (known.has(serial)) return addOurs(line, text, [serial]);
    counts.notOurs += 1;
    firsts.add(serial);
    keep(serial);
    if (isAlike(serial)) addAlike(line, serial);
  };
  const take = (line: number, text: string, candidates: readonly string[], inside?: Inside) => {
    const found = candidates.filter(known.has);
    const others = candidates.filter((serial) => hasDigit(serial) && !known.has(serial));
    const [first] = others;
    if (found.length > 0 || (inside && inside.ours.length > 0)) {
      addOurs(line, text, found, inside);
      for (const serial of others) keep(serial);
    } else if (first === undefined) {
      addNotTaken(line, text);
      return;
    } else {
      counts.notOurs += 1;
      firsts.add(first);
      for (const serial of others.slice(0, mostCandidates)) keep(serial);
      const like = candidates.find(isAlike);
      if (like !== undefined) addAlike(line, like);
    }
    hasSerials = true;
  };
  /** What is between the ends of a range; all of it is recalled where somebody says so. */
  const takeRange = async (
    range: SerialRange,
    isRecalled: boolean,
    doubts: readonly Doubt[],
    inside: Inside,
  ): Promise<void> => {
    for (let from = 0; from < range.count; from += rangeAtOnce) {
      const found: string[] = [];
      for (let i = from; i < Math.min(range.count, from + rangeAtOnce); i += 1) {
        const serial = range.at(i);
        if (known.has(serial)) found.push(serial);
        else if (isRecalled) keep(serial);
      }
      for (const doubt of doubts) questions.addOurs(doubt, found);
      if (isRecalled)
        for (const serial of found) {
          if (!seen.has(serial)) inside.isNew = true;
          seen.add(serial);
          note(serial);
          if (inside.ours.length < mostCandidates) inside.ours.push(serial);
        }
      await slice();
    }
  };
  return {
    take: (line, text, serials) => {
      counts.lines += 1;
      const [serial = ""] = serials;
      if (serials.length === 1 && hasDigit(serial)) takeOne(line, text, serial);
      else take(line, text, serials);
    },
    notTaken: (line, text, reason) => {
      counts.lines += 1;
      addNotTaken(line, text, reason);
    },
    takeDoubtful: async (line, text, { serials, doubts, ranges }) => {
      counts.lines += 1;
      const inColumns = { recalled: new Set<string>(), not: new Set<string>() };
      let isLeftOut = false;
      for (const doubt of doubts) {
        const said = doubt.serials ?? serials;
        const isRecalled = questions.note(doubt, { line, text }, said.filter(known.has));
        if (doubt.kind !== "column") isLeftOut ||= isRecalled === false;
        else for (const serial of said) inColumns[isRecalled === false ? "not" : "recalled"].add(serial);
      }
      const left = isLeftOut
        ? []
        : serials.filter((serial) => inColumns.recalled.has(serial) || !inColumns.not.has(serial));
      const inside: Inside = { ours: [], isNew: false };
      for (const range of ranges) {
        const isAll = questions.note(rangeDoubt, { line, text }, [], range.count);
        const said = doubts.filter((doubt) => doubt.serials?.includes(range.first) !== false);
        await takeRange(range, isAll === true && left.includes(range.first), [...said, rangeDoubt], inside);
      }
      if (left.length > 0) take(line, text, left, inside);
      else {
        shown.leftOut += 1;
        hasSerials = true;
      }
    },
    questions,
    result: () => ({
      ...counts,
      repeated: counts.repeated + counts.notOurs - firsts.different(),
      shown: { ...shown, questions: questions.asked() },
      hasSerials,
    }),
    alike,
    rest: () => rest.parts(),
  };
}
