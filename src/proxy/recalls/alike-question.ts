import {
  mostRecallOptions,
  type RecallAlike,
  type RecallAnswers,
  type RecallOption,
  type RecallQuestion,
} from "#contract/recalls.ts";
import { folded } from "./our-sensors.ts";
import { keyOf, shownText } from "./recall-questions.ts";

/** Asks about sensors of ours that lines only look like: with O for 0, or without their first letter. */
export function createAlikeQuestion(
  serials: readonly string[],
  lines: ReadonlyMap<string, Omit<RecallAlike, "serial">>,
  answers: RecallAnswers,
): { question: RecallQuestion | null; shown: RecallAlike[]; recalled: string[] } {
  const shown = serials
    .flatMap((serial): RecallAlike[] => {
      const like = lines.get(folded(serial));
      return like ? [{ ...like, serial }] : [];
    })
    .sort((a, b) => a.line - b.line);
  const own = shown.slice(0, mostRecallOptions);
  const isOwn = new Set(own.map(({ serial }) => serial));
  const rest = serials.filter((serial) => !isOwn.has(serial));
  const restKey = keyOf("alike", "\n", String(rest.length));
  const option = (key: string, text: string | null, examples: RecallAlike[], ours: number): RecallOption => ({
    key,
    text,
    others: [],
    othersCount: 0,
    lines: ours,
    ours,
    serials: 0,
    examples: examples.map(({ line, text: said }) => ({ line, text: shownText(said) })),
    isRecalled: answers[key] ?? null,
  });
  const options = own.map((one) => option(keyOf("alike", one.serial), one.serial, [one], 1));
  if (rest.length > 0)
    options.push(option(restKey, null, shown.slice(own.length, own.length + 3), rest.length));
  return {
    question: options.length === 0 ? null : { kind: "alike", name: "", options },
    shown,
    recalled: [
      ...own.flatMap(({ serial }) => (answers[keyOf("alike", serial)] === true ? [serial] : [])),
      ...(answers[restKey] === true ? rest : []),
    ],
  };
}
