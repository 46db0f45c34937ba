import { type UnreadableRecord, type UnreadSpan, unreadSince } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { firstAtOrAfter, mergeReadings } from "#glucose/series.ts";
import type { Span } from "#glucose/time.ts";

/** What the platform answered for a span, and when. */
export interface Read extends Span {
  readonly readings: readonly Reading[];
  readonly asOfMs: number;
  /** Parts of the span that could not be read. */
  readonly unread: readonly Span[];
  readonly unreadable: readonly UnreadableRecord[];
}

/**
 * Two reads as one. What the later one was answered for its span stands: a record may have been corrected, or
 * contradicted, since the earlier one. Where it could not read, the earlier one still speaks.
 */
export function mergeReads(one: Read | undefined, other: Read | undefined): readonly Reading[] {
  if (!one || !other) return one?.readings ?? other?.readings ?? [];
  const [earlier, later] = one.asOfMs <= other.asOfMs ? [one, other] : [other, one];
  if (later.unread.length > 0) return mergeReadings(earlier.readings, later.readings);
  const before = firstAtOrAfter(earlier.readings, later.startMs);
  const after = firstAtOrAfter(earlier.readings, Math.max(later.startMs, later.endMs));
  return [...earlier.readings.slice(0, before), ...later.readings, ...earlier.readings.slice(after)];
}

/** The parts of a period that are still being read, while another period's answer stands in for it. */
export const notYetRead = (period: Span, held: Span, recent: Span | undefined): Span[] => {
  const before = { startMs: period.startMs, endMs: Math.min(held.startMs, period.endMs) };
  const reachesEnd = recent !== undefined && recent.endMs >= period.endMs;
  const after = {
    startMs: Math.max(held.endMs, period.startMs),
    endMs: reachesEnd ? Math.min(recent.startMs, period.endMs) : period.endMs,
  };
  return [before, after].filter((part) => part.startMs < part.endMs);
};

/**
 * The end of a period that the platform could not be read for, and that the last
 * day's own read has brought meanwhile.
 */
const isReadSince = (part: Span, recent: Read | undefined): boolean =>
  recent !== undefined &&
  part.startMs >= recent.startMs &&
  part.endMs <= recent.endMs &&
  recent.unread.length === 0;

/** What is not known of a period: what could not be read, and the time since the platform was last read, at `asOfMs`. */
export function unreadIn(
  { startMs, endMs }: Span,
  { history, recent }: { history: Pick<Read, "unread"> | undefined; recent: Read | undefined },
  { asOfMs, isCutOff }: { asOfMs: number; isCutOff: boolean },
): UnreadSpan[] {
  return [
    ...(history?.unread ?? []).filter((part) => part.endMs > startMs && !isReadSince(part, recent)),
    ...(asOfMs > 0 ? unreadSince({ startMs: Math.max(startMs, asOfMs), endMs }, isCutOff) : []),
  ];
}

/** The records of two reads that could not be read, from a time on. */
export const unreadableSince = (startMs: number, ...reads: readonly Read[]): UnreadableRecord[] =>
  reads
    .flatMap(({ unreadable }) => unreadable)
    .filter(({ timeMs }) => timeMs >= startMs)
    .sort((a, b) => a.timeMs - b.timeMs);
