import type { Edges } from "#glucose/bands.ts";
import type { GlucoseProfile, Percentiles } from "#glucose/profile.ts";
import { usualRoomPx } from "../chart/label-room.ts";
import paper from "../chart/paper.module.css";
import { PaperFrame } from "../chart/paper-frame.tsx";
import { type Area, yOf } from "../chart/plot.ts";
import { usePreferences } from "../preferences.ts";
import classes from "./profile.module.css";
import { timeOfDay } from "./profile-words.ts";

export interface ProfileDrawingProps {
  profile: GlucoseProfile;
  /** Another period's, over it: dashed, so that the two differ without colour. */
  other: GlucoseProfile | null;
  edges: Edges;
  area: Area;
  testId: "median" | "paper-median";
}

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

/**
 * Median, middle half and middle 90 % over the day, on the screen and on paper. An empty hour stays empty.
 */
export function ProfileDrawing({ profile, other, edges, area, testId }: ProfileDrawingProps) {
  const { unit } = usePreferences();
  const { textScale = 1 } = area;
  const foot = area.y + area.height;
  const corners = (points: readonly Point[], name: keyof Percentiles) =>
    points
      .map((point) => `${minuteX(area, point.minute).toFixed(1)} ${yOf(area, point[name]).toFixed(1)}`)
      .join("L");
  const line = (stretches: readonly Point[][], name: keyof Percentiles) =>
    stretches.map((points) => `M${corners(points, name)}${points.length === 1 ? "h0" : ""}`).join("");
  const stretches = stretchesOf(profile);
  const others = other ? stretchesOf(other) : [];
  const band = (from: keyof Percentiles, to: keyof Percentiles) =>
    stretches.map((points) => `M${corners(points, to)}L${corners(points.toReversed(), from)}Z`).join("");
  return (
    <>
      <PaperFrame
        area={area}
        edges={edges}
        unit={unit}
        labelRoomPx={testId === "median" ? usualRoomPx * textScale : undefined}
      />
      <path d={band("p5", "p95")} className={classes.outer} />
      <path d={band("p25", "p75")} className={classes.inner} />
      {[edges.low, edges.high].map((value) => (
        <path key={value} d={`M${area.x} ${yOf(area, value)}h${area.width}`} className={paper.rangeEdge} />
      ))}
      <path d={line(stretches, "p50")} className={classes.median} data-testid={testId} />
      {other && (
        <>
          <path d={line(others, "p25") + line(others, "p75")} className={classes.otherHalf} />
          <path d={line(others, "p50")} className={classes.otherMedian} data-testid={`other-${testId}`} />
        </>
      )}
      {hoursFor(area).map((hour) => (
        <g key={hour}>
          <path d={`M${minuteX(area, hour * 60)} ${foot}v4`} className={paper.edge} />
          <text x={minuteX(area, hour * 60)} y={foot + 15 * textScale} className={classes.hour}>
            {timeOfDay(hour * 60)}
          </text>
        </g>
      ))}
    </>
  );
}
