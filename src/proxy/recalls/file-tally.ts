import {
  mostShownLines,
  mostShownOurs,
  type RecallAlike,
  type RecallAnswers,
  type RecallFault,
  type RecallShown,
} from "#contract/recalls.ts";
import { isPlainSerial } from "#contract/serial.ts";
import { mostSerials } from "#sensor/serial-list.ts";
import { unusable } from "../imports/read-file.ts";
import { createFingerprints, type FingerprintPart } from "../store/fingerprints.ts";
import { createNamedLines } from "./named-lines.ts";
import { countInBoth, createMarks, folded, type OurSensors } from "./our-sensors.ts";
import type { LineRead } from "./recall-lines.ts";
import { createQuestions, type Doubt, type RecallQuestions, shownText } from "./recall-questions.ts";
import type { SerialRange } from "./serial-ranges.ts";
import { mayNameMore, serialsNamedIn } from "./serials-named.ts";
import { createWhatElse, type WhatElse } from "./what-else.ts";

const mostAlike = 1000;
/** Of a line that names none of ours. */
const mostCandidates = 20;
/** So many lines are looked through for lots, and so many words looked up. */
const mostLotLines = 1000;
const mostLotWords = 5000;
const rangeAtOnce = 10_000;
const none: readonly string[] = [];
const hasDigit = (serial: string) => /\d/.test(serial);
const rangeDoubt = { kind: "range", name: "", text: "" } as const;

interface TallyOptions {
  known: OurSensors;
  answers: RecallAnswers;
  /** Takes serials of ours to be noted. */
  note: (serial: string) => void;
  slice: () => Promise<void> | void;
}

interface FileTally {
  /** A line that is taken as it stands, or else is not. */
  take(line: number, text: string, serials: readonly string[]): void;
  /** One of which only a person knows. */
  takeDoubtful(line: number, text: string, read: LineRead): Promise<void> | void;
  notTaken(line: number, text: string, reason?: RecallFault): void;
  questions: RecallQuestions;
  whatElse: WhatElse;
  result(): {
    lines: number;
    notOurs: number;
    unusable: number;
    repeated: number;
    alikeCount: number;
    shown: RecallShown;
    /** Whether any line names what could be a serial, taken or not. */
    hasSerials: boolean;
    /** Those not known here; null where they are more than a list holds. */
    unknown: string[] | null;
  };
  /** Those that only look like one of ours, by what they look like. */
  alike: ReadonlyMap<string, Omit<RecallAlike, "serial">>;
  /** Whether a sensor of ours, which the file does not name, is looked like; and whether one is recalled and left out. */
  isAlike(serial: string): boolean;
  isInBoth(serial: string): boolean;
  /** Words that may be lots on lines without a serial like ours, and the lines that were taken with each. */
  lots: ReadonlyMap<string, readonly number[]>;
  /** What is kept of the serials that are not ours. */
  rest(): Iterable<FingerprintPart>;
}

/** Of ours between the ends of ranges. */
interface Inside {
  ours: string[];
  isNew: boolean;
}

/** Counts what stands on the lines of a file. */
export function createFileTally({ known, answers, note, slice }: TallyOptions): FileTally {
  const questions = createQuestions(answers, known);
  const whatElse = createWhatElse(known);
  const rest = createFingerprints();
  const recalled = createMarks(known);
  const leftOut = createMarks(known);
  /** Those that were taken or asked about, whatever was answered. */
  const placed = createMarks(known);
  const named = createNamedLines(answers, known);
  /** By which lines are told apart that name none of ours: their first serials. */
  const firsts = createFingerprints();
  const alike = new Map<string, { line: number; text: string }>();
  const alikes = createMarks(known.lookalikes);
  const noteNotKnown = (line: number, text: string) => {
    if (shown.notKnown.length < mostShownLines) shown.notKnown.push({ line, text });
  };
  const counts = { lines: 0, notOurs: 0, unusable: 0, repeated: 0, alikeCount: 0 };
  const shown: RecallShown = {
    taken: [],
    notTaken: [],
    notTakenOurs: [],
    notTakenOursCount: 0,
    leftOut: 0,
    questions: [],
    inBoth: 0,
    inBothSerials: [],
    notKnown: [],
    lots: [],
  };
  let hasSerials = false;
  const lots = new Map<string, number[]>();
  let lotLines = 0;
  /** `taken`: what the line is taken for. */
  const lookForLots = (line: number, text: string, taken: string | null) => {
    lotLines += 1;
    const words = text.toUpperCase().split(/[^A-Z0-9._-]+/);
    if (words.some(known.isShaped)) return;
    for (const word of words) {
      if (!hasDigit(word) || word.length < 3 || word.length > 20) continue;
      if (!lots.has(word) && lots.size >= mostLotWords) return;
      const lines = lots.get(word) ?? [];
      if (taken !== null && (word === taken || !isPlainSerial(taken))) lines.push(line);
      lots.set(word, lines);
    }
  };

  const unknown = new Set<string>();
  const keep = (serial: string) => {
    if (unknown.size <= mostSerials) unknown.add(serial);
    if (!rest.add(serial)) throw unusable("too-many");
    // It may be known one day without what sets its groups apart.
    if (serial.includes("-") || serial.includes(".") || serial.includes("_"))
      rest.add(serial.replace(/[-._]/g, ""));
  };
  const addNotTaken = (line: number, text: string, reason?: RecallFault) => {
    counts.unusable += 1;
    const one = { line, text: shownText(text), ...(reason && { reason }) };
    if (shown.notTaken.length < mostShownLines) shown.notTaken.push(one);
    const { ours, isAny } = serialsNamedIn(text, known);
    if (isAny) hasSerials = true;
    if (ours.length === 0) {
      if (lotLines < mostLotLines) lookForLots(line, text, null);
      return;
    }
    named.add(line, text, ours, false);
    shown.notTakenOursCount += 1;
    if (shown.notTakenOurs.length < mostShownOurs) shown.notTakenOurs.push(one);
  };
  /** What else of ours a line names that is taken for these. */
  const lookFurther = (line: number, text: string, taken: readonly string[]) => {
    const [first = ""] = taken;
    if (text.length - first.length < known.shortest || !mayNameMore(text, first, known)) return;
    const { ours } = serialsNamedIn(text, known);
    const further = ours.filter((serial) => !taken.includes(serial));
    if (further.length > 0) named.add(line, text, further, true);
  };
  const addRecalled = (serial: string) => {
    note(serial);
    placed.add(serial);
    return recalled.add(serial);
  };
  const addOurs = (line: number, text: string, found: readonly string[], inside?: Inside) => {
    let isNew = inside?.isNew === true;
    for (const serial of found) isNew = addRecalled(serial) || isNew;
    if (!isNew) counts.repeated += 1;
    if (shown.taken.length >= mostShownLines) return;
    const serials = [...new Set([...found, ...(inside?.ours ?? [])])].slice(0, mostCandidates);
    shown.taken.push({ line, text: shownText(text), serials });
  };
  const addAlike = (line: number, like: string) => {
    counts.alikeCount += 1;
    const own = known.alikeOf(like);
    if (own !== null) alikes.add(own);
    if (own !== null && alike.size < mostAlike && !alike.has(own)) alike.set(own, { line, text: like });
  };
  const isAlike = (serial: string) => known.alikeOf(serial) !== null;
  const leaveOut = (ours: readonly string[]) => {
    for (const serial of ours) {
      leftOut.add(serial);
      placed.add(serial);
    }
  };
  const noteLeftOut = () => {
    shown.leftOut += 1;
    hasSerials = true;
  };
  /** Most lines of a file. */
  const takeOne = (line: number, text: string, serial: string) => {
    hasSerials = true;
    if (known.has(serial)) return addOurs(line, text, [serial]);
    counts.notOurs += 1;
    noteNotKnown(line, serial);
    if (lotLines < mostLotLines) lookForLots(line, text, serial);
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
      noteNotKnown(line, shownText(others.slice(0, mostCandidates).join(" ")));
      if (lotLines < mostLotLines) lookForLots(line, text, first);
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
      for (const serial of found) placed.add(serial);
      if (isRecalled)
        for (const serial of found) {
          if (addRecalled(serial)) inside.isNew = true;
          if (inside.ours.length < mostCandidates) inside.ours.push(serial);
        }
      await slice();
    }
  };
  const takeRanges = async (
    line: number,
    text: string,
    { doubts, ranges }: LineRead,
    left: readonly string[],
  ): Promise<void> => {
    const inside: Inside = { ours: [], isNew: false };
    for (const range of ranges) {
      const isAll = questions.note(rangeDoubt, { line, text }, [], range.count);
      const said = doubts.filter((doubt) => doubt.serials?.includes(range.first) !== false);
      await takeRange(range, isAll === true && left.includes(range.first), [...said, rangeDoubt], inside);
    }
    if (left.length > 0) take(line, text, left, inside);
  };
  return {
    take: (line, text, serials) => {
      counts.lines += 1;
      const [serial = ""] = serials;
      const ours = serials.length === 1 && !known.has(serial) ? none : serials.filter(known.has);
      if (serials.length > 0 && questions.noteUnheaded({ line, text }, ours) === false) {
        leaveOut(ours);
        noteLeftOut();
      } else if (serials.length === 1 && hasDigit(serial)) takeOne(line, text, serial);
      else take(line, text, serials);
      lookFurther(line, text, serials);
    },
    notTaken: (line, text, reason) => {
      counts.lines += 1;
      addNotTaken(line, text, reason);
    },
    takeDoubtful: (line, text, read) => {
      const { serials, doubts, ranges } = read;
      counts.lines += 1;
      const inColumns = { recalled: new Set<string>(), not: new Set<string>() };
      let isLeftOut = false;
      for (const doubt of doubts) {
        const said = doubt.serials ?? serials;
        const isRecalled = questions.note(doubt, { line, text }, said.filter(known.has));
        if (doubt.kind !== "column") isLeftOut ||= isRecalled === false;
        else for (const serial of said) inColumns[isRecalled === false ? "not" : "recalled"].add(serial);
      }
      if (!doubts.some(({ kind }) => kind === "section"))
        isLeftOut ||= questions.noteUnheaded({ line, text }, serials.filter(known.has)) === false;
      const left = isLeftOut
        ? []
        : serials.filter((serial) => inColumns.recalled.has(serial) || !inColumns.not.has(serial));
      if (left.length < serials.length)
        leaveOut(serials.filter((serial) => known.has(serial) && !left.includes(serial)));
      lookFurther(line, text, serials);
      if (left.length === 0) noteLeftOut();
      if (ranges.length > 0) return takeRanges(line, text, read, left);
      const [serial = ""] = left;
      if (left.length === 1 && hasDigit(serial)) takeOne(line, text, serial);
      else if (left.length > 0) take(line, text, left);
    },
    questions,
    whatElse,
    result: () => {
      const ofLines = named.asked(placed);
      const asked = ofLines ? [...questions.asked(), ofLines] : questions.asked();
      const ofElse = whatElse.asked(asked, (key) => answers[key] === true);
      for (const { line, text, serials, isTaken, isRecalled } of named.answered(placed)) {
        for (const serial of serials)
          if (isRecalled) addRecalled(serial);
          else leftOut.add(serial);
        if (isTaken || !isRecalled) continue;
        counts.unusable -= 1;
        if (shown.taken.length < mostShownLines)
          shown.taken.push({ line, text: shownText(text), serials: serials.slice(0, mostCandidates) });
        shown.notTaken = shown.notTaken.filter((one) => one.line !== line);
        const before = shown.notTakenOurs.length;
        shown.notTakenOurs = shown.notTakenOurs.filter((one) => one.line !== line);
        shown.notTakenOursCount -= before - shown.notTakenOurs.length;
      }
      return {
        ...counts,
        repeated: counts.repeated + counts.notOurs - firsts.different(),
        shown: {
          ...shown,
          questions: ofElse ? [...asked, ofElse] : asked,
          inBoth: countInBoth(recalled, leftOut),
        },
        hasSerials,
        unknown: unknown.size > mostSerials ? null : [...unknown],
      };
    },
    alike,
    isAlike: (serial) => !placed.has(serial) && alikes.has(folded(serial)),
    isInBoth: (serial) => recalled.has(serial) && leftOut.has(serial),
    lots,
    rest: () => rest.parts(),
  };
}
