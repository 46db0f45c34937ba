import {
  longestShownLine,
  mostRecallOptions,
  mostRecallQuestions,
  type RecallAnswers,
  type RecallOption,
  type RecallQuestion,
  type RecallQuestionKind,
} from "#contract/recalls.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { fingerprintOf } from "../store/serial-index.ts";
import { createMarks, type OurSensors, type SensorMarks } from "./our-sensors.ts";
import { saysOther } from "./recall-columns.ts";
import { isAboutRecall, saysBefore, saysNo, saysNotRecalled, saysRecalled } from "./recall-words.ts";

const mostExamples = 3;
/** Values that say nothing of being recalled are told apart so far only. */
const mostOtherValues = 6;
/** A column of any name is asked about where it has no more different values. */
export const mostValues = 8;
/** Of what is one option so many texts are told apart, and so many named. */
const mostCounted = 1000;
const mostNamed = 3;

/** What the file says of a line or of some of its serials, so that it is doubtful whether these are recalled. */
export interface Doubt {
  readonly kind: RecallQuestionKind;
  /** Of the column. */
  readonly name: string;
  readonly text: string;
  /** Of nothing, what stands above it. */
  readonly below?: string;
  /** Those of the line that it is said of; else of all. */
  readonly serials?: readonly string[];
  /** Of a column whose name says nothing of being recalled; it is asked about while it has few values. */
  readonly isAny?: boolean;
  /** Of a heading on the line of its serials. */
  readonly isList?: boolean;
  /** Of a heading that is words about anything. */
  readonly isVague?: boolean;
}

/** A text as it is shown. */
export const shownText = (text: string): string =>
  beginningOf(usableText(text.replace(/\s+/g, " ")).trim(), longestShownLine);

function speaksOf({ kind, text, isVague }: Doubt): "not-recalled" | "recalled" | null {
  if (isVague) return null;
  if (saysNotRecalled(text) || (kind === "status" && saysNo(text))) return "not-recalled";
  return saysRecalled(text) && !(kind === "section" && saysBefore(text)) ? "recalled" : null;
}

/** The same each time a file is compared. */
export const keyOf = (...parts: string[]): string => fingerprintOf(parts.join("\n")).toString(36);

interface Tally extends Omit<RecallOption, "others" | "othersCount"> {
  speaks: "not-recalled" | "recalled" | null;
  seen: SensorMarks | null;
  /** Texts that this option has together. */
  others: Set<string>;
  isList: boolean;
}
interface Asked {
  kind: RecallQuestionKind;
  name: string;
  options: Map<string, Tally>;
  isAny: boolean;
}

export interface RecallQuestions {
  /** Notes a line that is doubtful, and answers whether it is recalled; null where nobody has said so yet. */
  note(
    doubt: Doubt,
    line: { line: number; text: string },
    ours: readonly string[],
    serials?: number,
  ): boolean | null;
  /** That what has this mark is not recalled. */
  noteFootnote(mark: string): void;
  /** Notes a line that stands above all headings; it is asked about only where headings come after it. */
  noteUnheaded(line: { line: number; text: string }, ours: readonly string[]): boolean | null;
  addOurs(doubt: Doubt, ours: readonly string[]): void;
  /** That what is in the columns of serials is not the same. */
  noteDifferent(): void;
  /** That headings stand between lines with serials. */
  noteSeveral(): void;
  /** Those that are doubtful at the end of the file. */
  asked(): RecallQuestion[];
}

export function createQuestions(
  answers: RecallAnswers,
  known: Pick<OurSensors, "placeOf" | "slots">,
): RecallQuestions {
  const questions = new Map<string, Asked>();
  let isDifferent = false;
  let isSeveral = false;
  const footnotes = new Set<string>();

  const questionOf = (kind: RecallQuestionKind, name: string, isAny = false): Asked => {
    const own = `${kind}\n${name.toLowerCase()}`;
    const found = questions.get(own);
    if (found) return found;
    // What one more column says is asked of all further ones together.
    if (name !== "" && questions.size >= mostRecallQuestions) return questionOf(kind, "", isAny);
    const made: Asked = { kind, name, options: new Map(), isAny };
    questions.set(own, made);
    return made;
  };
  const createTally = (key: string, text: string | null): Tally => ({
    key,
    text,
    others: new Set(),
    lines: 0,
    ours: 0,
    serials: 0,
    examples: [],
    isRecalled: answers[key] ?? null,
    speaks: null,
    seen: null,
    isList: false,
  });
  const unheaded = createTally(keyOf("section", "", ""), "");
  const optionOf = (question: Asked, doubt: Doubt): Tally => {
    const { kind, options } = question;
    const text = shownText(doubt.text);
    const below = doubt.below === undefined ? undefined : shownText(doubt.below);
    const own = [text, ...(below === undefined ? [] : [below])].join("\n").normalize("NFKC").toLowerCase();
    const found = options.get(own);
    if (found) return found;
    const speaks = speaksOf(doubt);
    const others = [...options.values()].filter((option) => option.speaks === null).length;
    const most = kind === "section" && speaks !== null ? 2 * mostRecallOptions : mostRecallOptions;
    const mostOthers = question.isAny ? mostValues : mostOtherValues;
    const isMore = options.size >= most || (kind === "status" && speaks === null && others >= mostOthers);
    const rest = isMore ? options.get("\n") : undefined;
    if (rest) {
      rest.speaks ??= speaks;
      if (rest.others.size < mostCounted) rest.others.add(text);
      return rest;
    }
    const key = keyOf(kind, question.name.toLowerCase(), isMore ? "\n" : own);
    const made: Tally = {
      ...createTally(key, isMore ? null : text),
      ...(below !== undefined && !isMore && { below }),
      others: new Set(isMore ? [text] : []),
      speaks,
      isList: doubt.isList === true,
    };
    options.set(isMore ? "\n" : own, made);
    return made;
  };
  /** Of the doubt of the last line, which those under one heading share. */
  let last: { doubt: Doubt; option: Tally } | null = null;
  const optionFor = (doubt: Doubt): Tally => {
    if (last?.doubt === doubt) return last.option;
    const option = optionOf(questionOf(doubt.kind, doubt.name, doubt.isAny), doubt);
    last = { doubt, option };
    return option;
  };

  const isAsked = ({ kind, name, options, isAny }: Asked): boolean => {
    const all = [...options.values()];
    if (kind === "range") return true;
    if (kind === "column") return isDifferent && all.length > 1;
    if (all.some(({ speaks, text }) => speaks === "not-recalled" || footnotes.has(text ?? ""))) return true;
    if (all.length === 0) return false;
    if (kind === "section") {
      if (unheaded.lines > 0) return true;
      const unclear = all.filter(({ speaks }) => speaks === null);
      return unclear.some(({ isList }) => isList) || (unclear.length > 0 && (all.length > 1 || isSeveral));
    }
    if (isAboutRecall(name)) return all.length > 1 || saysNotRecalled(name);
    if (all.every(({ text }) => text !== null && saysOther(text))) return false;
    if (isAny) return all.length > 1 && all.every(({ text }) => text !== null);
    return all.length > 1 && (all.length <= mostValues || all.some(({ speaks }) => speaks === "recalled"));
  };
  const asked = () => [...questions.values()].filter(isAsked);
  /** Of a column of many values only those that say something of being recalled. */
  const shownOf = ({ kind, isAny, options }: Asked): Tally[] => {
    const all = [...options.values()];
    if (kind === "section") return unheaded.lines > 0 ? [unheaded, ...all] : all;
    const isMany = isAny && all.some(({ text }) => text === null);
    return isMany ? all.filter(({ speaks, text }) => speaks !== null || footnotes.has(text ?? "")) : all;
  };

  const addOurs = (option: Tally, ours: readonly string[]) => {
    for (const serial of ours) {
      option.seen ??= createMarks(known);
      if (option.seen.add(serial)) option.ours += 1;
    }
  };
  const addLine = (
    option: Tally,
    { line, text }: { line: number; text: string },
    ours: readonly string[],
  ) => {
    option.lines += 1;
    if (option.examples.length < mostExamples) option.examples.push({ line, text: shownText(text) });
    if (ours.length > 0) addOurs(option, ours);
    return option.isRecalled;
  };

  return {
    note: (doubt, line, ours, serials = 0) => {
      const option = optionFor(doubt);
      option.serials += serials;
      return addLine(option, line, ours);
    },
    noteUnheaded: (line, ours) => addLine(unheaded, line, ours),
    addOurs: (doubt, ours) => addOurs(optionFor(doubt), ours),
    noteFootnote: (mark) => {
      footnotes.add(mark);
    },
    noteDifferent: () => {
      isDifferent = true;
    },
    noteSeveral: () => {
      isSeveral = true;
    },
    asked: () =>
      asked().map((question) => ({
        kind: question.kind,
        name: question.name,
        options: shownOf(question).map(({ speaks: _, seen: __, isList: ___, others, ...option }) => ({
          ...option,
          others: [...others].slice(0, mostNamed),
          othersCount: others.size,
        })),
      })),
  };
}
