import { type CSSProperties, useMemo } from "react";
import { localDays, localWeekday } from "#glucose/local-time.ts";
import { axisTopMmolL } from "#report/chart/axis.ts";
import { createCurve } from "#report/chart/curve-model.ts";
import { axisSummary } from "#report/chart/curve-summary.ts";
import { printedDays } from "#report/patient/day-tile-view.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import classes from "./daily-curves.module.css";
import { DayTile } from "./day-tile.tsx";
import type { DetailsProps } from "./details-props.ts";
import { PeriodSection } from "./period-section.tsx";

/**
 * Every day of the period from midnight to midnight in the patient's zone, in weeks; each opens in the curve.
 */
export function DailyCurves({ patient, data, nowMs, onShow }: DetailsProps) {
  const t = useMessages("details");
  const { readings, startMs, endMs, timeZone } = data;
  const curve = useMemo(() => createCurve(readings), [readings]);
  const days = useMemo(() => localDays(startMs, endMs, timeZone), [startMs, endMs, timeZone]);
  const topMmolL = useMemo(() => axisTopMmolL(readings, { startMs, endMs }), [readings, startMs, endMs]);
  const daysBefore = localWeekday(startMs, timeZone);
  return (
    <PeriodSection id="days" name={t("days")} definition={t("defDays")} basis={data}>
      <DaysNote timeZone={timeZone} count={days.length} topMmolL={topMmolL} />
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
            />
          </li>
        ))}
      </ol>
    </PeriodSection>
  );
}

interface DaysNoteProps {
  timeZone: string;
  count: number;
  topMmolL: number;
}

/**
 * In which zone the days are, how many a sheet has, and where their axis ends if not where it usually does.
 */
function DaysNote({ timeZone, count, topMmolL }: DaysNoteProps) {
  const t = useMessages("details");
  const words = useMessages("chart", "curve");
  const { unit } = usePreferences();
  return (
    <p className={prose.note}>
      <Sentences>
        {t("daysNote", { zone: timeZone })}
        <span className={print.screenOnly}>{t("daysChoose")}</span>
        {count > printedDays && (
          <span className={print.printOnly}>{t("daysPrinted", { count: printedDays })}</span>
        )}
        {axisSummary(topMmolL, { t: words, unit })}
      </Sentences>
    </p>
  );
}
