import type { Band } from "./bands.ts";

type Zone = "A" | "B" | "C" | "D" | "E";

export interface Gri {
  /** 0 (best) to 100. */
  readonly value: number;
  readonly zone: Zone;
  /** Per cent: very low + 0.8 × low, the horizontal axis of the grid. */
  readonly hypoPercent: number;
  /** Per cent: very high + 0.5 × high, the vertical axis of the grid. */
  readonly hyperPercent: number;
}

/** Upper edges of zones A to D; what lies above is E. An edge belongs to the better zone. */
export const griZoneEdges = [20, 40, 60, 80] as const;

/** The zone of an index. */
export const griZone = (value: number): Zone =>
  (["A", "B", "C", "D", "E"] as const)[griZoneEdges.filter((edge) => value > edge).length] ?? "E";

/**
 * Glycemia risk index of the shares of time (0 to 1) in the bands of most adults: 3.0 × very low + 2.4 × low
 * + 1.6 × very high + 0.8 × high, in per cent, at most 100. Source: 10.1177/19322968221085273.
 */
export function griOf(timeIn: Readonly<Record<Band, number>>): Gri {
  const percent = (band: Band) => timeIn[band] * 100;
  const hypoPercent = percent("very-low") + 0.8 * percent("low");
  const hyperPercent = percent("very-high") + 0.5 * percent("high");
  // Without what floating point adds: exactly 20 is zone A.
  const value = Number(Math.min(100, 3 * hypoPercent + 1.6 * hyperPercent).toFixed(9));
  return { value, zone: griZone(value), hypoPercent, hyperPercent };
}
