import type { Reading } from "./reading.ts";
import { firstAtOrAfter, indexBefore, inWindow } from "./series.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "./spacing.ts";
import type { Span } from "./time.ts";

/**
 * Why nothing was read: nobody wore a sensor; a sensor was starting; packets were lost between sensor and
 * phone; records arrived and could not be read; the sensor itself sent none, its packet numbers run on;
 * nothing has been uploaded yet; a sensor was changed and its dates are not known; the platform could not be
 * read; it has not been asked since; or the data do not say.
 */
export const gapCauses = [
  "no-sensor",
  "warm-up",
  "lost",
  "unreadable",
  "not-measured",
  "not-uploaded",
  "sensor-change",
  "unread",
  "not-asked",
  "unknown",
] as const;
export type GapCause = (typeof gapCauses)[number];

export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cause: GapCause;
  /** Packets that never arrived, where their numbers say so. */
  readonly packetsLost: number | null;
  /** Records from this time that arrived and could not be read. */
  readonly recordsUnreadable: number;
}

/** A record that arrived and could not be read, as far as it says what it is about. */
export interface UnreadableRecord {
  readonly timeMs: number;
  readonly sensor: string;
  readonly packet: number | null;
}

/** When a sensor was on the body, as far as the platform says, Unix ms. */
export interface SensorLife {
  readonly activatedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly estimatedEndAtMs?: number | null;
  /** "ended" also where the platform does not say when. */
  readonly state?: string;
}

/** A part of the time that nothing is known of, because the platform could not be asked or has not been. */
export interface UnreadSpan extends Span {
  readonly cause?: "unread" | "not-asked";
}

/**
 * The time since the platform was last read: at once where it cannot be read; else once it is as long as a
 * gap, because it is asked every minute.
 */
export const unreadSince = (time: Span, isCutOff: boolean): UnreadSpan[] =>
  time.endMs - time.startMs > (isCutOff ? 0 : gapThresholdMs(0))
    ? [{ ...time, cause: isCutOff ? "unread" : "not-asked" }]
    : [];

type Piece = Omit<Gap, "packetsLost" | "recordsUnreadable"> & Partial<Gap>;

/** Both sides are one sensor's: its packet numbers and its unreadable records in between give the reason. */
function withinSensor(before: Reading, after: Reading, unreadable: readonly UnreadableRecord[]): Piece {
  const span = { fromMs: before.timeMs, toMs: after.timeMs };
  const between = inWindow(unreadable, before.timeMs, after.timeMs).filter(
    ({ sensor }) => sensor === before.sensor,
  );
  const recordsUnreadable = new Set(between.map(({ packet, timeMs }) => packet ?? `at ${timeMs}`)).size;
  const skipped = before.packet === null || after.packet === null ? null : after.packet - before.packet - 1;
  const lost = skipped === null ? 0 : skipped - recordsUnreadable;
  const counts = { recordsUnreadable, ...(lost > 0 && { packetsLost: lost }) };
  if (recordsUnreadable > 0 && recordsUnreadable >= lost) return { ...span, cause: "unreadable", ...counts };
  if (skipped === null) return { ...span, cause: "unknown" };
  return { ...span, cause: lost > 0 ? "lost" : "not-measured", ...counts };
}

/** What came before a sensor's first reading, from `fromMs` on. */
function beforeFirst(fromMs: number, after: Reading, life: SensorLife | undefined): Piece[] {
  const activatedMs = life?.activatedAtMs ?? null;
  const isStart = activatedMs !== null && activatedMs > fromMs && activatedMs <= after.timeMs;
  if (!isStart) return [{ fromMs, toMs: after.timeMs, cause: after.warmUp ? "warm-up" : "unknown" }];
  const startedMs = activatedMs;
  const packetsLost = after.packet === null ? 0 : after.packet - 1;
  const isLost = !after.warmUp && packetsLost > 0;
  return [
    { fromMs, toMs: startedMs, cause: "no-sensor" },
    {
      fromMs: startedMs,
      toMs: after.timeMs,
      ...(isLost ? { cause: "lost", packetsLost } : { cause: "warm-up" }),
    },
  ];
}

/** What came after a sensor's last reading, until `toMs`. */
function afterLast(before: Reading, toMs: number, life: SensorLife | undefined): Piece[] {
  const fromMs = before.timeMs;
  const endedMs = life?.endedAtMs ?? null;
  if (!life) return [{ fromMs, toMs, cause: "unknown" }];
  if (endedMs === null || endedMs >= toMs) return [{ fromMs, toMs, cause: "not-uploaded" }];
  const stoppedMs = Math.max(fromMs, endedMs);
  return [
    { fromMs, toMs: stoppedMs, cause: "not-uploaded" },
    { fromMs: stoppedMs, toMs, cause: "no-sensor" },
  ];
}

function betweenSensors(before: Reading, after: Reading, lives: ReadonlyMap<string, SensorLife>): Piece[] {
  const old = lives.get(before.sensor);
  const startedMs = lives.get(after.sensor)?.activatedAtMs ?? null;
  if (!old || startedMs === null || startedMs > after.timeMs)
    return [{ fromMs: before.timeMs, toMs: after.timeMs, cause: "sensor-change" }];
  const turnMs = Math.max(startedMs, before.timeMs);
  const start = beforeFirst(turnMs - 1, after, { activatedAtMs: turnMs, endedAtMs: null }).slice(-1);
  return [...afterLast(before, turnMs, old), ...start];
}

/** A period without any reading: nobody wore a sensor from the end of the last known one on. */
function withoutReadings({ startMs, endMs }: Span, lives: ReadonlyMap<string, SensorLife>): Piece[] {
  const endsMs = [...lives.values()].map(({ endedAtMs }) => endedAtMs ?? Number.POSITIVE_INFINITY);
  const stoppedMs = endsMs.length === 0 ? endMs : Math.min(endMs, Math.max(startMs, ...endsMs));
  return [
    { fromMs: startMs, toMs: stoppedMs, cause: "unknown" },
    { fromMs: stoppedMs, toMs: endMs, cause: "no-sensor" },
  ];
}

/** Pieces that are no time at all fall away; one shorter than a gap joins the longest beside it. */
function tidy(pieces: readonly Piece[], thresholdMs: number): Piece[] {
  const long = pieces.filter(({ fromMs, toMs }) => toMs - fromMs > thresholdMs);
  const kept =
    long.length > 0 ? long : pieces.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs)).slice(0, 1);
  return kept.map((piece, index) => ({
    ...piece,
    fromMs: index === 0 ? (pieces[0]?.fromMs ?? piece.fromMs) : piece.fromMs,
    toMs: kept[index + 1]?.fromMs ?? pieces.at(-1)?.toMs ?? piece.toMs,
  }));
}

/**
 * Whether one sensor's own readings, before and after a silence of all, are
 * no farther apart than is usual for it.
 */
function isBridged(readings: readonly Reading[], index: number, slow: ReadonlyMap<string, number>): boolean {
  for (const [sensor, thresholdMs] of slow) {
    const after = readings[index] as Reading;
    // Two neighbours of a sensor lie within its threshold, or there is none.
    const untilMs = (readings[index - 1] as Reading).timeMs + thresholdMs;
    let next = index;
    while (
      readings[next] &&
      (readings[next] as Reading).timeMs <= untilMs &&
      readings[next]?.sensor !== sensor
    )
      next += 1;
    const fromMs = after.timeMs - thresholdMs;
    let before = index - 1;
    while (
      before >= 0 &&
      (readings[before] as Reading).timeMs >= fromMs &&
      readings[before]?.sensor !== sensor
    )
      before -= 1;
    const [a, b] = [readings[before], readings[next]];
    if (a?.sensor === sensor && b?.sensor === sensor && b.timeMs - a.timeMs <= thresholdMs) return true;
  }
  return false;
}

/**
 * The spans of a period without readings, each with its reason, in time order: from the last reading before
 * to the first after, the silence at either end included. What is a gap each sensor's own spacing says; while
 * another one measured there is none. Reasons come from the records themselves (sensor, packet number,
 * warm-up; `unreadable` ones in time order) and from the sensors' lives; `unread` are spans that nothing is
 * known of. Nothing is said that these do not say. Readings in time order, warm-up ones included: they are
 * readings, and no gap. Source: clinical.md, Time.
 */
export function gapsOf(
  readings: readonly Reading[],
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
  unread: readonly UnreadSpan[] = [],
  unreadable: readonly UnreadableRecord[] = [],
): Gap[] {
  const spacings = spacingsOf(readings);
  const thresholdOf = (sensor: string) => gapThresholdMs(spacingOf(spacings, sensor));
  const shortestMs = gapThresholdMs(0);
  const slow = new Map(
    [...spacings.keys()]
      .map((sensor) => [sensor, thresholdOf(sensor)] as const)
      .filter(([, ms]) => ms > shortestMs),
  );
  const pieces: Piece[] = [];
  const add = (found: readonly Piece[], thresholdMs: number) => {
    const [first, last] = [found[0], found.at(-1)];
    if (first && last && last.toMs - first.fromMs > thresholdMs) pieces.push(...tidy(found, thresholdMs));
  };
  const used = readings.slice(0, firstAtOrAfter(readings, period.endMs));
  const [first, last] = [used[0], used.at(-1)];
  if (!first || !last) add(withoutReadings(period, lives), shortestMs);
  else {
    const startMs = Math.min(period.startMs, first.timeMs);
    add(beforeFirst(startMs, first, lives.get(first.sensor)), thresholdOf(first.sensor));
    for (let index = 1; index < used.length; index += 1) {
      const before = used[index - 1] as Reading;
      const after = used[index] as Reading;
      const apartMs = after.timeMs - before.timeMs;
      if (apartMs <= shortestMs) continue;
      const isOne = before.sensor === after.sensor;
      if (isOne && apartMs <= thresholdOf(before.sensor)) continue;
      if (isBridged(used, index, slow)) continue;
      // The sensor that is heard again gives the reason, where it is no new one.
      const own = used[indexBefore(used, index, after.sensor)];
      add(
        own
          ? [{ ...withinSensor(own, after, unreadable), fromMs: before.timeMs }]
          : betweenSensors(before, after, lives),
        isOne ? thresholdOf(before.sensor) : shortestMs,
      );
    }
    add(
      afterLast(last, Math.max(period.endMs, last.timeMs), lives.get(last.sensor)),
      thresholdOf(last.sensor),
    );
  }
  const known = pieces.map((piece) => ({ packetsLost: null, recordsUnreadable: 0, ...piece }));
  return unread.reduce<Gap[]>(markUnread, known);
}

/** Replaces what is said about an unread span by just that. */
function markUnread(gaps: readonly Gap[], { startMs, endMs, cause = "unread" }: UnreadSpan): Gap[] {
  const rest = gaps.flatMap((gap) => {
    if (gap.toMs <= startMs || gap.fromMs >= endMs) return [gap];
    const sides = [
      { ...gap, toMs: Math.min(gap.toMs, startMs) },
      { ...gap, fromMs: Math.max(gap.fromMs, endMs) },
    ];
    return sides.filter(({ fromMs, toMs }) => fromMs < toMs);
  });
  const known = { fromMs: startMs, toMs: endMs, cause, packetsLost: null, recordsUnreadable: 0 };
  return [...rest, known].sort((a, b) => a.fromMs - b.fromMs);
}
