import { useMemo } from "react";
import { localDayOf } from "#glucose/local-time.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import type { Span } from "#glucose/time.ts";
import { type Curve, createCurve } from "#report/chart/curve-model.ts";
import { dayBox, dayPaths } from "#report/patient/day-chart.ts";
import { dayLines, dayName, dayRange, isCutDay } from "#report/patient/day-tile-view.ts";
import { partOfDay } from "#report/patient/day-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import classes from "./daily-curves.module.css";
import type { DetailsProps } from "./details-props.ts";
import { useWholeDay } from "./use-day.ts";

interface DayTileProps extends Pick<DetailsProps, "patient" | "data" | "nowMs" | "onShow"> {
  curve: Curve;
  day: Span;
  topMmolL: number;
}

/** A day that the period only has a part of is read whole: it has the same numbers under every period. */
export function DayTile(props: DayTileProps) {
  const { data, day, nowMs } = props;
  return isCutDay(day, data, nowMs) ? <CutDay {...props} /> : <DayButton {...props} />;
}

function CutDay({ patient, nowMs, ...props }: DayTileProps) {
  const { data, day } = props;
  const asked = useMemo(() => localDayOf(day.startMs, data.timeZone), [day, data.timeZone]);
  const whole = useWholeDay(patient.id, asked, data, nowMs);
  const readings = whole && !whole.isReading ? whole.readings : null;
  const curve = useMemo(() => (readings ? createCurve(readings) : null), [readings]);
  if (!whole || !readings || !curve) return <DayButton {...props} />;
  return <DayButton {...props} curve={curve} data={{ ...data, readings }} day={whole.span} />;
}

/** A day's name, its curve in small and its numbers; it opens in the curve above. */
function DayButton({ curve, data, day, topMmolL, onShow }: Omit<DayTileProps, "patient" | "nowMs">) {
  const { language } = usePreferences();
  const { timeZone } = data;
  // The last day may be a part; every box is still a whole day wide, 23 or 25 hours where the clocks change.
  const whole = useMemo(() => localDayOf(day.startMs, timeZone), [day.startMs, timeZone]);
  const { edges } = data.targets;
  const paths = useMemo(
    () => dayPaths(curve, { day, whole, topMmolL, edges }),
    [curve, day, whole, topMmolL, edges],
  );
  const part = partOfDay(day, timeZone, language);
  return (
    <button type="button" onClick={() => onShow(whole, { level: "day", ...whole })} className={classes.day}>
      <span className={classes.dayName}>
        {dayName(day, timeZone, language)}
        {part && <span className={classes.dayPart}>{part}</span>}
      </span>
      <svg viewBox={`0 0 ${dayBox.width} ${dayBox.height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={paths.range} className={classes.dayRange} />
        <path d={paths.curve} className={classes.dayCurve} />
      </svg>
      <DayWords data={data} day={day} whole={whole} />
    </button>
  );
}

function DayWords({ data, day, whole }: Pick<DayTileProps, "data" | "day"> & { whole: Span }) {
  const t = useMessages("details");
  const { unit, language } = usePreferences();
  const { readings, lives, targets } = data;
  const { startMs, endMs } = day;
  const statistics = useMemo(
    () => statisticsOf(readings, { startMs, endMs }, targets.edges, lives),
    [readings, startMs, endMs, targets, lives],
  );
  const range = useMemo(() => dayRange(readings, { startMs, endMs }, unit), [readings, startMs, endMs, unit]);
  return (
    <span className={classes.dayWords}>
      {!statistics.timeIn && t("reading.none")}
      {dayLines({ day, whole, statistics }, t, language).map((line) => (
        <span key={line} className={classes.line}>
          {line}{" "}
        </span>
      ))}
      {range && (
        <span className={classes.line}>
          <span className={classes.range}>{range}</span> {unit}
        </span>
      )}
    </span>
  );
}
