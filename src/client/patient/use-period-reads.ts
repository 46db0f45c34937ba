import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Patient } from "#contract/patient.ts";
import { nextMinuteMs, type Period, spanOf } from "#contract/period.ts";
import type { UnreadSpan } from "#glucose/gaps.ts";
import { mergeReads, notYetRead, unreadableSince, unreadIn } from "#report/patient/merge-reads.ts";
import { readingsQueries } from "../api/readings.ts";
import { staleError } from "../ui/stale-notice.tsx";

/** Asks for a period and for the last day, which keeps it growing, and puts the two answers together. */
export function usePeriodReads(
  { id, timeZone }: Pick<Patient, "id" | "timeZone">,
  period: Period,
  nowMs: number,
) {
  const history = useQuery(readingsQueries.ofPeriod(id, period));
  const recent = useQuery(readingsQueries.recent(id));
  const { startMs, endMs: extentEndMs } = spanOf(period, nowMs, timeZone);
  // A range may reach into the future; statistics do not.
  const endMs = Math.min(extentEndMs, nextMinuteMs(nowMs));
  const readings = useMemo(() => mergeReads(history.data, recent.data), [history.data, recent.data]);
  const asOfMs = Math.max(history.data?.asOfMs ?? 0, recent.data?.asOfMs ?? 0);
  // Nothing is known of the time since the platform was last read. After a sleep that is all the time of
  // the sleep, until there is an answer.
  const isCutOff = recent.error !== null || Boolean(recent.data?.stale);
  const unread = useMemo<UnreadSpan[]>(
    () => [
      ...unreadIn({ startMs, endMs }, { history: history.data, recent: recent.data }, { asOfMs, isCutOff }),
      ...(history.isPlaceholderData && history.data
        ? notYetRead({ startMs, endMs }, history.data, recent.data).map((part) => ({
            ...part,
            cause: "not-asked" as const,
          }))
        : []),
    ],
    [history.data, history.isPlaceholderData, recent.data, isCutOff, asOfMs, startMs, endMs],
  );
  const unreadable = useMemo(
    () => unreadableSince(startMs, ...[history.data, recent.data].filter((read) => read !== undefined)),
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
