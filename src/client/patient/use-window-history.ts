import { useCallback } from "react";
import { type SetURLSearchParams, useLocation, useNavigate } from "react-router";
import { comparisonSearch, parseComparison } from "./compare-sides.ts";
import { parsePeriod, periodSearch, type Window } from "./period.ts";

/**
 * Puts the curve's window into the address. The first zoom of a period shown whole is a step that the browser's Back undoes; what
 * follows replaces it, and showing all again takes it back.
 */
export function useWindowHistory(setSearch: SetURLSearchParams, isZoomed: boolean) {
  const navigate = useNavigate();
  const state = useLocation().state as { zoomedHere?: boolean } | null;
  const zoomedHere = state?.zoomedHere ?? false;
  return useCallback(
    (shown: Window | null) => {
      if (!shown && zoomedHere) return void navigate(-1);
      const isStep = shown !== null && !isZoomed;
      setSearch(
        (now) => ({ ...periodSearch(parsePeriod(now), shown), ...comparisonSearch(parseComparison(now)) }),
        {
          replace: !isStep,
          state: { zoomedHere: zoomedHere || isStep },
          preventScrollReset: true,
        },
      );
    },
    [navigate, setSearch, isZoomed, zoomedHere],
  );
}
