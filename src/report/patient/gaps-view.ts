import type { Gap } from "#glucose/gaps.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime, formatDuration, formatTime, shownLengthMs } from "#words/time.ts";
import { gapWord } from "../chart/words.ts";

/** As many as leave a report of 14 days on two sheets. */
export const printedGaps = 6;

const lengthMs = ({ fromMs, toMs }: Gap) => toMs - fromMs;

/** The gaps in the order of the list, which of them a sheet has room for, and how long they are together. */
export const gapsView = (gaps: readonly Gap[]) => ({
  newestFirst: gaps.toSorted((a, b) => b.fromMs - a.fromMs),
  printed: new Set(gaps.toSorted((a, b) => lengthMs(b) - lengthMs(a)).slice(0, printedGaps)),
  totalMs: gaps.reduce((sum, { fromMs, toMs }) => sum + shownLengthMs(fromMs, toMs), 0),
});

interface Words {
  words: Messages<"chart", "curve">;
  language: Language;
  timeZone: string;
}

/** When there were no readings, and for how long and why. */
export function gapInWords(gap: Gap, { words, language, timeZone }: Words): { when: string; why: string } {
  const { fromMs, toMs, cause, packetsLost, recordsUnreadable } = gap;
  const isOneDay = localDateOf(fromMs, timeZone) === localDateOf(toMs, timeZone);
  const end = (isOneDay ? formatTime : formatDateTime)(toMs, timeZone, language);
  const facts = [
    formatDuration(shownLengthMs(fromMs, toMs), language),
    gapWord(words, cause),
    ...(packetsLost === null ? [] : [words("packetsLost", { count: packetsLost })]),
    ...(recordsUnreadable === 0 ? [] : [words("packetsUnreadable", { count: recordsUnreadable })]),
  ];
  return {
    when: `${formatDateTime(fromMs, timeZone, language)} – ${end}`,
    why: facts.join(words("comma")),
  };
}
