import type { Reading } from "#glucose/reading.ts";
import { gapThresholdMs, spacingMs } from "#glucose/spacing.ts";

/** A series of readings in the form that drawing wants: columns, and the stretch (between two gaps) each belongs to. */
export interface Curve {
  readonly readings: readonly Reading[];
  readonly timesMs: Float64Array;
  readonly valuesMmolL: Float64Array;
  /** Number of the unbroken stretch; the line is never drawn from one to the next. */
  readonly stretch: Int32Array;
  readonly warmUp: readonly Reading[];
  /** Spans without readings, warm-up counting as readings. */
  readonly gaps: readonly { readonly fromMs: number; readonly toMs: number }[];
}

/** Built once per change of the data, linear in its size. Readings in time order. */
export function createCurve(all: readonly Reading[]): Curve {
  const thresholdMs = gapThresholdMs(spacingMs(all));
  const readings = all.filter((reading) => !reading.warmUp);
  const stretch = new Int32Array(readings.length);
  for (let i = 1; i < readings.length; i += 1) {
    const apartMs = (readings[i]?.timeMs ?? 0) - (readings[i - 1]?.timeMs ?? 0);
    stretch[i] = (stretch[i - 1] ?? 0) + (apartMs > thresholdMs ? 1 : 0);
  }
  const gaps = all.flatMap((reading, i) => {
    const fromMs = all[i - 1]?.timeMs;
    return fromMs !== undefined && reading.timeMs - fromMs > thresholdMs
      ? [{ fromMs, toMs: reading.timeMs }]
      : [];
  });
  return {
    readings,
    timesMs: Float64Array.from(readings, (reading) => reading.timeMs),
    valuesMmolL: Float64Array.from(readings, (reading) => reading.valueMmolL),
    stretch,
    warmUp: all.filter((reading) => reading.warmUp),
    gaps,
  };
}

/** The gaps within a window, the silence before the first and after the last reading included when it is a gap too. */
export function gapsInWindow(
  all: readonly Reading[],
  curve: Curve,
  startMs: number,
  endMs: number,
): { fromMs: number; toMs: number }[] {
  const firstMs = all[0]?.timeMs ?? endMs;
  const lastMs = all.at(-1)?.timeMs ?? endMs;
  const thresholdMs = gapThresholdMs(spacingMs(all));
  return [{ fromMs: startMs, toMs: firstMs }, ...curve.gaps, { fromMs: lastMs, toMs: endMs }]
    .map(({ fromMs, toMs }) => ({ fromMs: Math.max(fromMs, startMs), toMs: Math.min(toMs, endMs) }))
    .filter(({ fromMs, toMs }) => toMs - fromMs > thresholdMs);
}
