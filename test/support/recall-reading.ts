import type { RecallAnswers, RecallQuestion } from "#contract/recalls.ts";
import { readRecall } from "#proxy/recalls/read-recall.ts";
import type { FingerprintPart } from "#proxy/store/fingerprints.ts";
import { isAmong } from "#proxy/store/fingerprints.ts";
import { fingerprintOf } from "#proxy/store/serial-index.ts";

/** Sensors of ours: P220000100 to P220000199, in two lots. */
const lots = [
  { lot: "TL2601C", sensors: 60 },
  { lot: "TL2602A", sensors: 40 },
];
export const known = Array.from({ length: 100 }, (_, i) => `P220000${100 + i}`);

/** Reads a file of a recall without a database; the options of its questions are answered by their texts. */
export async function compareFile(
  body: string | Uint8Array<ArrayBuffer>,
  said: Record<string, boolean> | RecallAnswers = {},
) {
  const read = async (answers: RecallAnswers) => {
    const noted = new Set<string>();
    const parts: FingerprintPart[] = [];
    const store = {
      countKnown: async () => known.length,
      knownAfter: async (after: string) => known.filter((serial) => serial > after),
      lotsAmong: async (words: readonly string[]) => lots.filter(({ lot }) => words.includes(lot)),
      addSensors: async (_: string, serials: readonly string[]) => {
        for (const serial of serials) noted.add(serial);
      },
      keepRest: async (_: string, kept: Iterable<FingerprintPart>) => {
        parts.push(...kept);
      },
    };
    const file = new Blob([body]).stream();
    const found = await readRecall(store, "one", file, undefined, answers);
    const isKept = (serial: string) => parts.some(({ packed }) => isAmong(packed, fingerprintOf(serial)));
    return { ...found, shown: found.shown ?? never(), noted: [...noted].sort(), isKept };
  };
  const first = await read({});
  if (Object.keys(said).length === 0) return first;
  const options = first.shown.questions.flatMap((question) => question.options);
  const answers = Object.entries(said).map(([text, isRecalled]) => {
    const option = options.find((one) => (one.text ?? "…") === text);
    return [option?.key ?? text, isRecalled] as const;
  });
  return read(Object.fromEntries(answers));
}

const never = (): never => {
  throw new Error("nothing of the file is shown");
};

/** What is asked of some lines, in short: "status Affected: yes 2/2, no 1/1" has lines and sensors of ours. */
export const askedOf = (questions: readonly RecallQuestion[]): string[] =>
  questions
    .filter(({ kind }) => kind !== "else")
    .map(
      ({ kind, name, options }) =>
        `${[kind, name].filter(Boolean).join(" ")}: ${options
          .map(
            ({ text, lines, ours, serials }) =>
              `${text ?? "…"} ${lines}${serials ? `/${serials}` : ""}/${ours}`,
          )
          .join(", ")}`,
    );
