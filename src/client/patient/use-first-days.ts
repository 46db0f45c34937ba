import { useEffect } from "react";
import { useSearchParams } from "react-router";
import type { Patient } from "#contract/patient.ts";
import { presetDays, spanOf } from "#contract/period.ts";
import { dayMs } from "#glucose/time.ts";
import { periodSearch } from "./period.ts";
import type { PeriodReads } from "./use-period-reads.ts";

const newForDays = 14;

/**
 * Where the address asks for no period, and somebody registered lately has readings of the last days only: so many days as
 * there are. Not while a part could not be read, which may have some.
 */
export function useFirstDays({ createdAtMs, timeZone }: Patient, reads: PeriodReads, nowMs: number): void {
  const [search, setSearch] = useSearchParams();
  const isAsked = ["days", "start", "from"].some((name) => search.has(name));
  const { answer, isOfAnother, readings } = reads;
  const isWhole = answer && !isOfAnother && !answer.stale && answer.unread.length === 0;
  const firstMs =
    isWhole && !isAsked && nowMs - createdAtMs < newForDays * dayMs ? readings[0]?.timeMs : undefined;
  const days =
    firstMs === undefined
      ? undefined
      : presetDays.find(
          (preset) => spanOf({ kind: "last", days: preset }, nowMs, timeZone).startMs <= firstMs,
        );
  useEffect(() => {
    if (days !== undefined && days < newForDays)
      setSearch((now) => ({ ...Object.fromEntries(now), ...periodSearch({ kind: "last", days }) }), {
        replace: true,
        preventScrollReset: true,
      });
  }, [days, setSearch]);
}
