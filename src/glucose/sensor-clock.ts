import type { Reading } from "./reading.ts";
import { gapThresholdMs, spacingOf, spacingsOf } from "./spacing.ts";
import { minuteMs } from "./time.ts";

/** A step off by more than this is no drift. */
const jumpMs = 5 * minuteMs;

export interface SensorClock {
  /** Minutes that the sensor's times gained (or lost, below zero) on its packet numbers, jumps left out. */
  readonly driftMin: number;
  /**
   * Where times and packet numbers part ways: the numbers began again, or the
   * time is off by so many minutes at once.
   */
  readonly jumps: {
    readonly atMs: number;
    readonly kind: "restart" | "time";
    readonly byMin: number;
  }[];
}

/**
 * A sensor's clock against its packet numbers: between two packets lie as many spacings as their
 * numbers are apart. Time that passes for longer than a gap takes while the numbers run on is no
 * jump: the sensor sent nothing, which `gapsOf` reports. Null when too few packets are numbered.
 * Readings of one sensor in time order.
 */
export function sensorClockOf(readings: readonly Reading[]): SensorClock | null {
  const numbered = readings.filter(({ packet }) => packet !== null);
  if (numbered.length < 10) return null;
  const nominalMs = spacingOf(spacingsOf(readings), readings[0]?.sensor ?? "");
  let driftMs = 0;
  const jumps: { atMs: number; kind: "restart" | "time"; byMin: number }[] = [];
  for (let i = 1; i < numbered.length; i += 1) {
    const [before, after] = [numbered[i - 1] as Reading, numbered[i] as Reading];
    const packets = (after.packet ?? 0) - (before.packet ?? 0);
    const offMs = after.timeMs - before.timeMs - packets * nominalMs;
    if (packets === 1 && after.timeMs - before.timeMs > gapThresholdMs(nominalMs)) continue;
    if (packets <= 0) jumps.push({ atMs: after.timeMs, kind: "restart", byMin: 0 });
    else if (Math.abs(offMs) > jumpMs)
      jumps.push({ atMs: after.timeMs, kind: "time", byMin: Math.round(offMs / minuteMs) });
    else driftMs += offMs;
  }
  return { driftMin: Math.round(driftMs / minuteMs), jumps };
}
