import { useCallback, useEffect, useRef } from "react";
import { type SetURLSearchParams, useLocation, useNavigate } from "react-router";
import type { Span } from "#glucose/time.ts";
import { comparisonSearch, parseComparison } from "./comparison-choice.ts";
import { parsePeriod, periodSearch } from "./period.ts";

/**
 * Puts the curve's window into the address. The first zoom of a period shown whole is a step that the
 * browser's Back undoes; what follows replaces it, and showing all again takes it back.
 */
export function useWindowHistory(setSearch: SetURLSearchParams, isZoomed: boolean) {
  const navigate = useNavigate();
  const state = useLocation().state as { zoomedHere?: boolean } | null;
  const zoomedHere = state?.zoomedHere ?? false;
  // A second window may come before the address has the first: it is no step of its own.
  const now = useRef({ isZoomed, zoomedHere });
  useEffect(() => {
    now.current = { isZoomed, zoomedHere };
  }, [isZoomed, zoomedHere]);
  return useCallback(
    (shown: Span | null) => {
      if (!shown && now.current.zoomedHere) return void navigate(-1);
      const isStep = shown !== null && !now.current.isZoomed;
      now.current = { isZoomed: shown !== null, zoomedHere: now.current.zoomedHere || isStep };
      setSearch(
        (search) => ({
          ...periodSearch(parsePeriod(search), shown),
          ...comparisonSearch(parseComparison(search)),
        }),
        {
          replace: !isStep,
          state: { zoomedHere: now.current.zoomedHere },
          preventScrollReset: true,
        },
      );
    },
    [navigate, setSearch],
  );
}
