import { isPlausible } from "#glucose/bands.ts";
import { type DayRange, dayRangesOf } from "#glucose/day-ranges.ts";
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
  /** Of all readings' sensors. */
  readonly spacings: Spacings;
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

/** One sensor, while its readings are gone through. */
interface SensorState {
  readonly thresholdMs: number;
  /** Its last reading that the line goes through. */
  lastMs: number;
}

/** Built once per change of the data, linear in its size. Readings in time order. */
export function createCurve(all: readonly Reading[]): Curve {
  const spacings = spacingsOf(all);
  const readings: Reading[] = [];
  const columns = newColumns(all.length);
  const warmUp: Reading[] = [];
  const implausible: Reading[] = [];
  const arrows: Record<TrendRank, number[]> = { rapid: [], slow: [], stable: [] };
  const sensorChanges: { timeMs: number; sensor: string }[] = [];
  const late: Span[] = [];
  const sensors = new Map<string, SensorState>();
  let serial: string | undefined;
  let own: SensorState | undefined;
  let lateUntilMs = Number.NEGATIVE_INFINITY;
  for (const reading of all) {
    const { timeMs, valueMmolL, sensor, uploadDelayMin } = reading;
    if (sensor !== serial) own = sensors.get(sensor);
    serial = sensor;
    if (!own) {
      if (sensors.size > 0) sensorChanges.push({ timeMs, sensor });
      own = { thresholdMs: gapThresholdMs(spacingOf(spacings, sensor)), lastMs: Number.NEGATIVE_INFINITY };
      sensors.set(sensor, own);
    }
    if (uploadDelayMin !== null && uploadDelayMin >= lateUploadMin) {
      const span = late.at(-1);
      if (span && lateUntilMs === span.endMs && timeMs - span.endMs <= own.thresholdMs)
        late[late.length - 1] = { startMs: span.startMs, endMs: timeMs };
      else late.push({ startMs: timeMs, endMs: timeMs });
      lateUntilMs = timeMs;
    } else lateUntilMs = Number.NEGATIVE_INFINITY;
    if (!isPlausible(valueMmolL)) {
      implausible.push(reading);
      continue;
    }
    if (reading.warmUp) {
      warmUp.push(reading);
      continue;
    }
    // The first reading after a gap has no arrow, and an unknown code has none.
    const rank = timeMs - own.lastMs <= own.thresholdMs ? rankOf[trendOf(reading.trend)] : undefined;
    own.lastMs = timeMs;
    if (rank) arrows[rank].push(readings.length);
    columns.timesMs[readings.length] = timeMs;
    columns.valuesMmolL[readings.length] = valueMmolL;
    readings.push(reading);
  }
  const used = {
    timesMs: columns.timesMs.subarray(0, readings.length),
    valuesMmolL: columns.valuesMmolL.subarray(0, readings.length),
  };
  const tracks = tracksOf(readings).map((track) =>
    createTrack(track, track === readings ? used : columnsOf(track), spacings),
  );
  return { readings, ...used, tracks, warmUp, implausible, arrows, sensorChanges, late, spacings };
}

/** Each local day's range and median. */
export type DaysOf = () => readonly DayRange[];

/** Found when they are first asked for: shorter windows draw readings. */
export function daysOnceAsked({ readings, spacings }: Curve, timeZone: string): DaysOf {
  let days: readonly DayRange[] | undefined;
  return () => {
    days ??= dayRangesOf(readings, timeZone, spacings);
    return days;
  };
}

const newColumns = (length: number): Columns => ({
  timesMs: new Float64Array(length),
  valuesMmolL: new Float64Array(length),
});

function columnsOf(readings: readonly Reading[]): Columns {
  const columns = newColumns(readings.length);
  for (const [i, { timeMs, valueMmolL }] of readings.entries()) {
    columns.timesMs[i] = timeMs;
    columns.valuesMmolL[i] = valueMmolL;
  }
  return columns;
}

function createTrack(readings: readonly Reading[], columns: Columns, spacings: Spacings): Track {
  const { timesMs } = columns;
  const stretch = new Int32Array(readings.length);
  // No sensor has a gap that is shorter, and between two of them this is one.
  const shortestMs = gapThresholdMs(0);
  let number = 0;
  for (let i = 1; i < timesMs.length; i += 1) {
    const apartMs = (timesMs[i] as number) - (timesMs[i - 1] as number);
    if (apartMs > shortestMs) {
      const { sensor } = readings[i] as Reading;
      const isOne = readings[i - 1]?.sensor === sensor;
      if (!isOne || apartMs > gapThresholdMs(spacingOf(spacings, sensor))) number += 1;
    }
    stretch[i] = number;
  }
  return { ...columns, stretch };
}
