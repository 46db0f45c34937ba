import { Button, Group, Paper, SegmentedControl, Skeleton, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bands } from "#glucose/bands.ts";
import { inWindow } from "#glucose/series.ts";
import { type Statistics, statisticsOf } from "#glucose/statistics.ts";
import { toMgDl } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime } from "../ui/time.ts";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./details.module.css";
import { usePatientMessages } from "./messages.ts";
import type { DetailsProps } from "./patient-details.tsx";
import { dateInput, type RangeFault, rangeOfDays, type Window } from "./period.ts";
import { patientQueries } from "./queries.ts";
import { Explain } from "./statistic.tsx";

const choices = ["before", "sensor", "custom"] as const;
type Choice = (typeof choices)[number];

/** This period beside another: the one before, this sensor beside the last, or any other days. */
export function Compare(props: DetailsProps) {
  const t = useDetailMessages();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [days, setDays] = useState<Window | null>(null);
  const { data } = props;
  const sensors = sensorSpans(data.readings, data);
  const pairs: Record<Choice, [Window, Window] | null> = {
    before: [data, { startMs: data.startMs - (data.endMs - data.startMs), endMs: data.startMs }],
    sensor: sensors,
    custom: days && [data, days],
  };
  const pair = choice && pairs[choice];
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="compare" className={classes.compare}>
      <Group gap="xs">
        <Title order={2} id="compare">
          {t("compare")}
        </Title>
        <Explain name={t("compare")} definition={t("defCompare")} basis={data} />
      </Group>
      <Group mt="xs" align="flex-end">
        <SegmentedControl
          aria-label={t("compareWith")}
          className={classes.choices}
          value={choice ?? ""}
          onChange={(value) => setChoice(value as Choice)}
          data={choices.map((value) => ({ value, label: t(`compare-${value}`) }))}
        />
        {choice === "custom" && <OtherDays {...props} onChange={setDays} />}
      </Group>
      {choice === "sensor" && !sensors && <Text mt="sm">{t("oneSensor")}</Text>}
      {pair && <Comparison key={choice} {...props} spans={pair} />}
    </Paper>
  );
}

/** From the first to the last reading of the two latest sensors, newest first; null when there is only one. */
function sensorSpans(
  readings: DetailsProps["data"]["readings"],
  { startMs, endMs }: Window,
): [Window, Window] | null {
  const inPeriod = inWindow(readings, startMs, endMs);
  const latest = inPeriod.at(-1)?.sensor;
  const since = inPeriod.findIndex(({ sensor }) => sensor === latest);
  const before = inPeriod.slice(0, since);
  const last = before.at(-1)?.sensor;
  const [first, start, end] = [
    before.find(({ sensor }) => sensor === last),
    inPeriod[since],
    inPeriod.at(-1),
  ];
  const lastEnd = before.at(-1);
  if (!first || !start || !end || !lastEnd) return null;
  return [
    { startMs: start.timeMs, endMs: end.timeMs + 1 },
    { startMs: first.timeMs, endMs: lastEnd.timeMs + 1 },
  ];
}

function OtherDays({ data, nowMs, onChange }: DetailsProps & { onChange: (days: Window) => void }) {
  const t = usePatientMessages();
  const { timeZone } = data;
  const [from, setFrom] = useState(() => dateInput(data.startMs - (data.endMs - data.startMs), timeZone));
  const [to, setTo] = useState(() => dateInput(data.startMs - 1, timeZone));
  const [fault, setFault] = useState<RangeFault | null>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const range = rangeOfDays(from, to, timeZone, nowMs);
        setFault(typeof range === "string" ? range : null);
        if (typeof range !== "string" && range.kind === "range") onChange(range);
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

function Comparison({
  patient,
  data,
  spans: [own, other],
  shownZone,
}: DetailsProps & { spans: [Window, Window] }) {
  const t = useDetailMessages();
  const names = usePatientMessages();
  const { unit, language } = usePreferences();
  const {
    data: read,
    error,
    refetch,
  } = useQuery({
    ...patientQueries.history(patient.id, { kind: "range", startMs: other.startMs, endMs: other.endMs }),
    placeholderData: undefined,
  });
  if (error && !read) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!read) return <Skeleton height={200} mt="md" />;

  const statistics = [
    statisticsOf(data.readings, own, data.targets.edges),
    statisticsOf(read.readings, other, data.targets.edges),
  ] as const;
  const rows: {
    key: string;
    name: string;
    unit: string;
    digits: number;
    of: (s: Statistics) => number | null;
  }[] = [
    ...bands.toReversed().map((band) => ({
      key: band,
      name: names(`name-${band}`),
      unit: "%",
      digits: 1,
      of: (s: Statistics) => (s.timeIn ? s.timeIn[band] * 100 : null),
    })),
    {
      key: "mean",
      name: names("mean"),
      unit,
      digits: unit === "mmol/L" ? 1 : 0,
      of: ({ meanMmolL }) => (meanMmolL === null || unit === "mmol/L" ? meanMmolL : toMgDl(meanMmolL)),
    },
    { key: "gmi", name: names("gmi"), unit: "%", digits: 1, of: (s) => s.gmiPercent },
    { key: "cv", name: names("cv"), unit: "%", digits: 1, of: (s) => s.cvPercent },
    { key: "active", name: names("active"), unit: "%", digits: 1, of: (s) => s.activeShare * 100 },
    { key: "n", name: t("readingsN"), unit: "", digits: 0, of: (s) => s.n },
  ];
  const at = (timeMs: number) => formatDateTime(timeMs, shownZone, language);
  return (
    <ScrollRegion label={t("metric")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("metric")}</th>
            {[own, other].map(({ startMs, endMs }) => (
              <th key={startMs} scope="col">
                {at(startMs)} – {at(endMs - 1)}
              </th>
            ))}
            <th scope="col">{t("differenceColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, unit: of, digits, of: value }) => {
            const [a, b] = statistics.map((s) => value(s)?.toFixed(digits) ?? null);
            // Of the numbers as they are shown, so that the row adds up.
            const by = a === null || b === null ? null : Number(a) - Number(b);
            return (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{a === null ? "–" : `${a} ${of}`}</td>
                <td>{b === null ? "–" : `${b} ${of}`}</td>
                <td>
                  {by === null
                    ? "–"
                    : `${by > 0 ? "+" : by < 0 ? "−" : "±"}${Math.abs(by).toFixed(digits)} ${of === "%" ? t("points") : of}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {statistics.some(({ activeShare }) => activeShare < 0.7) && <Text size="sm">{t("compareLittle")}</Text>}
    </ScrollRegion>
  );
}
