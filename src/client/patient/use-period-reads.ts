import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Patient } from "#contract/patient.ts";
import { type UnreadSpan, unreadSince } from "#glucose/gaps.ts";
import { minuteMs, type Span } from "#glucose/time.ts";
import { type PatientReadings, type Period, readingsQueries, spanOf } from "../api/readings.ts";
import { staleError } from "../ui/stale-notice.tsx";
import { mergeReads, notYetRead } from "./merge-reads.ts";

/**
 * The end of a period that the platform could not be read for, and that the last
 * day's own read has brought meanwhile.
 */
const isReadSince = (part: Span, recent: PatientReadings | undefined): boolean =>
  recent !== undefined &&
  part.startMs >= recent.startMs &&
  part.endMs <= recent.endMs &&
  recent.unread.length === 0;

/** Asks for a period and for the last day, which keeps it growing, and puts the two answers together. */
export function usePeriodReads({ id, timeZone }: Patient, period: Period, nowMs: number) {
  const history = useQuery(readingsQueries.ofPeriod(id, period));
  const recent = useQuery(readingsQueries.recent(id));
  const { startMs, endMs: extentEndMs } = spanOf(period, nowMs, timeZone);
  // A range may reach into the future; statistics do not.
  const endMs = Math.min(extentEndMs, Math.ceil(nowMs / minuteMs) * minuteMs);
  const readings = useMemo(() => mergeReads(history.data, recent.data), [history.data, recent.data]);
  const asOfMs = Math.max(history.data?.asOfMs ?? 0, recent.data?.asOfMs ?? 0);
  // Nothing is known of the time since the platform was last read. After a sleep that is all the time of
  // the sleep, until there is an answer.
  const isCutOff = recent.error !== null || Boolean(recent.data?.stale);
  const sinceMs = Math.max(startMs, asOfMs);
  const isRead = asOfMs > 0;
  const unread = useMemo<UnreadSpan[]>(
    () => [
      ...(history.data?.unread ?? []).filter(
        (part) => part.endMs > startMs && !isReadSince(part, recent.data),
      ),
      ...(history.isPlaceholderData && history.data
        ? notYetRead({ startMs, endMs }, history.data, recent.data).map((part) => ({
            ...part,
            cause: "not-asked" as const,
          }))
        : []),
      ...(isRead ? unreadSince({ startMs: sinceMs, endMs }, isCutOff) : []),
    ],
    [history.data, history.isPlaceholderData, recent.data, isRead, isCutOff, sinceMs, startMs, endMs],
  );
  const unreadable = useMemo(
    () =>
      [...(history.data?.unreadable ?? []), ...(recent.data?.unreadable ?? [])]
        .filter(({ timeMs }) => timeMs >= startMs)
        .sort((a, b) => a.timeMs - b.timeMs),
    [history.data, recent.data, startMs],
  );
  return {
    /** The period's own answer; another period's until it has come. */
    answer: history.data,
    isOfAnother: history.isPlaceholderData,
    isPending: history.isPending,
    /** Why there is no answer. */
    error: history.error,
    /** Why what there is may not be what the platform says now. */
    staleError:
      history.error ??
      recent.error ??
      staleError(history.data, history.dataUpdatedAt) ??
      staleError(recent.data, recent.dataUpdatedAt),
    retry: () => {
      void history.refetch();
      void recent.refetch();
    },
    startMs,
    endMs,
    extentEndMs,
    asOfMs,
    readings,
    unread,
    unreadable,
  };
}

export type PeriodReads = ReturnType<typeof usePeriodReads>;
