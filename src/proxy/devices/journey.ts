import { type DeviceJourney, deviceStates } from "#contract/device.ts";
import { longestRangeMs } from "#contract/readings-range.ts";
import { completenessOf } from "#glucose/completeness.ts";
import { gapsOf } from "#glucose/gaps.ts";
import { packetsLostAmong } from "#glucose/packets-lost.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf } from "#glucose/reading-series.ts";
import { sensorClockOf } from "#glucose/sensor-clock.ts";
import { afterEndFromMs } from "#glucose/sensor-dates.ts";
import { firstAtOrAfter, inWindow } from "#glucose/series.ts";
import { spacingOf, spacingsOf } from "#glucose/spacing.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { delaysIn, usualDelayMs } from "#glucose/upload-delays.ts";
import { uploadDelayOf } from "#glucose/uploads.ts";
import { thresholds } from "#sensor/verdict.ts";
import type { PlatformDevice, PlatformReadings, Range } from "../platform/types.ts";
import { stateOf } from "./state.ts";

/**
 * Clocks may differ by less than this; a record from earlier than that
 * before activation is not the sensor's own.
 */
const beforeLifeMs = 24 * 60 * minuteMs;
const endedStatus = deviceStates.indexOf("ended");
const usualSpacingMs = 3 * minuteMs;

interface Records extends Pick<PlatformReadings, "leftOut"> {
  readings: Reading[];
}

/**
 * Without the records of a time before the sensor began, which would make days of nothing; they are counted.
 * Where most are from before, the date is what is wrong, and the verdict says so.
 */
function withinLife({ readings, leftOut }: Records, activatedAtMs: number | null): Records {
  const before = activatedAtMs === null ? 0 : firstAtOrAfter(readings, activatedAtMs - beforeLifeMs);
  if (before * 2 >= readings.length) return { readings, leftOut };
  return {
    readings: readings.slice(before),
    leftOut: { ...leftOut, malformed: leftOut.malformed + before },
  };
}

/**
 * For how long data can be expected of a device; null where it was not worn at all.
 * `readToMs`: nothing is known of later.
 */
function wornTime(device: PlatformDevice, readings: readonly Reading[], readToMs: number): Range | null {
  const knownToMs = Math.floor(readToMs / minuteMs) * minuteMs;
  const firstMs = readings[0]?.timeMs ?? Number.POSITIVE_INFINITY;
  const lastMs = readings.at(-1)?.timeMs ?? 0;
  // Ended without a date: it counts as worn until its last reading.
  const wornToMs = device.endedAtMs ?? (device.statusCode === endedStatus ? 0 : knownToMs);
  // The platform may name any date: nothing is expected of days to come, nor
  // of more days than it can be asked for.
  const endMs = Math.max(Math.min(wornToMs, knownToMs), lastMs + 1);
  const startMs = Math.max(
    Math.min(device.activatedAtMs ?? Number.POSITIVE_INFINITY, firstMs),
    endMs - longestRangeMs,
  );
  if (startMs >= endMs) return null;
  // The reading that is not due yet is not expected; a spacing of hours is one of readings that are too few to tell.
  const spacingMs = spacingOf(spacingsOf(readings), readings[0]?.sensor ?? "");
  const dueMs = startMs + Math.floor((endMs - startMs) / spacingMs) * spacingMs;
  const isWorn = endMs === knownToMs && spacingMs < hourMs;
  return { startMs, endMs: isWorn ? Math.max(dueMs, lastMs + 1, startMs + 1) : endMs };
}

function warmUpOf(readings: readonly Reading[]): DeviceJourney["warmUp"] {
  const warm = readings.filter((reading) => reading.warmUp);
  const [first, last] = [warm[0], warm.at(-1)];
  return first && last ? { count: warm.length, fromMs: first.timeMs, toMs: last.timeMs } : null;
}

/** What its verdict takes for the present, however long ago that ended. */
function recentOf(readings: readonly Reading[], { startMs }: Range): DeviceJourney["recent"] {
  const lastMs = readings.at(-1)?.timeMs;
  if (lastMs === undefined) return null;
  const span = { startMs: Math.max(startMs, lastMs - thresholds.recentMs), endMs: lastMs + 1 };
  const { received, expected } = completenessOf(readings, span, "UTC");
  const upload = uploadDelayOf(inWindow(readings, span.startMs, span.endMs));
  return { fromMs: span.startMs, received, expected, upload };
}

/**
 * What became of the data that a device should have sent, without a glucose value. `wearersDelayMs` is how long the
 * wearer's data usually takes; where nobody knows the device's own stands for it.
 */
export function journeyOf(
  serial: string,
  device: PlatformDevice,
  read: PlatformReadings,
  timeZone: string,
  nowMs: number,
  wearersDelayMs: number | null,
): DeviceJourney {
  const { readings, leftOut } = withinLife(
    { readings: readingsOf(read.series, read.from, read.to), leftOut: read.leftOut },
    device.activatedAtMs,
  );
  // Of what came after the platform was last read, nothing is known.
  const worn = wornTime(device, readings, read.stale ? read.asOfMs : nowMs);
  const { spacingMs, received, expected, days } = worn
    ? completenessOf(readings, worn, timeZone)
    : { spacingMs: usualSpacingMs, received: 0, expected: 0, days: [] };
  const life = new Map([[readings[0]?.sensor ?? serial, { ...device, state: stateOf(device) }]]);
  const { endedAtMs } = device;
  const firstAfterEnd =
    endedAtMs === null ? readings.length : firstAtOrAfter(readings, afterEndFromMs(endedAtMs));
  return {
    asOfMs: read.asOfMs,
    stale: read.stale ?? device.stale,
    timeZone,
    nominalSpacingMin: spacingMs / minuteMs,
    received,
    expected,
    firstReadingMs: readings[0]?.timeMs ?? null,
    lastReadingMs: readings.at(-1)?.timeMs ?? null,
    leftOut,
    usualWarmUpMs: null,
    warmUp: warmUpOf(readings),
    // Without any reading there is no gap between readings: that nothing came is said by the counts.
    gaps: worn && readings.length > 0 ? gapsOf(readings, worn, life, [], read.unreadable) : [],
    packetsLost: packetsLostAmong(readings, read.unreadable),
    upload: uploadDelayOf(readings),
    usualDelayMs:
      wearersDelayMs ?? usualDelayMs(delaysIn(readings, { startMs: 0, endMs: Number.POSITIVE_INFINITY })),
    recent: worn && recentOf(readings, worn),
    clock: sensorClockOf(readings),
    afterEnd: readings.length - firstAfterEnd,
    days: days.map((day) => ({
      ...day,
      upload: uploadDelayOf(inWindow(readings, day.startMs, day.endMs)),
    })),
  };
}
