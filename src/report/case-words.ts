import type { CaseEdit, SensorCase } from "#contract/cases.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime } from "#words/time.ts";

/** In which words, language and time zone a case is told. */
export interface CaseSpeech {
  readonly t: Messages<"cases">;
  readonly language: Language;
  readonly zone: string;
}

const counted = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"] as const;

/** "Third call". */
export function nthCall(t: Messages<"cases">, count: number): string {
  const word = counted[count - 1];
  return word ? t(`nth.${word}`) : t("nth.more", { count });
}

type Counted = Pick<SensorCase, "number" | "callsAboutSensor" | "callsWithdrawn">;

/** "Third call"; where one was withdrawn, "Call 3": it keeps its number, and is not the third any more. */
export const numberedCall = (
  t: Messages<"cases">,
  number: number,
  { callsWithdrawn }: Pick<Counted, "callsWithdrawn">,
): string => (callsWithdrawn > 0 ? t("callNumber", { number }) : nthCall(t, number));

/** "First call of 3 so far" */
export function callOfAll(
  t: Messages<"cases">,
  { number, callsAboutSensor, callsWithdrawn }: Counted,
): string {
  const nth = numberedCall(t, number, { callsWithdrawn });
  if (callsWithdrawn > 0)
    return t("callsStanding", { nth, all: callsAboutSensor, withdrawn: callsWithdrawn });
  return callsAboutSensor > 1 ? t("callOfAll", { nth, all: callsAboutSensor }) : nth;
}

export function caseWords({ t, language, zone }: CaseSpeech) {
  const time = (timeMs: number) => formatDateTime(timeMs, zone, language);
  const person = ({ name }: { name: string | null }) => name ?? t("somebody");
  return {
    time,
    zone: t("zone", { zone }),
    person,
    /** "20 Nov 2026, 14:05 · Sam" */
    edited: ({ atMs, by }: Pick<CaseEdit, "atMs" | "by">): string => `${time(atMs)} · ${person(by)}`,
  };
}
