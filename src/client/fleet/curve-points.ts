import type { SurvivalStep } from "#sensor/survival.ts";

const hoursADay = 24;

export interface Curve {
  readonly name: string;
  readonly steps: readonly SurvivalStep[];
}

/** Where hours of wear and shares stand, px. */
export interface Scales {
  readonly x: (hours: number) => number;
  readonly y: (share: number) => number;
}

const place = (px: number): string => px.toFixed(1);

/** From all of them at the beginning, down at each step. */
export const curvePath = (steps: readonly SurvivalStep[], { x, y }: Scales): string =>
  `M${place(x(0))} ${place(y(1))}${steps.map(({ time, share }) => `H${place(x(time))}V${place(y(share))}`).join("")}`;

/** Around the band: along its upper edge and back along its lower one. It ends where the curve comes to nought. */
export function bandPath(steps: readonly SurvivalStep[], { x, y }: Scales): string {
  const edges = [{ time: 0, low: 1, high: 1 }];
  let lastTime = 0;
  for (const { time, share, interval } of steps) {
    lastTime = time;
    if (share < 1 && !interval) break;
    edges.push({ time, low: interval?.[0] ?? 1, high: interval?.[1] ?? 1 });
  }
  const there = edges.map(({ time, high }) => `H${place(x(time))}V${place(y(high))}`).join("");
  const back = edges
    .toReversed()
    .map(({ time, low }) => `V${place(y(low))}H${place(x(time))}`)
    .join("");
  return `M${place(x(0))} ${place(y(1))}${there}H${place(x(lastTime))}${back}Z`;
}

/** Where sensors were last seen worn, as papers mark it: short upright lines. */
export const marksPath = (steps: readonly SurvivalStep[], { x, y }: Scales): string =>
  steps
    .filter(({ censored }) => censored > 0)
    .map(({ time, share }) => `M${place(x(time))} ${place(y(share) - 4)}v8`)
    .join("");

const niceDays = [1, 2, 5, 7, 14, 28];

/** Days of wear at which the axis and the numbers at risk stand, at most so many. */
export function ticksOf(curves: readonly Curve[], most: number): number[] {
  const lastDay = Math.max(1, ...curves.map(({ steps }) => (steps.at(-1)?.time ?? 0) / hoursADay));
  const apart = niceDays.find((days) => Math.ceil(lastDay / days) < most) ?? Math.ceil(lastDay / (most - 1));
  return Array.from({ length: Math.ceil(lastDay / apart) + 1 }, (_, index) => index * apart);
}

/** By whole days of wear: at risk as the day begins, who ended and who was last seen worn on it, and the share after it. */
export function daysOf(steps: readonly SurvivalStep[]) {
  const days = new Map<
    number,
    { day: number; atRisk: number; ended: number; censored: number; last: SurvivalStep }
  >();
  for (const step of steps) {
    const day = Math.floor(step.time / hoursADay);
    const before = days.get(day);
    days.set(day, {
      day,
      atRisk: before?.atRisk ?? step.atRisk,
      ended: (before?.ended ?? 0) + step.ended,
      censored: (before?.censored ?? 0) + step.censored,
      last: step,
    });
  }
  return [...days.values()];
}
