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

type Counted = Pick<SensorCase, "number" | "callsAboutSensor" | "callsWithdrawn" | "furtherCalls">;

/** "Third call"; where one was withdrawn, "Call 3": it keeps its number, and is not the third any more. */
export const numberedCall = (
  t: Messages<"cases">,
  number: number,
  { callsWithdrawn }: Pick<Counted, "callsWithdrawn">,
): string => (callsWithdrawn > 0 ? t("callNumber", { number }) : nthCall(t, number));

/** "1, 3–5" */
function runsOf(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(", ");
}

/** "First call of 3 so far", "Calls 2–4 of 4 about this sensor are in this case" */
export function callOfAll(
  t: Messages<"cases">,
  { number, callsAboutSensor, callsWithdrawn, furtherCalls }: Counted,
): string {
  const here = [number, ...furtherCalls.map((call) => call.number)].sort((a, b) => a - b);
  const calls = runsOf(here);
  if (callsWithdrawn > 0) {
    const nth = here.length > 1 ? t("callsHere", { calls }) : numberedCall(t, number, { callsWithdrawn });
    return t("callsStanding", { nth, all: callsAboutSensor, withdrawn: callsWithdrawn });
  }
  if (here.length > 1) return t("callsOfAll", { calls, all: callsAboutSensor });
  const nth = nthCall(t, number);
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
