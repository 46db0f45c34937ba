import type { LeftOut } from "#contract/readings.ts";
import type { UnreadableRecord } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { settleReadings } from "#glucose/series.ts";
import { Failure } from "../failure.ts";
import { record, unreadableRecord } from "./wire.ts";

const minuteMs = 60_000;
const weekMs = 7 * 24 * 60 * minuteMs;
const futureToleranceMs = 5 * minuteMs;
/** Nothing here asks for more than 400 days; a record from before them names a time that its sensor never saw. */
const longestAgoMs = 401 * 24 * 60 * minuteMs;
const mostUnreadable = 2000;
/** Thirty days of readings a minute apart; a platform that gives more gives something else. */
const mostReadings = 50_000;
/** 400 days of one sensor are 192,000. */
export const mostReadingsAtOnce = 300_000;
/** As many again from new phones that upload the whole history once more. */
export const mostRecords = 150_000;
/** Of one answer. People change theirs every fortnight. */
const mostSensors = 100;

export interface Records {
  readings: Reading[];
  leftOut: LeftOut;
  unreadable: UnreadableRecord[];
}

/** What was asked for. */
export interface Expected {
  openId?: string;
  serial?: string;
  range?: { startMs: number; endMs: number };
  nowMs: number;
}

export const tooMany = (what: string): Failure =>
  new Failure("platform-malformed", {
    detail: `The platform's answer names too many ${what}.`,
    isFinal: true,
  });

function toReading(data: ReturnType<typeof record.parse>, nowMs: number): Reading {
  const received = data.app_received_at ?? 0;
  // Other clocks may be ahead; one by more than a week tells nothing of when it arrived.
  const receivedMs = received > 0 && received <= nowMs + weekMs ? received : null;
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

/** Which of two records arrived later is compared in milliseconds; how late one was is kept in whole minutes. */
const inWholeMinutes = (reading: Reading): Reading => ({
  ...reading,
  uploadDelayMin: reading.uploadDelayMin === null ? null : Math.max(0, Math.floor(reading.uploadDelayMin)),
});

const hasTime = (raw: unknown): boolean =>
  typeof raw === "object" && raw !== null && "measured_at" in raw && typeof raw.measured_at === "number";

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
 * not what was asked for and are passed over without being called malformed. Throws a Failure when there are more than can be.
 */
export function toReadings(records: Iterable<unknown>, expected: Expected): Records {
  const { range, nowMs } = expected;
  const isInRange = ({ timeMs }: { timeMs: number }) =>
    !range || (timeMs >= range.startMs && timeMs < range.endMs);
  let malformed = 0;
  const readings: Reading[] = [];
  const unreadable: UnreadableRecord[] = [];
  const sensors = new Set<string>();
  for (const raw of records) {
    // What names no time is nothing to look into: millions of them would take their time.
    if (!hasTime(raw)) {
      malformed += 1;
      continue;
    }
    const parsed = record.safeParse(raw);
    if (parsed.success && isAsked(parsed.data, expected)) {
      readings.push(toReading(parsed.data, nowMs));
      sensors.add(parsed.data.device_sn);
      if (sensors.size > mostSensors) throw tooMany("sensors");
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
  if (settled.readings.length > mostReadings) throw tooMany("readings");
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
