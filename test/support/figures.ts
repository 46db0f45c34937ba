import type { GlucoseFigures, Stretch } from "#glucose/figures.ts";
import type { PatientFigures } from "#proxy/store/patient-figures.ts";

const dayMs = 86_400_000;

/** Somebody's figures of whom nothing is noteworthy, but for what is given; `fortnight` is the last 14 days. */
export function buildFigures({
  asOfMs,
  fortnight,
  week,
  weekBefore,
  ...change
}: { asOfMs: number } & Partial<{
  fortnight: Partial<Stretch>;
  week: Partial<Stretch>;
  weekBefore: Partial<Stretch>;
}> &
  Partial<Omit<GlucoseFigures, "week">>): PatientFigures {
  const calm = { "very-low": 0, low: 0, "in-range": 1, high: 0, "very-high": 0 };
  const stretch = (days: number, own: Partial<Stretch> = {}): Stretch => ({
    startMs: asOfMs - days * dayMs,
    endMs: asOfMs,
    n: days * 480,
    activeShare: 1,
    coveredShare: 1,
    timeIn: calm,
    publishedTimeIn: own.timeIn ?? calm,
    ...own,
  });
  return {
    targets: "most-adults",
    aroseMs: {},
    figures: {
      asOfMs,
      begunMs: null,
      now: null,
      last: { 1: stretch(1), 7: stretch(7, week), 14: stretch(14, fortnight), 30: stretch(30) },
      before: { 1: stretch(1), 7: stretch(7, weekBefore), 14: stretch(14), 30: null },
      borderline: [],
      week: {
        lows: 0,
        extendedLows: 0,
        longestLowMs: null,
        nightsWithLows: 0,
        lowest: null,
        silences: 0,
      },
      gapMs: {},
      usualDelayMs: null,
      ...change,
    },
  };
}
