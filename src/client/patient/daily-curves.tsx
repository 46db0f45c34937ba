import { Paper, Text } from "@mantine/core";
import { type CSSProperties, useMemo } from "react";
import { axisMaxMmolL, type Edges } from "#glucose/bands.ts";
import { isOneLocalDay, localDayOf, localDays, localWeekday } from "#glucose/local-time.ts";
import { formatActiveShare, formatShares } from "#glucose/shares.ts";
import { type Statistics, statisticsOf } from "#glucose/statistics.ts";
import { dayMs, hourMs, type Span } from "#glucose/time.ts";
import { formatEdge, formatGlucose } from "#glucose/units.ts";
import { axisTopMmolL, extremesOf } from "../chart/axis.ts";
import { type Curve, createCurve } from "../chart/curve-model.ts";
import { curvePath } from "../chart/curve-path.ts";
import { type Plot, yOf } from "../chart/plot.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { formatDuration, formatPartOfDay, formatShortDate, formatWeekday } from "../ui/time.ts";
import classes from "./daily-curves.module.css";
import type { DetailsProps } from "./details-props.ts";
import { PanelTitle } from "./panel-title.tsx";
import { useWholeDay } from "./use-day.ts";

const box = { x: 0, y: 0, width: 180, height: 72 };
const usualMs = dayMs;
/** As many as 14 × 24 hours touch. */
const printedDays = 15;

/** Every day of the period from midnight to midnight in the patient's zone, in weeks; each opens in the curve. */
export function DailyCurves({ patient, data, nowMs, onShow }: DetailsProps) {
  const t = useMessages("patient", "details");
  const { unit, language } = usePreferences();
  const { readings, startMs, endMs, timeZone, targets } = data;
  const curve = useMemo(() => createCurve(readings), [readings]);
  const days = useMemo(() => localDays(startMs, endMs, timeZone), [startMs, endMs, timeZone]);
  const topMmolL = useMemo(() => axisTopMmolL(readings, { startMs, endMs }), [readings, startMs, endMs]);
  const words = useMessages("chart", "curve");
  const daysBefore = localWeekday(startMs, timeZone);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="days">
      <PanelTitle id="days" name={t("days")} definition={t("defDays")} basis={data} />
      <Text size="sm" c="dimmed">
        <Sentences>
          {t("daysNote", { zone: timeZone })}
          <span className={print.screenOnly}>{t("daysChoose")}</span>
          {days.length > printedDays && (
            <span className={print.printOnly}>{t("daysPrinted", { count: printedDays })}</span>
          )}
          {topMmolL > axisMaxMmolL &&
            words("summaryAxis", {
              top: formatEdge(topMmolL, unit),
              usual: formatEdge(axisMaxMmolL, unit),
              unit,
            })}
        </Sentences>
      </Text>
      <ol
        className={classes.calendar}
        data-days-before={daysBefore || undefined}
        style={{ "--days-before": daysBefore } as CSSProperties}
      >
        {days.map((day, index) => (
          <li key={day.startMs} data-old={index < days.length - printedDays || undefined}>
            <DayTile
              patient={patient}
              curve={curve}
              data={data}
              day={day}
              nowMs={nowMs}
              topMmolL={topMmolL}
              onShow={onShow}
              name={`${formatWeekday(day.startMs, timeZone, language)} ${formatShortDate(day.startMs, timeZone, language)}`}
              edges={targets.edges}
            />
          </li>
        ))}
      </ol>
    </Paper>
  );
}

interface DayCurveProps extends Pick<DetailsProps, "data" | "onShow"> {
  curve: Curve;
  day: Span;
  name: string;
  edges: Edges;
  topMmolL: number;
}

interface DayTileProps extends DayCurveProps, Pick<DetailsProps, "patient" | "nowMs"> {}

/** A day that the period only has a part of is read whole: it has the same numbers under every period. */
function DayTile({ patient, nowMs, ...props }: DayTileProps) {
  const { data, day } = props;
  const whole = localDayOf(day.startMs, data.timeZone);
  const isCut = day.startMs > whole.startMs || (day.endMs < whole.endMs && data.extentEndMs < nowMs);
  return isCut ? <CutDay patient={patient} nowMs={nowMs} {...props} /> : <DayCurve {...props} />;
}

function CutDay({ patient, nowMs, ...props }: DayTileProps) {
  const { data, day } = props;
  const asked = useMemo(() => localDayOf(day.startMs, data.timeZone), [day, data.timeZone]);
  const whole = useWholeDay(patient.id, asked, data, nowMs);
  const readings = whole && !whole.isReading ? whole.readings : null;
  const curve = useMemo(() => (readings ? createCurve(readings) : null), [readings]);
  if (!whole || !readings || !curve) return <DayCurve {...props} />;
  return <DayCurve {...props} curve={curve} data={{ ...data, readings }} day={whole.span} />;
}

function DayCurve({ curve, data, day, name, edges, topMmolL, onShow }: DayCurveProps) {
  const t = useMessages("patient", "details");
  const { unit, language } = usePreferences();
  const { readings, lives, timeZone } = data;
  const { startMs, endMs } = day;
  const statistics = useMemo(
    () => statisticsOf(readings, { startMs, endMs }, edges, lives),
    [readings, startMs, endMs, edges, lives],
  );
  // The last day may be a part; every box is still a whole day wide, 23 or 25 hours where the clocks change.
  const whole = useMemo(() => localDayOf(startMs, timeZone), [startMs, timeZone]);
  const plot = useMemo<Plot>(() => ({ ...box, topMmolL, ...whole }), [whole, topMmolL]);
  const extremes = useMemo(() => extremesOf(readings, day), [readings, day]);
  const path = useMemo(() => curvePath(curve, { ...plot, ...clipped(plot, day) }).path, [curve, plot, day]);
  const { timeIn, activeShare } = statistics;
  const lengthMs = whole.endMs - whole.startMs;
  const counted = countedHours(statistics, endMs - startMs);
  return (
    <button type="button" onClick={() => onShow(whole, { level: "day", ...whole })} className={classes.day}>
      <span className={classes.dayName}>
        {name}
        {!isOneLocalDay(day, timeZone) && (
          <span className={classes.dayPart}>{formatPartOfDay(day, timeZone, language)}</span>
        )}
      </span>
      <svg viewBox={`0 0 ${box.width} ${box.height}`} preserveAspectRatio="none" aria-hidden="true">
        <rect
          y={yOf(plot, edges.high)}
          width={box.width}
          height={yOf(plot, edges.low) - yOf(plot, edges.high)}
          className={classes.dayRange}
        />
        <path d={path} className={classes.dayCurve} />
      </svg>
      <span className={classes.dayWords}>
        {timeIn ? (
          <>
            <span className={classes.line}>
              {t("dayInRange", { percent: formatShares(timeIn, {})["in-range"] })}
            </span>{" "}
            <span className={classes.line}>
              {t("dayData", { active: formatActiveShare(activeShare) })}
            </span>{" "}
          </>
        ) : (
          t("reading.none")
        )}
        {counted && <span className={classes.line}>{t("dayCounted", counted)} </span>}
        {lengthMs !== usualMs && <span className={classes.line}>{formatDuration(lengthMs, language)} </span>}
        {extremes && (
          <span className={classes.line}>
            <span className={classes.range}>
              {formatGlucose(extremes.lowestMmolL, unit)}–{formatGlucose(extremes.highestMmolL, unit)}
            </span>{" "}
            {unit}
          </span>
        )}
      </span>
    </button>
  );
}

/** Of a day that readings were expected for a part of only: of how many of its hours. The share of data is of those. */
function countedHours(
  { activeShare, coveredShare }: Pick<Statistics, "activeShare" | "coveredShare">,
  lengthMs: number,
): { counted: number; of: number } | null {
  if (activeShare <= 0) return null;
  const [counted, of] = [((coveredShare / activeShare) * lengthMs) / hourMs, lengthMs / hourMs].map(
    Math.round,
  );
  return counted !== undefined && of !== undefined && of - counted >= 1 ? { counted, of } : null;
}

/** A part of a day in the place it has in the whole one. */
function clipped(plot: Plot, { startMs, endMs }: Span) {
  const perMs = plot.width / (plot.endMs - plot.startMs);
  return {
    x: (startMs - plot.startMs) * perMs,
    width: Math.max(1, (endMs - startMs) * perMs),
    startMs,
    endMs,
  };
}
