import type { Reading } from "./reading.ts";
import { gapThresholdMs, spacingMs } from "./spacing.ts";

/**
 * Why nothing was read: nobody wore a sensor; a sensor was starting; packets were lost between sensor and phone; the sensor
 * itself sent none, its packet numbers run on; nothing has been uploaded yet; a sensor was changed and its dates are not known; the platform could not be
 * read; it has not been read yet since the page last asked; or nothing in the data tells.
 */
export const gapCauses = [
  "no-sensor",
  "warm-up",
  "lost",
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
  /** Packets that never arrived, where their numbers tell. */
  readonly packetsLost: number | null;
}

/** When a sensor was on the body, as far as the platform says, Unix ms. */
export interface SensorLife {
  readonly activatedAtMs: number | null;
  readonly endedAtMs: number | null;
}

interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A span that nothing is known of: the platform could not be read, or has not been asked about it yet. */
export interface UnreadSpan extends Span {
  readonly cause?: "unread" | "not-asked";
}

type Piece = Omit<Gap, "packetsLost"> & { packetsLost?: number };

/** Both sides are one sensor's: its packet numbers tell. */
function withinSensor(before: Reading, after: Reading): Piece {
  const span = { fromMs: before.timeMs, toMs: after.timeMs };
  if (before.packet === null || after.packet === null) return { ...span, cause: "unknown" };
  const packetsLost = after.packet - before.packet - 1;
  return packetsLost > 0 ? { ...span, cause: "lost", packetsLost } : { ...span, cause: "not-measured" };
}

/**
 * Packets of one sensor that never arrived: the numbers left out between neighbours, however short the time between them.
 * Where the numbers begin again nothing is known to be lost. Readings in time order.
 */
export function packetsLostAmong(readings: readonly Reading[]): number {
  let lost = 0;
  let last: number | null = null;
  for (const { packet } of readings) {
    if (packet === null) continue;
    if (last !== null && packet > last) lost += packet - last - 1;
    last = packet;
  }
  return lost;
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
 * The spans of a period without readings, each with its reason, in time order: from the last reading before to the first after, the
 * silence at either end included. Reasons come from the records themselves (sensor, packet number, warm-up) and from the
 * sensors' lives; `unread` are spans that the platform could not be, or has not been, asked about. Nothing is said that these do not say.
 * Readings in time order, warm-up ones included: they are readings, and no gap. Source: clinical.md, Time.
 */
export function gapsOf(
  readings: readonly Reading[],
  period: Span,
  lives: ReadonlyMap<string, SensorLife>,
  unread: readonly UnreadSpan[] = [],
): Gap[] {
  const thresholdMs = gapThresholdMs(spacingMs(readings));
  const pieces: Piece[] = [];
  const add = (found: readonly Piece[]) => {
    const [first, last] = [found[0], found.at(-1)];
    if (first && last && last.toMs - first.fromMs > thresholdMs) pieces.push(...tidy(found, thresholdMs));
  };
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last) add([{ fromMs: period.startMs, toMs: period.endMs, cause: "unknown" }]);
  else {
    add(beforeFirst(Math.min(period.startMs, first.timeMs), first, lives.get(first.sensor)));
    for (let index = 1; index < readings.length; index += 1) {
      const [before, after] = [readings[index - 1] as Reading, readings[index] as Reading];
      if (after.timeMs - before.timeMs <= thresholdMs) continue;
      const isOne = before.sensor === after.sensor;
      add(isOne ? [withinSensor(before, after)] : betweenSensors(before, after, lives));
    }
    add(afterLast(last, Math.max(period.endMs, last.timeMs), lives.get(last.sensor)));
  }
  const known = pieces.map((piece) => ({ packetsLost: null, ...piece }));
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
  const unreadGap: Gap = { fromMs: startMs, toMs: endMs, cause, packetsLost: null };
  return [...rest, unreadGap].sort((a, b) => a.fromMs - b.fromMs);
}
