import { deviceStates } from "#contract/device.ts";
import type { DaySummaries } from "#glucose/day-summaries.ts";
import { spacingFrom } from "#glucose/spacing.ts";
import { joinSummaries } from "#glucose/summary-statistics.ts";
import { usualDelayMs } from "#glucose/upload-delays.ts";
import type { PlatformDevice } from "../platform/types.ts";
import type { SensorData, SensorFacts } from "../store/sensors.ts";

/** What is kept of a device that the platform has just told of. */
export function factsOf(device: PlatformDevice, data?: SensorData | null): SensorFacts {
  const { serial, boundAtMs, activatedAtMs, estimatedEndAtMs, endedAtMs, partnerId, openId } = device;
  return {
    serial,
    state: deviceStates[device.statusCode] ?? "unknown",
    boundAtMs,
    activatedAtMs,
    estimatedEndAtMs,
    endedAtMs,
    partnerId,
    openId,
    askedAtMs: device.asOfMs,
    data,
  };
}

/**
 * How much of a sensor's data came, by the days that are kept of its wearer; null where its first days are not among
 * them.
 */
export function dataIn(
  { days, parts }: DaySummaries,
  { serial, activatedAtMs, endedAtMs }: PlatformDevice,
): SensorData | null {
  const kept = [...days, ...parts];
  const untilMs = Math.min(endedAtMs ?? Number.POSITIVE_INFINITY, kept.at(-1)?.endMs ?? 0);
  if (activatedAtMs === null || activatedAtMs < (kept[0]?.startMs ?? 0) || untilMs <= activatedAtMs)
    return null;
  const worn = kept.filter(({ startMs, endMs }) => endMs > activatedAtMs && startMs < untilMs);
  if (worn.length === 0) return null;
  const { sensors, delays } = worn.reduce(joinSummaries);
  const own = sensors.find(({ sensor }) => sensor === serial);
  if (!own) return null;
  const expected = Math.round((untilMs - activatedAtMs) / spacingFrom(own.distances));
  const counts = own.sums.flatMap(({ cells }) => cells);
  const received = counts.reduce((sum, count) => sum + count, own.warmUp);
  const { first, last } = own;
  const numbered =
    first.packet === null || last.packet === null ? null : last.packet - first.packet + 1 - received;
  return {
    lastDataAtMs: last.timeMs,
    received: Math.min(received, expected),
    expected,
    packetsLost: numbered === null || numbered < 0 ? null : numbered,
    uploadDelayMs: usualDelayMs(delays),
  };
}
