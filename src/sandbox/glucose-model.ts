import type { Control } from "./control.ts";
import { type DayEvent, dayEvents, effectAt } from "./day-events.ts";
import { between, mix, smoothNoise } from "./random.ts";
import { offsetIn } from "./zone.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const softLowMmolL = 4.5;
const softHighMmolL = 15;

export interface Metabolism {
  readonly key: number;
  readonly control: Control;
  readonly timeZone: string;
}

/**
 * A person's glucose as their sensor sees it, mmol/L, unrounded: a function of absolute time
 * alone, so it does not matter when the sandbox started or what was asked before. Times asked one
 * after another are cheapest in order.
 */
export function createGlucose({ key, control, timeZone }: Metabolism): (timeMs: number) => number {
  const offset = offsetIn(timeZone);
  const own = { base: between(-0.5, 0.5, key, 1) * (control.base / 7), meal: between(0.85, 1.15, key, 2) };
  const noise = [0, 1, 2, 3, 4].map((i) => mix(key, 100 + i)) as [number, number, number, number, number];
  let loadedDay = Number.NaN;
  let events: DayEvent[] = [];

  function load(localDay: number): void {
    events = [];
    for (let d = localDay - 1; d <= localDay + 1; d++) {
      const midnightMs = d * dayMs - offset(d * dayMs - offset(d * dayMs));
      events.push(...dayEvents(key, control, d, midnightMs));
    }
    loadedDay = localDay;
  }

  return (timeMs) => {
    const localMs = timeMs + offset(timeMs);
    const localDay = Math.floor(localMs / dayMs);
    if (localDay !== loadedDay) load(localDay);

    const hour = (localMs - localDay * dayMs) / hourMs;
    const dawn =
      Math.exp(-0.5 * ((hour - 6.3) / 1.8) ** 2) * (0.5 + Math.abs(smoothNoise(noise[0], localDay)));
    let value = control.base + own.base + control.dawn * dawn;
    value += control.wander * 0.55 * smoothNoise(noise[1], timeMs / (5.5 * hourMs));
    value += control.wander * 0.3 * smoothNoise(noise[2], timeMs / (95 * minuteMs));
    value += control.wander * 0.6 * smoothNoise(noise[3], timeMs / (1.6 * dayMs));
    for (const event of events) value += effectAt(event, timeMs) * own.meal;
    // The sensor's own unrest: smooth from reading to reading, as these sensors filter it.
    value += 0.3 * smoothNoise(noise[4], timeMs / (17 * minuteMs));
    value += 0.12 * smoothNoise(noise[4], timeMs / (6.5 * minuteMs) + 0.5);

    if (value < softLowMmolL) {
      const room = softLowMmolL - control.floor;
      return control.floor + room * Math.exp((value - softLowMmolL) / room);
    }
    if (value > softHighMmolL) return softHighMmolL + 9 * (1 - Math.exp((softHighMmolL - value) / 9));
    return value;
  };
}
