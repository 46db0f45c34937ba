import { Button, Group, Paper, SegmentedControl, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { daysBefore, periodBefore, type Side, sensorSides } from "./compare-sides.ts";
import { Comparison } from "./comparison.tsx";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./details.module.css";
import { usePatientMessages } from "./messages.ts";
import type { DetailsProps } from "./patient-details.tsx";
import { dateInput, type RangeFault, rangeOfDays, type Window } from "./period.ts";
import { Explain } from "./statistic.tsx";

const choices = ["before", "sensor", "custom"] as const;
type Choice = (typeof choices)[number];

/** What the period is compared with. It outlives a change of the period. */
export interface ComparisonChoice {
  readonly choice: Choice | null;
  readonly days: Window | null;
}

/** This period beside another: the one before, this sensor beside the last, or any other days. */
export function Compare(props: DetailsProps) {
  const t = useDetailMessages();
  const { data, nowMs, comparison, onComparison } = props;
  const { choice, days } = comparison;
  const sensors = sensorSides(data.readings, data, data.lives, nowMs);
  const pairs: Record<Choice, [Side, Side] | null> = {
    before: [data, periodBefore(data, data.timeZone)],
    sensor: sensors,
    custom: days && [data, days],
  };
  const pair = choice && pairs[choice];
  return (
    <Paper
      withBorder
      p="md"
      component="section"
      aria-labelledby="compare"
      className={classes.compare}
      data-open={pair ? "" : undefined}
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
          onChange={(value) => onComparison({ choice: value as Choice, days })}
          data={choices.map((value) => ({ value, label: t(`compare-${value}`) }))}
        />
        {choice === "custom" && <OtherDays {...props} />}
      </Group>
      {choice === "sensor" && !sensors && <Text mt="sm">{t("oneSensor")}</Text>}
      {pair && <Comparison key={choice} {...props} spans={pair} />}
    </Paper>
  );
}

function OtherDays({ data, nowMs, comparison: { days }, onComparison }: DetailsProps) {
  const t = usePatientMessages();
  const { timeZone } = data;
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
          onComparison({ choice: "custom", days: range });
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
