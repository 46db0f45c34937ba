import type { LeftOut } from "#contract/readings.ts";
import type { UnreadableRecord } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { type ReadingSeries, seriesOf } from "#glucose/reading-series.ts";
import { settleReadings } from "#glucose/series.ts";
import { minuteMs } from "#glucose/time.ts";
import { Failure } from "../failure.ts";
import { type Asked, isSameSerial, isTimely, mostSensors, toReceivedMs } from "./asked.ts";
import { type RecordRows, readingAt, settledSeries } from "./record-rows.ts";
import { record, unreadableRecord } from "./wire.ts";

const mostUnreadable = 2000;
/** Thirty days of readings a minute apart; a platform that gives more gives something else. */
const mostReadings = 50_000;
/** 400 days of one sensor are 192,000. */
export const mostReadingsAtOnce = 300_000;
/** As many again from new phones that upload the whole history once more. */
export const mostRecords = 150_000;

export interface Records {
  series: ReadingSeries;
  leftOut: LeftOut;
  unreadable: UnreadableRecord[];
}

export const tooMany = (what: string): Failure =>
  new Failure("platform-malformed", {
    detail: `The platform's answer names too many ${what}.`,
    isFinal: true,
  });

function toReading(data: ReturnType<typeof record.parse>, nowMs: number): Reading {
  const receivedMs = toReceivedMs(data.app_received_at ?? 0, nowMs);
  return {
    timeMs: data.measured_at,
    valueMmolL: data.value,
    trend: data.trend ?? null,
    warmUp: data.type === 1,
    sensor: data.device_sn,
    packet: data.package_num ?? null,
    uploadDelayMin: receivedMs < 0 ? null : (receivedMs - data.measured_at) / minuteMs,
  };
}

/**
 * Which of two records arrived later is compared in milliseconds; how late one was is kept in whole minutes.
 */
const inWholeMinutes = (reading: Reading): Reading => ({
  ...reading,
  uploadDelayMin: reading.uploadDelayMin === null ? null : Math.max(0, Math.floor(reading.uploadDelayMin)),
});

const hasTime = (raw: unknown): boolean =>
  typeof raw === "object" && raw !== null && "measured_at" in raw && typeof raw.measured_at === "number";

/** What a record says it is about is what was asked for, and of a time that can be. */
const isAsked = (
  about: { device_sn: string; open_id?: string | undefined; measured_at: number },
  asked: Asked,
): boolean =>
  (asked.openId === undefined || about.open_id === undefined || about.open_id === asked.openId) &&
  (asked.serial === undefined || isSameSerial(about.device_sn, asked.serial)) &&
  isTimely(about.measured_at, asked);

/** Records that were not taken as they were read: parsed, each with the number of records taken before it. */
export type OddRecords = Iterable<{ raw: unknown; place: number }>;

interface Checked {
  accepted: { reading: Reading; place: number }[];
  malformed: number;
  unreadable: UnreadableRecord[];
}

function checkRecords(records: OddRecords, asked: Asked, taken: readonly string[]): Checked {
  const { nowMs } = asked;
  const sensors = new Set(taken);
  const checked: Checked = { accepted: [], malformed: 0, unreadable: [] };
  for (const { raw, place } of records) {
    // What names no time is nothing to look into: millions of them would take their time.
    if (!hasTime(raw)) {
      checked.malformed += 1;
      continue;
    }
    const parsed = record.safeParse(raw);
    if (parsed.success && isAsked(parsed.data, asked)) {
      checked.accepted.push({ reading: toReading(parsed.data, nowMs), place });
      sensors.add(parsed.data.device_sn);
      if (sensors.size > mostSensors) throw tooMany("sensors");
      continue;
    }
    checked.malformed += 1;
    if (parsed.success || checked.unreadable.length >= mostUnreadable) continue;
    const about = unreadableRecord.safeParse(raw).data;
    if (about && isAsked(about, asked))
      checked.unreadable.push({
        timeMs: about.measured_at,
        sensor: about.device_sn,
        packet: about.package_num ?? null,
      });
  }
  return checked;
}

/** All of them in the order of the answer: which of two came first may matter. */
function inAnswerOrder(rows: RecordRows, accepted: Checked["accepted"]): Reading[] {
  const readings: Reading[] = [];
  let next = 0;
  for (let row = 0; row <= rows.count; row += 1) {
    for (let odd = accepted[next]; odd && odd.place <= row; odd = accepted[next]) {
      readings.push(odd.reading);
      next += 1;
    }
    if (row < rows.count) readings.push(readingAt(rows, row));
  }
  return readings;
}

/**
 * The platform's records as readings: those that were taken by their bytes and the others, each one
 * checked for itself; those that are malformed, of another user, from the future or from longer ago than
 * anybody asks left out and counted, each measurement once (`settleReadings`), in time order. Records
 * outside `range` are not what was asked for and are passed over without being called malformed. Throws a
 * Failure when there are more than can be.
 */
export function toRecords(rows: RecordRows, odd: OddRecords, asked: Asked): Records {
  const { range } = asked;
  const isInRange = ({ timeMs }: { timeMs: number }) =>
    !range || (timeMs >= range.startMs && timeMs < range.endMs);
  const { accepted, malformed, unreadable } = checkRecords(odd, asked, rows.serials);
  let series = accepted.length === 0 ? settledSeries(rows, range) : null;
  let [duplicates, contradicting] = [0, 0];
  if (!series) {
    const settled = settleReadings(inAnswerOrder(rows, accepted).filter(isInRange));
    ({ duplicates, contradicting } = settled);
    if (settled.readings.length <= mostReadings) series = seriesOf(settled.readings.map(inWholeMinutes));
  }
  if (!series || series.length > mostReadings) throw tooMany("readings");
  return {
    series,
    leftOut: { malformed, duplicates, contradicting },
    unreadable: unreadable.filter(isInRange).sort((a, b) => a.timeMs - b.timeMs),
  };
}

/** What several parts of one read left out, together. */
export const leftOutOf = (parts: readonly { leftOut: LeftOut }[]): LeftOut => {
  const sum = (kind: keyof LeftOut) => parts.reduce((total, { leftOut }) => total + leftOut[kind], 0);
  return { malformed: sum("malformed"), duplicates: sum("duplicates"), contradicting: sum("contradicting") };
};
