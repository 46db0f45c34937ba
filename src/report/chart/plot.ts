import { axisMaxMmolL } from "#glucose/bands.ts";
import type { Span } from "#glucose/time.ts";

/** Where the plot lies, px, and what it shows. */
export interface Plot extends Span {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where the glucose axis ends, mmol/L; its usual top unless it had to grow. */
  readonly topMmolL?: number;
  /** How many times its usual size text is, on a screen as its reader has set it. */
  readonly textScale?: number;
}

export const xOf = (plot: Plot, timeMs: number): number =>
  plot.x + ((timeMs - plot.startMs) / (plot.endMs - plot.startMs)) * plot.width;

export const timeAtMs = (plot: Plot, x: number): number =>
  plot.startMs + ((x - plot.x) / plot.width) * (plot.endMs - plot.startMs);

/** A plot without what it shows. */
export type Area = Omit<Plot, "startMs" | "endMs">;

/** What lies above the axis is drawn at its upper edge. */
export const yOf = (
  { y, height, topMmolL = axisMaxMmolL }: Pick<Plot, "y" | "height" | "topMmolL">,
  valueMmolL: number,
): number => y + height * (1 - Math.min(valueMmolL, topMmolL) / topMmolL);
