import { type RefObject, useCallback, useEffect, useRef } from "react";
import { isOneLocalDay, type LocalDay } from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";
import type { PeriodData } from "#report/patient/period-data.ts";
import type { CursorHandle } from "../chart/use-cursor.ts";
import { partOf } from "../chart/view.ts";
import type { Place } from "../chart/walk.ts";
import { type ChosenDay, dayBeside } from "./use-day.ts";
import type { PeriodAddress } from "./use-period-address.ts";

interface CurveOptions {
  chosen: ChosenDay | null;
  data: PeriodData;
  nowMs: number;
  setWindow: PeriodAddress["setWindow"];
}

/** The curve, for what leads to it from elsewhere on the page. */
export interface CurveHandle {
  readonly section: RefObject<HTMLElement | null>;
  /** Of its chart. */
  readonly cursor: RefObject<CursorHandle | null>;
  /** Shows a stretch of time, with the cursor on what was chosen. */
  readonly show: (stretch: Span, place: Place) => void;
  /** Shows the day before or after the chosen one. */
  readonly stepDay: (by: -1 | 1) => void;
}

export function useCurve(options: CurveOptions): CurveHandle {
  const { startMs, extentEndMs, timeZone } = options.data;
  const { setWindow } = options;
  const section = useRef<HTMLElement>(null);
  const cursor = useRef<CursorHandle>(null);
  const show = useCallback(
    (stretch: Span, place: Place) => {
      const isDay = isOneLocalDay(stretch, timeZone);
      setWindow(isDay ? stretch : partOf(stretch, { startMs, endMs: extentEndMs }));
      section.current?.scrollIntoView({ block: "start" });
      section.current?.querySelector<HTMLElement>("[role=slider]")?.focus({ preventScroll: true });
      cursor.current?.choose(place);
    },
    [setWindow, startMs, extentEndMs, timeZone],
  );
  return { section, cursor, show, stepDay: useStepDay(options, cursor) };
}

function useStepDay(
  { chosen, data, nowMs, setWindow }: CurveOptions,
  cursor: RefObject<CursorHandle | null>,
): CurveHandle["stepDay"] {
  /** The cursor goes there once the day has been read: there is nothing to tell of it before. */
  const steppedTo = useRef<LocalDay | null>(null);
  useEffect(() => {
    const { current: day } = steppedTo;
    if (!day || day.startMs !== chosen?.day.startMs || chosen.isReading) return;
    steppedTo.current = null;
    cursor.current?.choose({ level: "day", ...day });
  });
  return (by) => {
    const beside = chosen && dayBeside(chosen.day, by, data.timeZone, nowMs);
    if (!beside) return;
    setWindow(beside);
    steppedTo.current = beside;
  };
}
