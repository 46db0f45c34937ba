import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type Band, bands } from "#glucose/bands.ts";
import { type Statistics, statisticsOf } from "#glucose/statistics.ts";
import { formatGlucose, toMgDl } from "#glucose/units.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime, formatDuration, formatShortDateTime } from "../ui/time.ts";
import { hoursAround, type Side, shortfallOf } from "./compare-sides.ts";
import { useDetailMessages } from "./detail-messages.ts";
import classes from "./details.module.css";
import { usePatientMessages } from "./messages.ts";
import type { DetailsProps } from "./patient-details.tsx";
import { dateInput } from "./period.ts";
import { patientQueries } from "./queries.ts";
import { goalWords } from "./statistic.tsx";

/** Two sides beside each other with their differences, or why there are none. */
export function Comparison({
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
  if (!read) return <Loading height={200} mt="md" />;

  const statistics = [
    statisticsOf(data.readings, own, data.targets.edges, data.lives),
    statisticsOf(read.readings, other, data.targets.edges, data.lives),
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
