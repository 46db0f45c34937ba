import { Button, Group, Paper, SegmentedControl, Skeleton, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Band, bands } from "#glucose/bands.ts";
import { type Statistics, statisticsOf } from "#glucose/statistics.ts";
import { formatGlucose, toMgDl } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime, formatDuration, formatShortDateTime } from "../ui/time.ts";
import { daysBefore, hoursAround, type Side, sensorSides, shortfallOf } from "./compare-sides.ts";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./details.module.css";
import { usePatientMessages } from "./messages.ts";
import type { DetailsProps } from "./patient-details.tsx";
import { dateInput, type RangeFault, rangeOfDays, type Window } from "./period.ts";
import { patientQueries } from "./queries.ts";
import { Explain, goalWords } from "./statistic.tsx";

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

function Comparison({
  patient,
  data,
  spans: [own, other],
  shownZone,
  nowMs,
}: DetailsProps & { spans: [Side, Side] }) {
  const t = useDetailMessages();
  const names = usePatientMessages();
  const { unit, language } = usePreferences();
  const {
    data: read,
    error,
    refetch,
  } = useQuery({
    ...patientQueries.history(patient.id, { kind: "range", ...hoursAround(other) }),
    placeholderData: undefined,
  });
  if (error && !read) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!read) return <Skeleton height={200} mt="md" />;

  const statistics = [
    statisticsOf(data.readings, own, data.targets.edges),
    statisticsOf(read.readings, other, data.targets.edges),
  ] as const;
  const sides = [own, other].map((side, index) => ({
    ...side,
    shortfall: shortfallOf(side, statistics[index as 0 | 1]),
  }));
  const isWithheld = sides.some(({ shortfall }) => shortfall);
  const percentIn = ({ timeIn }: Statistics, band: Band) => timeIn && timeIn[band] * 100;
  const { edges, goals } = data.targets;
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
      of: (s: Statistics) => percentIn(s, band),
    })),
    {
      key: "below",
      name: t("withGoal", {
        name: names("allBelow", { edge: formatGlucose(edges.low, unit) }),
        goal: goalWords(goals.belowRange),
      }),
      unit: "%",
      digits: 1,
      // Of the two parts as they are shown, so that the column adds up.
      of: (s) =>
        s.timeIn &&
        [percentIn(s, "low"), percentIn(s, "very-low")].reduce<number>(
          (sum, part) => sum + Number(part?.toFixed(1)),
          0,
        ),
    },
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
  const yearOf = (timeMs: number) => dateInput(timeMs, shownZone).slice(0, 4);
  const isThisYear = sides.every(({ startMs }) => yearOf(startMs) === yearOf(nowMs));
  const at = (timeMs: number) =>
    (isThisYear ? formatShortDateTime : formatDateTime)(timeMs, shownZone, language);
  const whyWithheld = ({ startMs, endMs, sensor, shortfall }: (typeof sides)[number], active: number) => {
    if (shortfall === "piece")
      return t("piece", {
        duration: formatDuration(endMs - startMs, language),
        serial: sensor?.serial ?? "",
      });
    const duration = formatDuration((endMs - startMs) * active, language);
    return sensor
      ? t("littleOfSensor", { duration, serial: sensor.serial })
      : t("littleOfDays", { duration, from: at(startMs), to: at(endMs - 1) });
  };
  return (
    <ScrollRegion label={t("metric")}>
      {isWithheld && (
        <Text role="note" size="sm" fw={600} mt="sm">
          {sides
            .flatMap((side, i) =>
              side.shortfall ? [whyWithheld(side, statistics[i as 0 | 1].activeShare)] : [],
            )
            .join(" ")}{" "}
          {t("withheld")}
        </Text>
      )}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("metric")}</th>
            {sides.map(({ startMs, endMs, sensor }) => (
              <th key={startMs} scope="col">
                {sensor && <strong>{t("sensorNamed", { serial: sensor.serial })} </strong>}
                <span className={classes.line}>{at(startMs)} –</span>{" "}
                <span className={classes.line}>{at(endMs - 1)}</span>
              </th>
            ))}
            <th scope="col">{t("differenceColumn")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, unit: of, digits, of: value }) => {
            const [a = null, b = null] = statistics.map((s, index) =>
              key === "gmi" && sides[index]?.shortfall ? null : (value(s)?.toFixed(digits) ?? null),
            );
            // Of the numbers as they are shown, so that the row adds up.
            const by = isWithheld || a === null || b === null ? null : Number(a) - Number(b);
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
