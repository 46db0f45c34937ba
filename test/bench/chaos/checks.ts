import { deviceJourney, device as deviceSchema } from "#contract/device.ts";
import { toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import { patientRanges, patientSummary } from "#contract/roster.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import { keyOf, type TrueDevice, type TrueReading, type TrueReadings } from "./truth.ts";

/** What is wrong with an answer, and whether it says that it is old. */
export interface Checked {
  wrong: string | null;
  isStale: boolean;
}

/** Readings that came after the truth was read; compared once it has been read again. */
export interface Newcomer {
  of: string;
  reading: TrueReading;
}

const minuteMs = 60_000;

const isSame = (one: TrueReading, other: TrueReading) =>
  one.valueMmolL === other.valueMmolL && one.trend === other.trend && one.warmUp === other.warmUp;

/** Upload delays come in whole minutes. */
const mayBeNew = ({ timeMs, uploadDelayMin }: Reading, { readAtMs }: TrueReadings) =>
  timeMs + ((uploadDelayMin ?? 0) + 1) * minuteMs >= readAtMs;

/** Every reading is the platform's, and none of those that it had is missing but where the answer says so. */
export function checkReadings(
  body: unknown,
  asked: Span,
  of: string,
  truth: TrueReadings,
  newcomers: Newcomer[],
): Checked {
  const answer = readingsResponse.parse(body);
  const isStale = answer.stale !== null;
  const readings = toReadings(answer.readings);
  const seen = new Set<string>();
  for (const reading of readings) {
    const key = keyOf(reading);
    const known = truth.byKey.get(key);
    if (seen.has(key)) return { wrong: `${key} comes twice`, isStale };
    seen.add(key);
    if (known && !isSame(known, reading)) return { wrong: `${key} differs`, isStale };
    if (!known && !mayBeNew(reading, truth)) return { wrong: `${key} is not the platform's`, isStale };
    if (!known) newcomers.push({ of, reading });
  }
  const isUnread = (timeMs: number) =>
    answer.unread.some(({ startMs, endMs }) => timeMs >= startMs && timeMs < endMs);
  const missing = truth.inOrder.filter(
    (known) =>
      known.timeMs >= asked.startMs &&
      known.timeMs < asked.endMs &&
      !isUnread(known.timeMs) &&
      !seen.has(keyOf(known)),
  );
  return { wrong: missing.length > 0 ? `${missing.length} readings are missing` : null, isStale };
}

/** The latest reading is the platform's latest, or one that came since. */
export function checkSummary(body: unknown, truth: TrueReadings): Checked {
  const { latest, stale } = patientSummary.parse(body);
  const isStale = stale !== null;
  const newest = truth.inOrder.findLast(({ timeMs }) => timeMs < truth.readAtMs);
  if (!latest || !newest)
    return { wrong: latest || newest ? "the latest reading is missing" : null, isStale };
  if (latest.timeMs < newest.timeMs) return { wrong: "there is a later reading", isStale };
  const isRight = latest.timeMs > newest.timeMs || isSame(newest, { ...newest, ...latest });
  return { wrong: isRight ? null : "the latest reading differs", isStale };
}

/** Some readings may have come since the truth was read. */
const mostNew = 8;
const isCount = (count: number, known: number) => count >= known && count <= known + mostNew;

export function checkRanges(body: unknown, truth: TrueReadings): Checked {
  const { n, startMs, endMs } = patientRanges.parse(body);
  const known = truth.inOrder.filter(
    ({ timeMs, warmUp }) => timeMs >= startMs && timeMs < endMs && !warmUp,
  ).length;
  return { wrong: isCount(n, known) ? null : `${n} readings instead of ${known}`, isStale: false };
}

export function checkDevice(body: unknown, truth: TrueDevice): Checked {
  const { stale, statusCode, ...found } = deviceSchema.parse(body);
  const times = [found.boundAtMs, found.activatedAtMs, found.estimatedEndAtMs, found.endedAtMs];
  const isRight = statusCode === truth.statusCode && String(times) === String(truth.timesMs);
  return { wrong: isRight ? null : "the sensor's life differs", isStale: stale !== null };
}

export function checkJourney(body: unknown, { inOrder, readAtMs }: TrueReadings): Checked {
  const { firstReadingMs, lastReadingMs, stale } = deviceJourney.parse(body);
  const [first, last] = [
    inOrder[0]?.timeMs ?? null,
    inOrder.findLast(({ timeMs }) => timeMs < readAtMs)?.timeMs ?? null,
  ];
  const isRight = firstReadingMs === first && (last === null || (lastReadingMs ?? 0) >= last);
  return { wrong: isRight ? null : "first and last reading differ", isStale: stale !== null };
}
