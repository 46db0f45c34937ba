import type { GlucoseProfile, Percentiles } from "#glucose/profile.ts";
import { type Area, yOf } from "../chart/plot.ts";
import { timeOfDay } from "./profile-words.ts";

interface Point extends Percentiles {
  readonly minute: number;
}

const hourWidthPx = 46;
/** Every three hours, or every six or twelve where those would run together. */
const hoursFor = ({ width, textScale = 1 }: Area): number[] => {
  const room = width / (hourWidthPx * textScale);
  const step = room >= 9 ? 3 : room >= 4 ? 6 : 12;
  return Array.from({ length: 24 / step + 1 }, (_, i) => i * step);
};

export const minuteX = ({ x, width }: Area, minute: number): number => x + (minute / 1440) * width;

/** The stretches of the day that have data: an empty hour is between two of them and stays empty. */
function stretchesOf({ bins }: GlucoseProfile): Point[][] {
  const shown = bins.map(({ minuteOfDay, smooth }) => ({ minute: minuteOfDay, smooth }));
  const stretches: Point[][] = [[]];
  // The day closes with the value it began with.
  for (const { minute, smooth } of [...shown, { minute: 1440, smooth: shown[0]?.smooth ?? null }])
    if (smooth) stretches.at(-1)?.push({ minute, ...smooth });
    else stretches.push([]);
  return stretches.filter(({ length }) => length > 0);
}

/** Middle 90 %, middle half and median of a profile over the day, as SVG path data. An empty hour stays empty. */
export function profilePaths(profile: GlucoseProfile, area: Area) {
  const stretches = stretchesOf(profile);
  const corners = (points: readonly Point[], name: keyof Percentiles) =>
    points
      .map((point) => `${minuteX(area, point.minute).toFixed(1)} ${yOf(area, point[name]).toFixed(1)}`)
      .join("L");
  const line = (name: keyof Percentiles) =>
    stretches.map((points) => `M${corners(points, name)}${points.length === 1 ? "h0" : ""}`).join("");
  const band = (from: keyof Percentiles, to: keyof Percentiles) =>
    stretches.map((points) => `M${corners(points, to)}L${corners(points.toReversed(), from)}Z`).join("");
  return {
    outer: band("p5", "p95"),
    inner: band("p25", "p75"),
    median: line("p50"),
    halfEdges: line("p25") + line("p75"),
  };
}

/** The times of day below a profile, each with its mark. */
export const hourMarks = (area: Area) =>
  hoursFor(area).map((hour) => {
    const x = minuteX(area, hour * 60);
    const foot = area.y + area.height;
    return {
      hour,
      x,
      mark: `M${x} ${foot}v4`,
      y: foot + 15 * (area.textScale ?? 1),
      text: timeOfDay(hour * 60),
    };
  });
