import { type Edges, edgesMmolL, tightRangeMaxMmolL } from "./bands.ts";

/**
 * An edge between two cells of values, mmol/L. One that opens a range upward (3.9) is passed
 * by the value itself, one that closes it (10.0) by what lies above.
 */
export interface Cut {
  readonly atMmolL: number;
  readonly closes: boolean;
}

const opening = [edgesMmolL.veryLow, 3.5, edgesMmolL.low];
const closing = [tightRangeMaxMmolL, edgesMmolL.high, edgesMmolL.veryHigh, 19.4];

/** The edges of every preset and these, from the lowest up. Source: clinical.md. */
export function cutsFor({ veryLow, low, high, veryHigh }: Edges): Cut[] {
  const cuts = [
    ...[...new Set([...opening, veryLow, low])].map((atMmolL) => ({ atMmolL, closes: false })),
    ...[...new Set([...closing, high, veryHigh])].map((atMmolL) => ({ atMmolL, closes: true })),
  ];
  return cuts.sort((a, b) => a.atMmolL - b.atMmolL || Number(a.closes) - Number(b.closes));
}

/** In which cell a value lies: how many of the cuts it has passed. */
export function cellOf(valueMmolL: number, cuts: readonly Cut[]): number {
  let cell = 0;
  for (const { atMmolL, closes } of cuts) {
    if (closes ? valueMmolL <= atMmolL : valueMmolL < atMmolL) break;
    cell += 1;
  }
  return cell;
}
