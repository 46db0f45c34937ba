import type { Control } from "./control.ts";
import { between, mix, normal, unit } from "./random.ts";

/** One thing that moves glucose up or down for a while. */
export interface DayEvent {
  /** Start of a meal's rise; the middle of a dip. */
  readonly atMs: number;
  readonly mmolL: number;
  /** Time to the peak of a meal; half-width of a dip. */
  readonly widthMs: number;
  readonly shape: "meal" | "dip";
}

const minuteMs = 60_000;

const mainMeals = [
  { minute: 7 * 60 + 20, spread: 32, share: 0.95, skipped: 0.08 },
  { minute: 12 * 60 + 25, spread: 30, share: 1, skipped: 0.04 },
  { minute: 18 * 60 + 50, spread: 42, share: 1.1, skipped: 0.02 },
] as const;

/**
 * What happens to a person on one local day: meals, forgotten insulin, exercise,
 * lows. The same for the same day, always.
 */
export function dayEvents(
  personKey: number,
  control: Control,
  localDay: number,
  midnightMs: number,
): DayEvent[] {
  const day = mix(personKey, localDay);
  const events: DayEvent[] = [];
  const weekend = (localDay + 4) % 7 === 0 || (localDay + 4) % 7 === 6;
  const at = (minute: number) => midnightMs + Math.round(minute) * minuteMs;
  // A bigger meal takes longer: a rise seldom passes 0.3 mmol/L a minute.
  const eat = (minute: number, mmolL: number, peakMin: number) =>
    events.push({ atMs: at(minute), mmolL, widthMs: peakMin * (1 + mmolL / 12) * minuteMs, shape: "meal" });
  const dip = (minute: number, mmolL: number, widthMin: number) =>
    events.push({ atMs: at(minute), mmolL: -mmolL, widthMs: widthMin * minuteMs, shape: "dip" });

  mainMeals.forEach((meal, i) => {
    const k = mix(day, 10 + i);
    if (unit(k, 1) < meal.skipped) return;
    const minute = meal.minute + meal.spread * normal(k, 2) + (weekend ? 45 : 0);
    const missed = unit(k, 3) < control.missedBolus / 3;
    const size = Math.min(9, control.meal * meal.share * Math.exp(control.mealSpread * normal(k, 4)));
    eat(minute, size * (missed ? 1.6 : 1), control.peakMin * between(0.8, 1.3, k, 5) * (missed ? 1.4 : 0.9));
    // Insulin outlasts the meal: a trough some hours later, deeper on some days than on others.
    if (!missed) dip(minute + between(170, 250, k, 6), size * between(0, 0.32, k, 7), between(40, 70, k, 8));
  });
  if (unit(day, 20) < 0.55)
    eat(between(15 * 60, 16.5 * 60, day, 21), control.meal * between(0.25, 0.6, day, 22), 45);
  if (unit(day, 23) < 0.25)
    eat(between(21 * 60, 22.5 * 60, day, 24), control.meal * between(0.3, 0.8, day, 25), 60);
  if (unit(day, 30) < 0.35)
    dip(between(16.5 * 60, 19.5 * 60, day, 31), between(1, 2.6, day, 32), between(35, 60, day, 33));

  if (unit(day, 40) < control.nightLow) {
    const minute = between(60, 5 * 60, day, 41);
    dip(minute, control.lowDepth * between(0.8, 1.35, day, 42), between(35, 70, day, 43));
  }
  if (unit(day, 44) < control.dayLow) {
    const minute = between(10 * 60, 23 * 60, day, 45);
    const depth = control.lowDepth * between(0.6, 1.25, day, 46);
    dip(minute, depth, between(22, 42, day, 47));
    // Sugar against the low, usually a little too much of it.
    eat(minute + 18, depth * between(0.2, 0.7, day, 48), 50);
  }
  return events;
}

/** What the event adds at a moment, in mmol/L. */
export function effectAt(event: DayEvent, timeMs: number): number {
  const x = (timeMs - event.atMs) / event.widthMs;
  if (event.shape === "dip") return x < -3.5 || x > 3.5 ? 0 : event.mmolL * Math.exp(-0.5 * x * x);
  return x <= 0 || x > 6 ? 0 : event.mmolL * (x * Math.exp(1 - x)) ** 1.7;
}
