import type { LeftOut } from "#contract/readings.ts";
import type { UnreadableRecord } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { settleReadings } from "#glucose/series.ts";
import { record, unreadableRecord } from "./wire.ts";

const minuteMs = 60_000;
const futureToleranceMs = 5 * minuteMs;
/** Nothing here asks for more than 400 days; a record from before them names a time that its sensor never saw. */
const longestAgoMs = 401 * 24 * 60 * minuteMs;
const mostUnreadable = 2000;

export interface Records {
  readings: Reading[];
  leftOut: LeftOut;
  unreadable: UnreadableRecord[];
}

interface Expected {
  openId?: string;
  serial?: string;
  range?: { startMs: number; endMs: number };
  nowMs: number;
}

function toReading(data: ReturnType<typeof record.parse>): Reading {
  const receivedMs = data.app_received_at || null;
  return {
    timeMs: data.measured_at,
    valueMmolL: data.value,
    trend: data.trend ?? null,
    warmUp: data.type === 1,
    sensor: data.device_sn,
    packet: data.package_num ?? null,
    uploadDelayMin: receivedMs === null ? null : (receivedMs - data.measured_at) / minuteMs,
  };
}

/** Which of two records arrived later is told in milliseconds; how late one was, in whole minutes. */
const inWholeMinutes = (reading: Reading): Reading => ({
  ...reading,
  uploadDelayMin: reading.uploadDelayMin === null ? null : Math.max(0, Math.floor(reading.uploadDelayMin)),
});

/** What a record says it is about is what was asked for, and of a time that can be. */
function isAsked(
  about: { device_sn: string; open_id?: string | undefined; measured_at: number },
  { openId, serial, nowMs }: Expected,
): boolean {
  return (
    (openId === undefined || about.open_id === undefined || about.open_id === openId) &&
    (serial === undefined || about.device_sn.toUpperCase() === serial.toUpperCase()) &&
    about.measured_at <= nowMs + futureToleranceMs &&
    about.measured_at >= nowMs - longestAgoMs
  );
}

/**
 * The platform's records as readings: each one checked for itself, those that are malformed, of another user, from the future or from
 * longer ago than anybody asks left out and counted, each measurement once (`settleReadings`), in time order. Records outside `range` are
 * not what was asked for and are passed over without being called malformed.
 */
export function toReadings(records: readonly unknown[], expected: Expected): Records {
  const { range } = expected;
  const isInRange = ({ timeMs }: { timeMs: number }) =>
    !range || (timeMs >= range.startMs && timeMs < range.endMs);
  let malformed = 0;
  const readings: Reading[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const raw of records) {
    const parsed = record.safeParse(raw);
    if (parsed.success && isAsked(parsed.data, expected)) {
      readings.push(toReading(parsed.data));
      continue;
    }
    malformed += 1;
    if (parsed.success || unreadable.length >= mostUnreadable) continue;
    const about = unreadableRecord.safeParse(raw).data;
    if (about && isAsked(about, expected))
      unreadable.push({
        timeMs: about.measured_at,
        sensor: about.device_sn,
        packet: about.package_num ?? null,
      });
  }
  const settled = settleReadings(readings.filter(isInRange));
  return {
    readings: settled.readings.map(inWholeMinutes),
    leftOut: { malformed, duplicates: settled.duplicates, contradicting: settled.contradicting },
    unreadable: unreadable.filter(isInRange).sort((a, b) => a.timeMs - b.timeMs),
  };
}

/** What several parts of one read left out, together. */
export const leftOutOf = (parts: readonly { leftOut: LeftOut }[]): LeftOut => {
  const sum = (kind: keyof LeftOut) => parts.reduce((total, { leftOut }) => total + leftOut[kind], 0);
  return { malformed: sum("malformed"), duplicates: sum("duplicates"), contradicting: sum("contradicting") };
};
