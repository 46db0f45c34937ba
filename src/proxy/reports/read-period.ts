import type { Logger } from "pino";
import type { Patient } from "#contract/patient.ts";
import { nextMinuteMs, type Period, readSpanOf, spanOf } from "#contract/period.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import { localDayOf } from "#glucose/local-time.ts";
import type { SeriesPart } from "#glucose/reading-series.ts";
import type { Span } from "#glucose/time.ts";
import { isCutDay } from "#report/patient/day-tile-view.ts";
import { stateOf } from "../devices/state.ts";
import { Failure } from "../failure.ts";
import { type PatientQuestion, sentRead } from "../pdf/patient-question.ts";
import { isPassing } from "../platform/breaker.ts";
import type { Platform, PlatformReadings } from "../platform/types.ts";
import type { StatusReader } from "../roster/patient-status.ts";

export interface ReadPeriodOptions {
  statuses: Pick<StatusReader, "readings" | "summary">;
  platform: Pick<Platform, "deviceInfo">;
  now: () => number;
  log: Logger;
  /** What cannot be read at the moment is a failure, and no report is made without it. */
  isWhole?: boolean;
}

/** What a report is made from, read as the patient's page reads it. */
export type ReadPeriod = (patient: Patient, period: Period) => Promise<Omit<PatientQuestion, "asked">>;

const serialsIn = ({ series, from, to }: SeriesPart): string[] =>
  [...new Set(series.sensor.subarray(from, to))].map((index) => series.serials[index] as string);

/** What a period shows of itself: up to now, where it ends later. */
export function shownSpan(period: Period, nowMs: number, timeZone: string) {
  const { startMs, endMs: extentEndMs } = spanOf(period, nowMs, timeZone);
  const endMs = Math.min(extentEndMs, nextMinuteMs(nowMs));
  if (startMs < endMs) return { startMs, endMs, extentEndMs };
  throw new Failure("range-invalid", {
    detail: "The period has not begun.",
    fields: [{ field: "start", reason: "future" }],
  });
}

/** The whole days of which a period has only a part. */
const cutDays = (span: ReturnType<typeof shownSpan>, timeZone: string, nowMs: number): Span[] =>
  [
    ...new Map(
      [span.startMs, span.endMs - 1].map((timeMs) => {
        const day = localDayOf(timeMs, timeZone);
        return [day.startMs, day] as const;
      }),
    ).values(),
  ].filter((day) =>
    isCutDay(
      { startMs: Math.max(day.startMs, span.startMs), endMs: Math.min(day.endMs, span.endMs) },
      { timeZone, extentEndMs: span.extentEndMs },
      nowMs,
    ),
  );

export function createReadPeriod({
  statuses,
  platform,
  now,
  log,
  isWhole = false,
}: ReadPeriodOptions): ReadPeriod {
  /** A report is made without what cannot be read besides the period, and says so. */
  async function orFailure<T>(read: Promise<T>): Promise<T | Failure> {
    try {
      return await read;
    } catch (error) {
      if (!(error instanceof Failure) || (isWhole && isPassing(error))) throw error;
      log.warn({ err: error }, "a report is made without something that could not be read");
      return error;
    }
  }

  async function livesOf(serials: readonly string[]): Promise<Map<string, SensorLife>> {
    const found = await Promise.all(serials.map((serial) => orFailure(platform.deviceInfo(serial))));
    return new Map(
      found.flatMap((one) => (one instanceof Failure ? [] : [[one.serial, { ...one, state: stateOf(one) }]])),
    );
  }

  async function serialsOf(patient: Patient, reads: readonly PlatformReadings[]): Promise<string[]> {
    const own = new Set(reads.flatMap(serialsIn));
    if (own.size > 0) return [...own].sort();
    // Without a reading it is the last sensor of all that tells why.
    const summary = await orFailure(statuses.summary(patient));
    return summary instanceof Failure || !summary.sensor ? [] : [summary.sensor.serial];
  }

  return async (patient, period) => {
    const nowMs = now();
    const { timeZone, name, dateOfBirth, hospitalNumber, partnerUid, targets } = patient;
    const span = shownSpan(period, nowMs, timeZone);
    const read = async ({ startMs, endMs }: Span) => {
      const until = { startMs, endMs: Math.min(endMs, Math.ceil(nowMs)) };
      const found = await statuses.readings(patient, until.startMs, until.endMs);
      if (isWhole && found.stale) throw new Failure(found.stale.code);
      return { found, span: until };
    };
    const [history, recent, ...days] = await Promise.all([
      read(readSpanOf(period, nowMs)),
      orFailure(read(readSpanOf({ kind: "last", days: 1 }, nowMs))),
      ...cutDays(span, timeZone, nowMs).map(
        async (day) => [day.startMs, await orFailure(read(day))] as const,
      ),
    ]);
    const ofNow = recent instanceof Failure ? null : recent;
    const serials = await serialsOf(patient, [history.found, ...(ofNow ? [ofNow.found] : [])]);
    return {
      kind: "patient",
      nowMs,
      reads: {
        patient: { name, dateOfBirth, hospitalNumber, partnerUid, targets, timeZone },
        period: span,
        history: sentRead(history.found, history.span),
        recent: ofNow ? sentRead(ofNow.found, ofNow.span) : undefined,
        stale:
          history.found.stale ?? (recent instanceof Failure ? { code: recent.code } : recent.found.stale),
        lives: await livesOf(serials),
        dayReads: new Map(
          days.flatMap(([dayStartMs, one]) =>
            one instanceof Failure ? [] : [[dayStartMs, sentRead(one.found, one.span)] as const],
          ),
        ),
      },
    };
  };
}
