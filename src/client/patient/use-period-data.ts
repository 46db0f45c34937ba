import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Device } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import { gapsOf, type UnreadSpan } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { type Targets, targetsFor } from "#glucose/targets.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { deviceQueries } from "../api/devices.ts";
import { patientQueries } from "../api/patients.ts";
import { type PatientReadings, type Period, readingsQueries, spanOf } from "../api/readings.ts";
import { mergeReads, notYetRead } from "./merge-reads.ts";
import type { Basis } from "./statistic.tsx";

/** A period's readings and what every section says of them. */
export interface PeriodData extends Basis {
  readonly readings: readonly Reading[];
  readonly targets: Targets;
  /** The sensors' lives by serial; one that could not be read is not among them. */
  readonly lives: ReadonlyMap<string, Device>;
  /** Where the curve ends; later than `endMs` when the period reaches into the future. */
  readonly extentEndMs: number;
}

/** As much as a gap: the page asks once a minute. */
const notAskedMs = 15 * minuteMs;

/** Sensors that could not be read are left out: their gaps say that the reason is not known. */
const bySerial = (results: readonly { data: Device | undefined; isPending: boolean }[]) => ({
  lives: new Map(results.flatMap(({ data }) => (data ? [[data.serial, data] as const] : []))),
  /** Until then, what is expected and why there are gaps could change a moment later. */
  areLivesPending: results.some(({ isPending }) => isPending),
});

/** The end of a period that the platform could not be read for, and that the last day's own read has brought meanwhile. */
const isReadSince = (part: Span, recent: PatientReadings | undefined): boolean =>
  recent !== undefined &&
  part.startMs >= recent.startMs &&
  part.endMs <= recent.endMs &&
  recent.unread.length === 0;

/** Reads a period, keeps it growing, and reckons what belongs to all of it. */
export function usePeriodData(patient: Patient, period: Period, nowMs: number) {
  const history = useQuery(readingsQueries.ofPeriod(patient.id, period));
  const recent = useQuery(readingsQueries.recent(patient.id));
  const { startMs, endMs: extentEndMs } = spanOf(period, nowMs);
  // A range may reach into the future; statistics do not.
  const endMs = Math.min(extentEndMs, Math.ceil(nowMs / minuteMs) * minuteMs);
  const readings = useMemo(() => mergeReads(history.data, recent.data), [history.data, recent.data]);

  // Without a reading it is the last sensor of all that tells why.
  const lastSerial = useQuery(patientQueries.summary(patient.id)).data?.sensor?.serial;
  const serials = useMemo(() => {
    const own = new Set(readings.map(({ sensor }) => sensor));
    return own.size > 0 ? [...own].sort() : lastSerial ? [lastSerial] : [];
  }, [readings, lastSerial]);
  const { lives, areLivesPending } = useQueries({
    queries: serials.map((serial) => deviceQueries.lifeForGaps(serial)),
    combine: bySerial,
  });
  const asOfMs = Math.max(history.data?.asOfMs ?? 0, recent.data?.asOfMs ?? 0);
  // Nothing is known of the time since the platform was last read. After a sleep that is all the time of the sleep, until there is an answer.
  const isCutOff = recent.error !== null || Boolean(recent.data?.stale);
  const sinceMs = Math.max(startMs, asOfMs);
  const isUnknown = asOfMs > 0 && endMs - sinceMs > (isCutOff ? 0 : notAskedMs);
  const unread = useMemo<UnreadSpan[]>(
    () => [
      ...(history.data?.unread ?? []).filter((part) => !isReadSince(part, recent.data)),
      ...(history.isPlaceholderData && history.data
        ? notYetRead({ startMs, endMs }, history.data, recent.data).map((part) => ({
            ...part,
            cause: "not-asked" as const,
          }))
        : []),
      ...(isUnknown ? [{ startMs: sinceMs, endMs, cause: isCutOff ? "unread" : "not-asked" } as const] : []),
    ],
    [history.data, history.isPlaceholderData, recent.data, isUnknown, isCutOff, sinceMs, startMs, endMs],
  );
  const unreadable = useMemo(
    () =>
      [...(history.data?.unreadable ?? []), ...(recent.data?.unreadable ?? [])].sort(
        (a, b) => a.timeMs - b.timeMs,
      ),
    [history.data, recent.data],
  );
  const gaps = useMemo(
    // The last day is read whatever the period is; what lies between a past period and it was not.
    () => gapsOf(readings, { startMs, endMs }, lives, unread, unreadable),
    [readings, startMs, endMs, lives, unread, unreadable],
  );
  const targets = useMemo(() => targetsFor(patient.targets), [patient.targets]);
  const statistics = useMemo(
    () => statisticsOf(readings, { startMs, endMs }, targets.edges, lives),
    [readings, startMs, endMs, targets, lives],
  );
  const { timeZone } = patient;
  const data = useMemo<PeriodData>(
    () => ({ readings, targets, statistics, lives, startMs, endMs, extentEndMs, timeZone, asOfMs }),
    [readings, targets, statistics, lives, startMs, endMs, extentEndMs, timeZone, asOfMs],
  );
  return { data, gaps, history, recent, areLivesPending };
}
