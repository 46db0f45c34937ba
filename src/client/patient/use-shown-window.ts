import { useEffect } from "react";
import type { Gap } from "#glucose/gaps.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import { partOf } from "../chart/view.ts";
import { isSameWindow } from "./period.ts";
import { useChosenDay } from "./use-day.ts";
import type { PeriodAddress } from "./use-period-address.ts";

/** What the curve shows: a chosen day, a part of the period, or all of it, where the window is null. */
export function useShownWindow(
  patientId: string,
  { window: asked, setWindow }: Pick<PeriodAddress, "window" | "setWindow">,
  data: PeriodData,
  gaps: readonly Gap[],
  nowMs: number,
) {
  const { startMs, extentEndMs } = data;
  const chosen = useChosenDay(patientId, asked, data, gaps, nowMs);
  const window = chosen ? asked : partOf(asked, { startMs, endMs: extentEndMs });
  // An address that asks for more than there is comes to say what the curve shows.
  const isAsShown = isSameWindow(asked, window);
  useEffect(() => {
    if (!isAsShown) setWindow(window);
  });
  return { chosen, window };
}
