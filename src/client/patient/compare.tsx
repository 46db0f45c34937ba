import { Button, Group, Paper, SegmentedControl, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import print from "../ui/print.module.css";
import { formatDateTime } from "../ui/time.ts";
import { useAnnouncement } from "../ui/use-announcement.ts";
import {
  type ComparisonChoice,
  comparisonChoices,
  daysBefore,
  daysOfTwoSensors,
  middleDate,
} from "./compare-sides.ts";
import { Comparison } from "./comparison.tsx";
import classes from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { dateInput, type RangeFault, rangeOfDays } from "./period.ts";
import { Explain } from "./statistic.tsx";
import type { useComparison } from "./use-comparison.ts";

interface CompareProps extends DetailsProps {
  compared: ReturnType<typeof useComparison>;
}

/** Two stretches of time beside each other: the period and the one before, before and since a date, two sensors, or any other days. */
export function Compare({ compared: { sides, compared, error, retry }, ...props }: CompareProps) {
  const t = useMessages("patient", "details");
  const { data, nowMs, comparison, onComparison, onPeriod } = props;
  const { choice } = comparison;
  useSayCompared(props, { sides, compared, error });
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-labelledby="compare"
      className={classes.compare}
      data-open={sides ? "" : undefined}
    >
      <Group gap="xs">
        <Title order={2} id="compare">
          {t("compare")}
        </Title>
        <Explain name={t("compare")} definition={t("defCompare")} basis={data} />
      </Group>
      <Group mt="xs" align="flex-end" className={classes.choosing ?? ""}>
        <SegmentedControl
          aria-label={t("compareWith")}
          className={classes.choices}
          value={choice ?? ""}
          onChange={(value) => onComparison({ ...comparison, choice: value as ComparisonChoice["choice"] })}
          data={comparisonChoices.map((value) => ({ value, label: t(`compare-${value}`) }))}
        />
        {choice === "custom" && <OtherDays {...props} />}
        {choice === "since" && (
          <TextInput
            type="date"
            label={t("since")}
            min={dateInput(data.startMs, data.timeZone)}
            max={dateInput(data.endMs - 1, data.timeZone)}
            value={comparison.since ?? middleDate(data, data.timeZone)}
            onChange={(event) => onComparison({ ...comparison, since: event.currentTarget.value || null })}
          />
        )}
        {choice !== null && (
          <Button variant="subtle" onClick={() => onComparison({ choice: null, days: null, since: null })}>
            {t("compareNot")}
          </Button>
        )}
      </Group>
      {choice === "sensor" && !sides && <Text mt="sm">{t("oneSensor")}</Text>}
      {choice === "sensor" && (!sides || sides.some(({ sensor }) => sensor?.isPiece)) && (
        <Button
          mt="sm"
          variant="default"
          className={print.screenOnly}
          onClick={() => onPeriod(daysOfTwoSensors(data, data.lives, nowMs))}
        >
          {t("bothSensors")}
        </Button>
      )}
      {choice === "since" && !sides && <Text mt="sm">{t("sinceOutside")}</Text>}
      {compared && <Comparison key={choice} {...props} compared={compared} />}
      {sides &&
        !compared &&
        (error ? <Failure error={error} onRetry={retry} /> : <Loading height={200} mt="md" />)}
    </Paper>
  );
}

function useSayCompared(
  { data, comparison, shownZone }: DetailsProps,
  { sides, compared, error }: Pick<CompareProps["compared"], "sides" | "compared" | "error">,
): void {
  const t = useMessages("patient", "details");
  const { language } = usePreferences();
  const { choice } = comparison;
  const isPending = sides !== null && !compared && !error;
  const span = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
    t("comparedSpan", {
      from: formatDateTime(startMs, shownZone, language),
      to: formatDateTime(endMs, shownZone, language),
    });
  const [first, second] = compared
    ? [compared.own.side, compared.other.side].sort((a, b) => a.startMs - b.startMs).map(span)
    : [];
  const none = { sensor: t("oneSensor"), since: t("sinceOutside"), before: "", custom: "" };
  const heard =
    choice === null
      ? t("comparedNot")
      : first && second
        ? t("comparedHeard", { first, second })
        : none[choice];
  useAnnouncement(isPending ? null : JSON.stringify([comparison, data.timeZone]), heard);
}

function OtherDays({ data, nowMs, comparison, onComparison }: DetailsProps) {
  const t = useMessages("patient", "page");
  const { timeZone } = data;
  const { days } = comparison;
  const [first] = useState(() =>
    days
      ? { from: dateInput(days.startMs, timeZone), to: dateInput(days.endMs - 1, timeZone) }
      : daysBefore(data, timeZone),
  );
  const [from, setFrom] = useState(first.from);
  const [to, setTo] = useState(first.to);
  const [fault, setFault] = useState<RangeFault | null>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const range = rangeOfDays(from, to, timeZone, nowMs);
        setFault(typeof range === "string" ? range : null);
        if (typeof range !== "string" && range.kind === "range")
          onComparison({ ...comparison, choice: "custom", days: range });
      }}
    >
      <Group align="flex-start" gap="sm">
        <TextInput
          type="date"
          label={t("from")}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          error={fault && t(fault)}
        />
        <TextInput
          type="date"
          label={t("to")}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={25}>
          {t("apply")}
        </Button>
      </Group>
    </form>
  );
}
