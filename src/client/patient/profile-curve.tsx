import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import type { Edges } from "#glucose/bands.ts";
import { type GlucoseProfile, type Percentiles, profileBinMinutes } from "#glucose/profile.ts";
import { formatGlucose } from "#glucose/units.ts";
import paper from "../chart/paper.module.css";
import { paperArea, paperWidth } from "../chart/paper-frame.tsx";
import type { Area } from "../chart/plot.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { formatPair } from "../ui/list.ts";
import { useTextScale } from "../ui/use-text-scale.ts";
import { useWidth } from "../ui/use-width.ts";
import classes from "./profile.module.css";
import { minuteX, ProfileDrawing, timeOfDay } from "./profile-drawing.tsx";

/** From the highest down, as they lie on the chart. */
export const percentileNames = ["p95", "p75", "p50", "p25", "p5"] as const;

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
const dragPx = 4;
const binsPerHour = 60 / profileBinMinutes;

/** The profile with its values of one time of day, by pointer, tap or keyboard; and the same laid out for a sheet. */
export function ProfileCurve({ profile, other, edges, topMmolL }: ProfileCurveProps) {
  const t = useMessages("patient", "details");
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
  const words = usePercentileWords(other !== null);
  const lines = chosen && words(chosen.minuteOfDay, chosen.smooth, other?.bins[bin ?? 0]?.smooth ?? null);
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

function usePercentileWords(isCompared: boolean) {
  const t = useMessages("patient", "details");
  const { unit, language } = usePreferences();
  return (minute: number, own: Percentiles | null, other: Percentiles | null): string[] => [
    `${timeOfDay(minute)}–${timeOfDay((minute + profileBinMinutes) % 1440)}`,
    ...(own
      ? percentileNames.map((name) =>
          formatPair(t(name), `${formatGlucose(own[name], unit)} ${unit}`, language),
        )
      : []),
    ...(own ? [] : [t("profileEmpty")]),
    ...(isCompared && other
      ? [t("otherMedianOf", { value: `${formatGlucose(other.p50, unit)} ${unit}` })]
      : []),
  ];
}

/** Which quarter of an hour is read: under a mouse, where a finger taps or as long as it slides, or by the arrow keys. */
function useBin(chart: React.RefObject<HTMLElement | null>, area: Area, count: number) {
  const [bin, setBin] = useState<number | null>(null);
  const finger = useRef<{ readonly fromX: number; isSliding: boolean } | null>(null);
  const isShown = bin !== null;
  useEffect(() => {
    if (!isShown) return;
    const elsewhere = ({ target }: Event) => {
      if (!chart.current?.contains(target as Node)) setBin(null);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [isShown, chart]);
  const clamp = (value: number) => Math.min(count - 1, Math.max(0, value));
  const xIn = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;
  const point = (event: PointerEvent) =>
    setBin(clamp(Math.round(((xIn(event) - area.x) / area.width) * count)));
  return {
    bin,
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType === "touch") finger.current = { fromX: xIn(event), isSliding: false };
    },
    onPointerMove: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return point(event);
      const own = finger.current;
      if (own && Math.abs(xIn(event) - own.fromX) > dragPx) own.isSliding = true;
      if (own?.isSliding) point(event);
    },
    onPointerUp: (event: PointerEvent) => {
      if (event.pointerType !== "touch") return;
      if (finger.current?.isSliding) setBin(null);
      else point(event);
      finger.current = null;
    },
    onPointerCancel: () => {
      if (finger.current?.isSliding) setBin(null);
      finger.current = null;
    },
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "touch") setBin(null);
    },
    onBlur: () => setBin(null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const steps: Record<string, number | null> = {
        ArrowLeft: (bin ?? count) - 1,
        ArrowDown: (bin ?? count) - 1,
        ArrowRight: (bin ?? -1) + 1,
        ArrowUp: (bin ?? -1) + 1,
        PageDown: (bin ?? count) - binsPerHour,
        PageUp: (bin ?? -1) + binsPerHour,
        Home: 0,
        End: count - 1,
        Escape: null,
      };
      const next = steps[event.key];
      if (next === undefined) return;
      event.preventDefault();
      setBin(next === null ? null : clamp(next));
    },
  };
}
