import { useState } from "react";
import type { Span } from "#glucose/time.ts";
import type { Period } from "./curve-period.ts";

/** The chosen period, and which part of it the curve shows; null for all. Another period is shown whole. */
export function useCurveWindow() {
  const [period, setPeriod] = useState<Period>("wear");
  const [window, setWindow] = useState<Span | null>(null);
  const choosePeriod = (chosen: Period) => {
    setPeriod(chosen);
    setWindow(null);
  };
  return { period, choosePeriod, window, setWindow };
}
