import {
  mostRecallOptions,
  type RecallAnswers,
  type RecallOption,
  type RecallQuestion,
} from "#contract/recalls.ts";
import { createMarks, type OurSensors, type SensorMarks } from "./our-sensors.ts";
import { keyOf, shownText } from "./recall-questions.ts";

/** So many lines keep their text. */
const mostTexts = 1000;
const mostExamples = 3;

interface NamedLine {
  readonly line: number;
  readonly text: string;
  /** Those that no line before it names. */
  readonly serials: readonly string[];
  /** Whether it is taken, for other serials. */
  readonly isTaken: boolean;
}

export interface NamedLines {
  add(line: number, text: string, serials: readonly string[], isTaken: boolean): void;
  /** What is asked of sensors of ours that no rule has taken or asked about. */
  asked(placed: SensorMarks): RecallQuestion | null;
  answered(placed: SensorMarks): (NamedLine & { isRecalled: boolean })[];
}

/** Lines that name sensors of ours and are not taken for them: nothing of ours is lost without being asked about. */
export function createNamedLines(
  answers: RecallAnswers,
  known: Pick<OurSensors, "placeOf" | "slots">,
): NamedLines {
  const all: NamedLine[] = [];
  const seen = createMarks(known);
  const left = (placed: SensorMarks) =>
    all.flatMap((one) => {
      const serials = one.serials.filter((serial) => !placed.has(serial));
      return serials.length === 0 ? [] : [{ ...one, serials }];
    });
  const key = ({ line, serials }: NamedLine) => keyOf("line", String(line), ...serials);
  const restKey = keyOf("line", "\n");
  const optionOf = (ownKey: string, lines: readonly NamedLine[], text: string | null): RecallOption => ({
    key: ownKey,
    text,
    others: [],
    othersCount: 0,
    lines: lines.length,
    ours: lines.reduce((sum, { serials }) => sum + serials.length, 0),
    serials: 0,
    examples: lines.slice(0, mostExamples).map(({ line, text: said }) => ({ line, text: shownText(said) })),
    isRecalled: answers[ownKey] ?? null,
  });
  return {
    add: (line, text, serials, isTaken) => {
      const fresh = serials.filter(seen.add);
      if (fresh.length > 0)
        all.push({ line, text: all.length < mostTexts ? text : "", serials: fresh, isTaken });
    },
    asked: (placed) => {
      const lines = left(placed);
      if (lines.length === 0) return null;
      const own = lines
        .slice(0, mostRecallOptions)
        .map((one) => optionOf(key(one), [one], shownText(one.serials.slice(0, 20).join(" "))));
      const rest = lines.slice(mostRecallOptions);
      return {
        kind: "line",
        name: "",
        options: rest.length === 0 ? own : [...own, optionOf(restKey, rest, null)],
      };
    },
    answered: (placed) =>
      left(placed).flatMap((one, at) => {
        const isRecalled = answers[at < mostRecallOptions ? key(one) : restKey];
        return isRecalled === undefined ? [] : [{ ...one, isRecalled }];
      }),
  };
}
