import { isPlausible } from "#glucose/bands.ts";
import type { Reading } from "#glucose/reading.ts";
import { gapThresholdMs, type Spacings, spacingOf, spacingsOf } from "#glucose/spacing.ts";
import type { Span } from "#glucose/time.ts";
import { tracksOf } from "#glucose/tracks.ts";
import { trendOf } from "#glucose/trend.ts";

/** How much a trend matters where not all arrows fit: rapid ones first, then slow, then stable. */
export const trendRanks = ["rapid", "slow", "stable"] as const;
export type TrendRank = (typeof trendRanks)[number];

/** Readings in the form that drawing wants. */
interface Columns {
  readonly timesMs: Float64Array;
  readonly valuesMmolL: Float64Array;
}

/** One line: columns, and the stretch (between two gaps) each reading belongs to. */
export interface Track extends Columns {
  /** Number of the unbroken stretch; the line is never drawn from one to the next. */
  readonly stretch: Int32Array;
}

/** A series of readings in the form that drawing wants. The columns are of all readings. */
export interface Curve extends Columns {
  readonly readings: readonly Reading[];
  /**
   * The lines: one, or as many as sensors measured at once, so that no line
   * runs to and fro between two sensors.
   */
  readonly tracks: readonly Track[];
  readonly warmUp: readonly Reading[];
  /** Readings whose value no sensor can mean: marked at the edge, part of no line. */
  readonly implausible: readonly Reading[];
  /** Indices of the readings whose arrow may be shown, by rank. */
  readonly arrows: Readonly<Record<TrendRank, readonly number[]>>;
  /** Where a sensor's readings begin after another's. */
  readonly sensorChanges: readonly { readonly timeMs: number; readonly sensor: string }[];
  /** Stretches whose readings were uploaded late. */
  readonly late: readonly Span[];
}

/** Readings that reach the platform later than this are marked as uploaded late. */
const lateUploadMin = 30;

const rankOf: Partial<Record<ReturnType<typeof trendOf>, TrendRank>> = {
  "rapid-rise": "rapid",
  "rapid-drop": "rapid",
  "slowly-rising": "slow",
  "slowly-falling": "slow",
  stable: "stable",
};

/** Built once per change of the data, linear in its size. Readings in time order. */
export function createCurve(all: readonly Reading[]): Curve {
  const spacings = spacingsOf(all);
  const readings: Reading[] = [];
  const warmUp: Reading[] = [];
  const implausible: Reading[] = [];
  const arrows: Record<TrendRank, number[]> = { rapid: [], slow: [], stable: [] };
  const sensorChanges: { timeMs: number; sensor: string }[] = [];
  const late: Span[] = [];
  const sensors = new Set<string>();
  /** The last reading of each sensor that the line goes through. */
  const lastOf = new Map<string, number>();
  let lateUntilMs = Number.NEGATIVE_INFINITY;
  for (const reading of all) {
    const { timeMs, sensor, uploadDelayMin } = reading;
    const thresholdMs = gapThresholdMs(spacingOf(spacings, sensor));
    if (sensors.size > 0 && !sensors.has(sensor)) sensorChanges.push({ timeMs, sensor });
    sensors.add(sensor);
    if (uploadDelayMin !== null && uploadDelayMin >= lateUploadMin) {
      const span = late.at(-1);
      if (span && lateUntilMs === span.endMs && timeMs - span.endMs <= thresholdMs)
        late[late.length - 1] = { startMs: span.startMs, endMs: timeMs };
      else late.push({ startMs: timeMs, endMs: timeMs });
      lateUntilMs = timeMs;
    } else lateUntilMs = Number.NEGATIVE_INFINITY;
    if (!isPlausible(reading.valueMmolL)) {
      implausible.push(reading);
      continue;
    }
    if (reading.warmUp) {
      warmUp.push(reading);
      continue;
    }
    // The first reading after a gap has no arrow, and an unknown code has none.
    const isJoined = timeMs - (lastOf.get(sensor) ?? Number.NEGATIVE_INFINITY) <= thresholdMs;
    lastOf.set(sensor, timeMs);
    const rank = isJoined ? rankOf[trendOf(reading.trend)] : undefined;
    if (rank) arrows[rank].push(readings.length);
    readings.push(reading);
  }
  const tracks = tracksOf(readings).map((track) => createTrack(track, spacings));
  const [only, another] = tracks;
  return {
    readings,
    ...(only && !another
      ? { timesMs: only.timesMs, valuesMmolL: only.valuesMmolL }
      : createColumns(readings)),
    tracks,
    warmUp,
    implausible,
    arrows,
    sensorChanges,
    late,
  };
}

const createColumns = (readings: readonly Reading[]): Columns => ({
  timesMs: Float64Array.from(readings, ({ timeMs }) => timeMs),
  valuesMmolL: Float64Array.from(readings, ({ valueMmolL }) => valueMmolL),
});

function createTrack(readings: readonly Reading[], spacings: Spacings): Track {
  const columns = createColumns(readings);
  const stretch = new Int32Array(readings.length);
  for (let i = 1; i < readings.length; i += 1) {
    const apartMs = (columns.timesMs[i] ?? 0) - (columns.timesMs[i - 1] ?? 0);
    const { sensor } = readings[i] as Reading;
    // From one sensor to the next the line runs on where neither would have a gap.
    const thresholdMs = gapThresholdMs(readings[i - 1]?.sensor === sensor ? spacingOf(spacings, sensor) : 0);
    stretch[i] = (stretch[i - 1] ?? 0) + (apartMs <= thresholdMs ? 0 : 1);
  }
  return { ...columns, stretch };
}
