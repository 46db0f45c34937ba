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
import { fingerprintOf, type SerialIndex } from "../store/serial-index.ts";
import { isAboutRecall, saysNo, saysNotRecalled, saysRecalled } from "./recall-words.ts";

const mostExamples = 3;
/** Values that say nothing of being recalled are told apart so far only. */
const mostOtherValues = 6;

/** What the file says of a line or of some of its serials, so that it is doubtful whether these are recalled. */
export interface Doubt {
  readonly kind: RecallQuestionKind;
  /** Of the column. */
  readonly name: string;
  readonly text: string;
  /** Those of the line that it is said of; else of all. */
  readonly serials?: readonly string[];
}

/** A text as it is shown. */
export const shownText = (text: string): string =>
  beginningOf(usableText(text.replace(/\s+/g, " ")).trim(), longestShownLine);

const saysNot = ({ kind, text }: Doubt): boolean =>
  saysNotRecalled(text) || (kind === "status" && saysNo(text));

interface Tally extends RecallOption {
  speaks: "not-recalled" | "recalled" | null;
  seen: Uint8Array | null;
}
interface Asked {
  kind: RecallQuestionKind;
  name: string;
  options: Map<string, Tally>;
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
  addOurs(doubt: Doubt, ours: readonly string[]): void;
  /** That what is in the columns of serials is not the same. */
  noteDifferent(): void;
  /** Those that are doubtful at the end of the file. */
  asked(): RecallQuestion[];
  /** Whether an answer is to nothing that this file asks. */
  hasUnknownAnswer(): boolean;
}

export function createQuestions(
  answers: RecallAnswers,
  known: Pick<SerialIndex, "placeOf" | "slots">,
): RecallQuestions {
  const questions = new Map<string, Asked>();
  let isDifferent = false;
  const footnotes = new Set<string>();

  const questionOf = (kind: RecallQuestionKind, name: string): Asked => {
    const own = `${kind}\n${name.toLowerCase()}`;
    const found = questions.get(own);
    if (found) return found;
    // What one more column says is asked of all further ones together.
    if (name !== "" && questions.size >= mostRecallQuestions) return questionOf(kind, "");
    const made: Asked = { kind, name, options: new Map() };
    questions.set(own, made);
    return made;
  };
  const optionOf = (question: Asked, doubt: Doubt): Tally => {
    const { kind, options } = question;
    const text = shownText(doubt.text);
    const own = text.normalize("NFKC").toLowerCase();
    const found = options.get(own);
    if (found) return found;
    const speaks = saysNot(doubt) ? "not-recalled" : saysRecalled(text) ? "recalled" : null;
    const others = [...options.values()].filter((option) => option.speaks === null).length;
    const isMore =
      options.size >= mostRecallOptions ||
      (kind === "status" && speaks === null && others >= mostOtherValues);
    const rest = isMore ? options.get("\n") : undefined;
    if (rest) {
      rest.speaks ??= speaks;
      return rest;
    }
    const key = fingerprintOf([kind, question.name.toLowerCase(), isMore ? "\n" : own].join("\n")).toString(
      36,
    );
    const made: Tally = {
      key,
      text: isMore ? null : text,
      lines: 0,
      ours: 0,
      serials: 0,
      examples: [],
      isRecalled: answers[key] ?? null,
      speaks,
      seen: null,
    };
    options.set(isMore ? "\n" : own, made);
    return made;
  };

  const isAsked = ({ kind, name, options }: Asked): boolean => {
    const all = [...options.values()];
    if (kind === "range") return true;
    if (kind === "column") return isDifferent && all.length > 1;
    if (all.some(({ speaks, text }) => speaks === "not-recalled" || footnotes.has(text ?? ""))) return true;
    if (kind === "section" || all.length === 0) return false;
    if (isAboutRecall(name)) return all.length > 1 || saysNotRecalled(name);
    return all.length > 1 && all.some(({ speaks }) => speaks === "recalled");
  };
  const asked = () => [...questions.values()].filter(isAsked);

  const addOurs = (option: Tally, ours: readonly string[]) => {
    for (const serial of ours) {
      const place = known.placeOf(serial);
      option.seen ??= new Uint8Array(Math.ceil(known.slots / 8));
      const [at, bit] = [place >> 3, 1 << (place & 7)];
      if (((option.seen[at] ?? 0) & bit) !== 0) continue;
      option.seen[at] = (option.seen[at] ?? 0) | bit;
      option.ours += 1;
    }
  };

  return {
    note: (doubt, line, ours, serials = 0) => {
      const option = optionOf(questionOf(doubt.kind, doubt.name), doubt);
      option.lines += 1;
      option.serials += serials;
      if (option.examples.length < mostExamples)
        option.examples.push({ line: line.line, text: shownText(line.text) });
      addOurs(option, ours);
      return option.isRecalled;
    },
    addOurs: (doubt, ours) => addOurs(optionOf(questionOf(doubt.kind, doubt.name), doubt), ours),
    noteFootnote: (mark) => {
      footnotes.add(mark);
    },
    noteDifferent: () => {
      isDifferent = true;
    },
    asked: () =>
      asked().map(({ kind, name, options }) => ({
        kind,
        name,
        options: Array.from(options.values(), ({ speaks: _, seen: __, ...option }) => option),
      })),
    hasUnknownAnswer: () => {
      const keys = new Set(asked().flatMap(({ options }) => Array.from(options.values(), ({ key }) => key)));
      return Object.keys(answers).some((key) => !keys.has(key));
    },
  };
}
