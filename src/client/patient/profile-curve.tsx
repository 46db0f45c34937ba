import { useMemo, useRef } from "react";
import type { Edges } from "#glucose/bands.ts";
import type { GlucoseProfile } from "#glucose/profile.ts";
import { paperArea, paperWidth } from "#report/chart/frame-paths.ts";
import type { Area } from "#report/chart/plot.ts";
import { minuteX } from "#report/patient/profile-paths.ts";
import { binInWords } from "#report/patient/profile-words.ts";
import paper from "../chart/paper.module.css";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { useTextScale } from "../ui/use-text-scale.ts";
import { useWidth } from "../ui/use-width.ts";
import classes from "./profile.module.css";
import { ProfileDrawing } from "./profile-drawing.tsx";
import { useBin } from "./use-bin.ts";

interface ProfileCurveProps {
  profile: GlucoseProfile;
  other: GlucoseProfile | null;
  edges: Edges;
  /** Where the axis ends, as on every curve of the period. */
  topMmolL: number;
}

/** In text of the usual size. */
const usualHeight = 280;
/** As leaves a report of 14 days on two sheets. */
const paperHeight = 180;
const room = { left: 42, right: 22, top: 8, bottom: 26 };

/**
 * The profile with its values of one time of day, by pointer, tap or
 * keyboard; and the same laid out for a sheet.
 */
export function ProfileCurve({ profile, other, edges, topMmolL }: ProfileCurveProps) {
  const t = useMessages("details");
  const { unit, language } = usePreferences();
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(chart);
  const textScale = useTextScale(chart);
  const height = usualHeight * textScale;
  const area = useMemo<Area>(
    () => ({
      x: room.left * textScale,
      y: room.top * textScale,
      width: Math.max(1, width - (room.left + room.right) * textScale),
      height: (usualHeight - room.top - room.bottom) * textScale,
      topMmolL,
      textScale,
    }),
    [width, topMmolL, textScale],
  );
  const { bin, ...reading } = useBin(chart, area, profile.bins.length);
  const chosen = bin === null ? undefined : profile.bins[bin];
  const lines =
    chosen &&
    binInWords(
      {
        minuteOfDay: chosen.minuteOfDay,
        own: chosen.smooth,
        other: other?.bins[bin ?? 0]?.smooth ?? null,
      },
      t,
      { unit, language },
    );
  const x = chosen ? minuteX(area, chosen.minuteOfDay) : 0;
  return (
    <>
      <div
        ref={chart}
        className={classes.profileChart}
        role="slider"
        tabIndex={0}
        aria-label={t("profileWalk")}
        aria-valuemin={0}
        aria-valuemax={profile.bins.length - 1}
        aria-valuenow={bin ?? 0}
        aria-valuetext={lines?.join(t("comma")) ?? t("profileHint")}
        {...reading}
      >
        {width > 0 && (
          <svg className={classes.screen} width={width} height={height} aria-hidden="true">
            <ProfileDrawing profile={profile} other={other} edges={edges} area={area} testId="median" />
            {chosen && <path d={`M${x} ${area.y}v${area.height}`} className={classes.pointed} />}
          </svg>
        )}
        {lines && (
          <div
            className={classes.tooltip}
            data-testid="profile-tooltip"
            style={x > width / 2 ? { right: width - x + 10 } : { left: x + 10 }}
          >
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
          </div>
        )}
      </div>
      <svg className={paper.paper} viewBox={`0 0 ${paperWidth} ${paperHeight}`} aria-hidden="true">
        <ProfileDrawing
          profile={profile}
          other={other}
          edges={edges}
          area={paperArea(paperHeight, topMmolL)}
          testId="paper-median"
        />
      </svg>
    </>
  );
}
