import type { LeftOut } from "#contract/readings.ts";
import type { Reading } from "#glucose/reading.ts";
import { mergeReadings } from "#glucose/series.ts";
import { record } from "./wire.ts";

const futureToleranceMs = 5 * 60_000;

function toReading(data: ReturnType<typeof record.parse>): Reading {
  const receivedMs = data.app_received_at || null;
  return {
    timeMs: data.measured_at,
    valueMmolL: data.value,
    trend: data.trend,
    warmUp: data.type === 1,
    sensor: data.device_sn,
    packet: data.package_num ?? null,
    uploadDelayMin:
      receivedMs === null ? null : Math.max(0, Math.floor((receivedMs - data.measured_at) / 60_000)),
  };
}

/**
 * The platform's records as readings: each one checked for itself, those that are malformed, of another user or from
 * the future left out and counted, duplicates removed and counted, in time order. Records outside `range` are not what
 * was asked for and are passed over without being called malformed.
 */
export function toReadings(
  records: readonly unknown[],
  expected: { openId?: string; serial?: string; range?: { startMs: number; endMs: number }; nowMs: number },
): { readings: Reading[]; leftOut: LeftOut } {
  const { openId, serial, range, nowMs } = expected;
  let malformed = 0;
  const readings: Reading[] = [];
  for (const raw of records) {
    const parsed = record.safeParse(raw);
    const wrong =
      !parsed.success ||
      (openId !== undefined && parsed.data.open_id !== undefined && parsed.data.open_id !== openId) ||
      (serial !== undefined && parsed.data.device_sn.toUpperCase() !== serial.toUpperCase()) ||
      parsed.data.measured_at > nowMs + futureToleranceMs;
    if (wrong) malformed += 1;
    else readings.push(toReading(parsed.data));
  }
  const asked = range
    ? readings.filter(({ timeMs }) => timeMs >= range.startMs && timeMs < range.endMs)
    : readings;
  const merged = mergeReadings(asked);
  return { readings: merged, leftOut: { malformed, duplicates: asked.length - merged.length } };
}
