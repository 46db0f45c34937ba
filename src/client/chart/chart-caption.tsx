import { type ReactNode, useSyncExternalStore } from "react";
import { axisMaxMmolL } from "#glucose/bands.ts";
import { formatEdge, type GlucoseUnit } from "#glucose/units.ts";
import { isByDay } from "#report/chart/day-bars.ts";
import type { Area } from "#report/chart/plot.ts";
import { useMessages } from "../i18n.ts";
import { Dotted } from "../ui/dotted.tsx";
import { useTouch } from "../ui/use-touch.ts";
import classes from "./glucose-chart.module.css";
import type { ViewStore } from "./view.ts";

interface ChartCaptionProps {
  unit: GlucoseUnit;
  timeZone: string;
  view: ViewStore;
  area: Area;
  /** Stand before the help. */
  children: ReactNode;
}

/** Says what the curve is drawn in, and how to read it. */
export function ChartCaption({ unit, timeZone, view, area, children }: ChartCaptionProps) {
  const t = useMessages("chart", "curve");
  const { topMmolL = axisMaxMmolL } = area;
  const byDay = useSyncExternalStore(view.onFrame, () => isByDay(view.get(), area));
  return (
    <figcaption className={classes.caption}>
      <Dotted>
        {unit}
        {t("timesIn", { zone: timeZone })}
        <span data-print="no">{t(byDay ? "byDay" : "byReading")}</span>
      </Dotted>{" "}
      {topMmolL > axisMaxMmolL && (
        <span className={classes.tallAxis}>
          {t("tallAxis", { top: formatEdge(topMmolL, unit), usual: formatEdge(axisMaxMmolL, unit), unit })}
        </span>
      )}
      {children}
      <ChartHelp />
    </figcaption>
  );
}

function ChartHelp() {
  const t = useMessages("chart", "curve");
  const isTouch = useTouch();
  return (
    <details className={classes.help}>
      <summary>{t("help")}</summary>
      <p>{t("helpMarks")}</p>
      <p>{t(isTouch ? "helpTouch" : "helpPointer")}</p>
      <p>{t("helpKeys")}</p>
      <p>{t("helpTree")}</p>
      <p>{t("helpSound")}</p>
    </details>
  );
}
