import type { Band } from "#glucose/bands.ts";
import type { Drawing, Shape } from "../drawing.ts";

/** A range with how much of the time it took. */
export interface PartOfDay {
  readonly band: Band;
  readonly name: string;
  readonly range: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text: string;
}

const width = 500;
const rowHeight = 38;
const barLeft = 160;
const longestBar = 170;

const triangle = (x: number, y: number, up: 1 | -1) => `M${x} ${y + 5 * up}h12l-6 ${-10 * up}Z`;
const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** Each range has a shape of its own, for those who do not see its colour. */
const shapeOf: Record<Band, (y: number) => string> = {
  "very-high": (y) => triangle(4, y - 6, 1) + triangle(4, y + 6, 1),
  high: (y) => triangle(4, y, 1),
  "in-range": (y) => circle(10, y, 7),
  low: (y) => triangle(4, y, -1),
  "very-low": (y) => triangle(4, y - 6, -1) + triangle(4, y + 6, -1),
};

/** Ranges below each other in large type, each with its shape, a bar as long as its share, and what is said of it. */
export function partsOfDay(parts: readonly PartOfDay[]): Drawing {
  const middle = (index: number) => (index + 0.5) * rowHeight;
  const bar = ({ share, band }: PartOfDay, y: number): Shape[] =>
    share > 0
      ? [{ d: `M${barLeft} ${y - 9}h${Math.max(1, share * longestBar)}v18H${barLeft}Z`, fill: band }]
      : [];
  return {
    width,
    height: parts.length * rowHeight,
    alt: parts.map(({ name, range, text }) => `${name} ${range}: ${text}`).join("; "),
    shapes: parts.flatMap((part, i) => [
      { d: shapeOf[part.band](middle(i)), fill: part.band },
      ...bar(part, middle(i)),
    ]),
    texts: parts.flatMap((part, i) => [
      { text: part.name, x: 28, y: middle(i) - 1, size: 13, anchor: "start", tone: "ink", isBold: true },
      { text: part.range, x: 28, y: middle(i) + 12, size: 10.5, anchor: "start", tone: "quiet" },
      { text: part.text, x: width, y: middle(i) + 4.5, size: 12.5, anchor: "end", tone: "ink" },
    ]),
  };
}
