import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import { Section } from "../ui/section.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { TextField } from "../ui/text-field.tsx";
import { daysBefore, daysOfTwoSensors, middleDate } from "./compare-sides.ts";
import { comparisonChoices, noComparison } from "./comparison-choice.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { DateRangeForm } from "./date-range-form.tsx";
import classes from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { dateInput } from "./period.ts";
import { Explain } from "./statistic.tsx";
import type { Comparison } from "./use-comparison.ts";
import { useSayCompared } from "./use-say-compared.ts";

interface CompareSectionProps extends DetailsProps {
  compared: Comparison;
}

/**
 * Two stretches of time beside each other: the period and the one before, before and since a
 * date, two sensors, or any other days.
 */
export function CompareSection({ compared: comparing, ...props }: CompareSectionProps) {
  const t = useMessages("details");
  const { data, nowMs, shownZone, comparison, onPeriod } = props;
  const { sides, compared, error, retry } = comparing;
  const { choice } = comparison;
  const isCutSensor = choice === "sensor" && (!sides || sides.some(({ sensor }) => sensor?.isPiece));
  useSayCompared(comparing, comparison, { timeZone: data.timeZone, shownZone });
  return (
    <Section
      id="compare"
      title={t("compare")}
      about={<Explain name={t("compare")} definition={t("defCompare")} basis={data} />}
      className={classes.compare}
      data-open={sides ? "" : undefined}
    >
      <Choosing {...props} />
      {choice === "sensor" && !sides && <p className={layout.aboveSm}>{t("oneSensor")}</p>}
      {isCutSensor && (
        <Button
          variant="default"
          className={`${layout.aboveSm} ${print.screenOnly}`}
          onClick={() => onPeriod(daysOfTwoSensors(data, data.lives, nowMs))}
        >
          {t("bothSensors")}
        </Button>
      )}
      {choice === "since" && !sides && <p className={layout.aboveSm}>{t("sinceOutside")}</p>}
      {compared && <ComparisonTable key={choice} {...props} compared={compared} />}
      {sides &&
        !compared &&
        (error ? (
          <Failure error={error} onRetry={retry} />
        ) : (
          <Loading height={200} className={layout.aboveMd} />
        ))}
    </Section>
  );
}

/** What the period is compared with; what was chosen for one way is there again when one comes back to it. */
function Choosing({ data, nowMs, comparison, onComparison }: DetailsProps) {
  const t = useMessages("details");
  const { timeZone } = data;
  const { choice, days, since } = comparison;
  const otherDays = () =>
    days
      ? { from: dateInput(days.startMs, timeZone), to: dateInput(days.endMs - 1, timeZone) }
      : daysBefore(data, timeZone);
  return (
    <div className={`${layout.row} ${layout.aboveXs} ${classes.choosing}`} data-align="end">
      <Segmented
        aria-label={t("compareWith")}
        className={classes.choices}
        value={choice ?? ""}
        onChange={(value) => onComparison({ ...comparison, choice: value })}
        options={comparisonChoices.map((value) => ({ value, label: t(`compare-${value}`) }))}
      />
      {choice === "custom" && (
        <DateRangeForm
          first={otherDays}
          timeZone={timeZone}
          nowMs={nowMs}
          onRange={(range) => onComparison({ ...comparison, choice: "custom", days: range })}
        />
      )}
      {choice === "since" && (
        <TextField
          type="date"
          label={t("since")}
          min={dateInput(data.startMs, timeZone)}
          max={dateInput(data.endMs - 1, timeZone)}
          value={since ?? middleDate(data, timeZone)}
          onChange={(event) => onComparison({ ...comparison, since: event.currentTarget.value || null })}
        />
      )}
      {choice !== null && (
        <Button variant="subtle" onClick={() => onComparison(noComparison)}>
          {t("compareNot")}
        </Button>
      )}
    </div>
  );
}
