import type { Edges } from "#glucose/bands.ts";
import type { GlucoseProfile } from "#glucose/profile.ts";
import { levelPath } from "#report/chart/frame-paths.ts";
import { usualRoomPx } from "#report/chart/label-room.ts";
import type { Area } from "#report/chart/plot.ts";
import { hourMarks, profilePaths } from "#report/patient/profile-paths.ts";
import paper from "../chart/paper.module.css";
import { PaperFrame } from "../chart/paper-frame.tsx";
import { usePreferences } from "../preferences.ts";
import classes from "./profile.module.css";

export interface ProfileDrawingProps {
  profile: GlucoseProfile;
  /** Another period's, over it: dashed, so that the two differ without colour. */
  other: GlucoseProfile | null;
  edges: Edges;
  area: Area;
  testId: "median" | "paper-median";
}

/**
 * Median, middle half and middle 90 % over the day, on the screen and on paper.
 */
export function ProfileDrawing({ profile, other, edges, area, testId }: ProfileDrawingProps) {
  const { unit } = usePreferences();
  const { textScale = 1 } = area;
  const { outer, inner, median } = profilePaths(profile, area);
  const others = other && profilePaths(other, area);
  return (
    <>
      <PaperFrame
        area={area}
        edges={edges}
        unit={unit}
        labelRoomPx={testId === "median" ? usualRoomPx * textScale : undefined}
      />
      <path d={outer} className={classes.outer} />
      <path d={inner} className={classes.inner} />
      {[edges.low, edges.high].map((value) => (
        <path key={value} d={levelPath(area, value)} className={paper.rangeEdge} />
      ))}
      <path d={median} className={classes.median} data-testid={testId} />
      {others && (
        <>
          <path d={others.halfEdges} className={classes.otherHalf} />
          <path d={others.median} className={classes.otherMedian} data-testid={`other-${testId}`} />
        </>
      )}
      {hourMarks(area).map(({ hour, x, mark, y, text }) => (
        <g key={hour}>
          <path d={mark} className={paper.edge} />
          <text x={x} y={y} className={classes.hour}>
            {text}
          </text>
        </g>
      ))}
    </>
  );
}
