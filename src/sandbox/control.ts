/**
 * How well a person's glucose is kept: what the model makes their days
 * from. Amounts in mmol/L, chances per day.
 */
export interface Control {
  readonly base: number;
  readonly dawn: number;
  /** Typical rise after a main meal. */
  readonly meal: number;
  /** How much meals differ (deviation of the logarithm). */
  readonly mealSpread: number;
  readonly peakMin: number;
  /** Slow wandering within a day and between days. */
  readonly wander: number;
  readonly nightLow: number;
  readonly dayLow: number;
  readonly lowDepth: number;
  /** A meal whose insulin was forgotten or too little. */
  readonly missedBolus: number;
  /** What even deep lows approach but never reach. */
  readonly floor: number;
}

const calm = { base: 6.2, dawn: 0.7, meal: 3, mealSpread: 0.42, peakMin: 55, wander: 1.4 };
const labile = { base: 6.5, dawn: 1.6, meal: 5, mealSpread: 0.5, peakMin: 62, wander: 3.1 };
const insulinResistant = { base: 7.3, dawn: 2, meal: 5, mealSpread: 0.4, peakMin: 80, wander: 2.8 };

export const controls = {
  tight: { ...calm, nightLow: 0.06, dayLow: 0.25, lowDepth: 3.6, missedBolus: 0.08, floor: 2.6 },
  typical: { ...labile, nightLow: 0.28, dayLow: 0.85, lowDepth: 6, missedBolus: 0.35, floor: 2.4 },
  highType2: { ...insulinResistant, nightLow: 0, dayLow: 0.05, lowDepth: 5, missedBolus: 0.4, floor: 2.8 },
  hypoProne: {
    base: 5.9,
    dawn: 0.8,
    meal: 3.8,
    mealSpread: 0.45,
    peakMin: 58,
    wander: 2.3,
    nightLow: 0.4,
    dayLow: 0.5,
    lowDepth: 4.6,
    missedBolus: 0.2,
    floor: 2.1,
  },
  variable: {
    base: 6.7,
    dawn: 2.2,
    meal: 6.4,
    mealSpread: 0.65,
    peakMin: 65,
    wander: 5.2,
    nightLow: 0.3,
    dayLow: 0.8,
    lowDepth: 7.8,
    missedBolus: 0.6,
    floor: 2.2,
  },
  older: {
    base: 6.9,
    dawn: 1.4,
    meal: 4.2,
    mealSpread: 0.35,
    peakMin: 75,
    wander: 2.2,
    nightLow: 0.02,
    dayLow: 0.06,
    lowDepth: 4,
    missedBolus: 0.25,
    floor: 2.8,
  },
  pregnancy: {
    base: 5.1,
    dawn: 0.5,
    meal: 2.5,
    mealSpread: 0.35,
    peakMin: 52,
    wander: 1,
    nightLow: 0.1,
    dayLow: 0.2,
    lowDepth: 2,
    missedBolus: 0.12,
    floor: 2.7,
  },
} as const satisfies Record<string, Control>;

export type ControlKind = keyof typeof controls;
