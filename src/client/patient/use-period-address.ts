import { useCallback } from "react";
import { useSearchParams } from "react-router";
import type { Period } from "#contract/period.ts";
import { type ComparisonChoice, comparisonSearch, parseComparison } from "./comparison-choice.ts";
import { parseWindow, periodOf, periodSearch } from "./period.ts";
import { useWindowHistory } from "./use-window-history.ts";

/**
 * What the address says: the period, the part of it that the curve shows, and what it is
 * compared with. Each is changed there.
 */
export function usePeriodAddress(timeZone: string, nowMs: number) {
  const [search, setSearch] = useSearchParams();
  const window = parseWindow(search);
  const comparison = parseComparison(search);
  const choosePeriod = (chosen: Period) =>
    setSearch({ ...periodSearch(chosen), ...comparisonSearch(comparison) }, { preventScrollReset: true });
  const compare = useCallback(
    (chosen: ComparisonChoice) =>
      setSearch(
        (now) => {
          const { compare: _, ...rest } = Object.fromEntries(now);
          return { ...rest, ...comparisonSearch(chosen) };
        },
        { replace: true, preventScrollReset: true },
      ),
    [setSearch],
  );
  const setWindow = useWindowHistory(setSearch, window !== null);
  return {
    period: periodOf(search, nowMs, timeZone),
    window,
    comparison,
    choosePeriod,
    setWindow,
    compare,
  };
}

export type PeriodAddress = ReturnType<typeof usePeriodAddress>;
