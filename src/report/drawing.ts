import type { Band } from "#glucose/bands.ts";

/** What a colour is for; which one it is, whoever draws it knows. */
export type Tone =
  | Band
  | "ink"
  | "quiet"
  | "line"
  | "hatch"
  | "paper"
  | "accent"
  | "profile-outer"
  | "profile-inner";

/** SVG path data, filled, stroked or both; cut off where `clip` ends. */
export interface Shape {
  readonly d: string;
  readonly fill?: Tone;
  readonly stroke?: Tone;
  readonly width?: number;
  readonly opacity?: number;
  readonly dash?: readonly [number, number];
  readonly clip?: string;
}

/** A text with its baseline at `y`. */
export interface DrawnText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly anchor: "start" | "middle" | "end";
  readonly tone: "ink" | "quiet" | "paper";
  readonly isBold?: boolean;
  /** Reads from the foot to the top. */
  readonly isTurned?: boolean;
}

/** A chart that knows neither screen nor sheet: whoever draws it makes it as wide as there is room. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  readonly shapes: readonly Shape[];
  readonly texts: readonly DrawnText[];
}
