import { isPlausible } from "#glucose/bands.ts";
import { localClock } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";

/** The columns of readings as rows for a spreadsheet. */
export const readingHeader = (unit: GlucoseUnit): string[] => [
  "local_time",
  "time_zone",
  "utc_offset",
  "time_utc",
  `glucose_${unit.replace("/", "_per_")}`,
  "record",
  "trend",
  "trend_code",
  "sensor",
  "packet",
  "arrived_after_min",
];

/**
 * A reading as a row. The local time is written so that a spreadsheet reads it as one whatever its own zone is;
 * zone and UTC stand beside it.
 */
export function readingCells(reading: Reading, timeZone: string, unit: GlucoseUnit): string[] {
  const { timeMs, valueMmolL, warmUp, trend, sensor, packet, uploadDelayMin } = reading;
  const { text, offset } = localClock(timeMs, timeZone);
  return [
    text,
    timeZone,
    offset,
    new Date(timeMs).toISOString(),
    formatGlucose(valueMmolL, unit),
    warmUp ? "warm-up" : isPlausible(valueMmolL) ? "reading" : "implausible",
    trendOf(trend),
    trend === null ? "" : String(trend),
    sensor,
    packet === null ? "" : String(packet),
    uploadDelayMin === null ? "" : String(uploadDelayMin),
  ];
}

/** One patient's readings, the header first. */
export const readingRows = (
  readings: readonly Reading[],
  timeZone: string,
  unit: GlucoseUnit,
): string[][] => [readingHeader(unit), ...readings.map((reading) => readingCells(reading, timeZone, unit))];
