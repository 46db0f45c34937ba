import { Anchor, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { bandOf, type Edges } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { latestIndex, type SideSince, sideSince } from "#glucose/latest.ts";
import { localDateOf } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { followsGap } from "#glucose/series.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatGlucose } from "#glucose/units.ts";
import { wearDay } from "#glucose/wear.ts";
import { GlucoseValue } from "../chart/glucose-value.tsx";
import { bandWord, useChartWords } from "../chart/words.ts";
import { useNow } from "../clock.ts";
import { usePreferences } from "../preferences.ts";
import { Dotted } from "../ui/dotted.tsx";
import print from "../ui/print.module.css";
import {
  formatAge,
  formatDateTime,
  formatDuration,
  formatShortDateTime,
  formatTime,
  shownLengthMs,
  withZone,
} from "../ui/time.ts";
import { usePatientMessages } from "./messages.ts";
import classes from "./patient.module.css";
import { patientQueries } from "./queries.ts";

/** The latest reading, large, with its arrow and age, and the sensor it came from. */
export function NowPanel({ patient }: { patient: Patient }) {
  const t = usePatientMessages();
  const { unit, language } = usePreferences();
  const nowMs = useNow();
  const { data: summary } = useQuery(patientQueries.summary(patient.id));
  const { data: recent } = useQuery(patientQueries.recent(patient.id));
  const readings = recent?.readings ?? [];
  const index = latestIndex(readings);
  const newest = readings[index];
  // Both were chosen alike; whichever read is the later one knows more.
  const isNewer = newest !== undefined && (!summary || (recent?.asOfMs ?? 0) >= summary.asOfMs);
  const latest = isNewer ? { ...newest, afterGap: followsGap(readings, index) } : summary?.latest;
  if (!latest) return null;
  const { edges } = targetsFor(patient.targets);
  const since =
    isNewer && freshnessOf(newest.timeMs, nowMs) === "current" ? sideSince(readings, index, edges) : null;
  return (
    <section className={classes.now} aria-label={t("now")}>
      <Announcement latest={latest} edges={edges} nowMs={nowMs} />
      <GlucoseValue {...latest} edges={edges} trendCode={latest.trend} unit={unit} nowMs={nowMs} size="lg" />
      <p>
        {since && <Since {...since} nowMs={nowMs} timeZone={patient.timeZone} />}
        <span className={print.screenOnly}>
          {t("measured", { when: formatAge(nowMs - latest.timeMs, language) })}
        </span>
        <span className={print.printOnly}>
          {t("measured", { when: formatDateTime(latest.timeMs, patient.timeZone, language) })}
        </span>
        {summary?.sensor && <Sensor sensor={summary.sensor} nowMs={nowMs} />}
      </p>
    </section>
  );
}

/** Since when glucose has been below, in or above the range. */
function Since({ side, sinceMs, isSeen, nowMs, timeZone }: SideSince & { nowMs: number; timeZone: string }) {
  const t = usePatientMessages();
  const { language } = usePreferences();
  const isToday = localDateOf(sinceMs, timeZone) === localDateOf(nowMs, timeZone);
  const shown = (isToday ? formatTime : formatShortDateTime)(sinceMs, timeZone, language);
  const time = withZone(shown, timeZone, language);
  return (
    <strong className={classes.since}>
      {isSeen
        ? t(`since-${side}`, { time, duration: formatDuration(shownLengthMs(sinceMs, nowMs), language) })
        : t(`sinceAtLeast-${side}`, { time })}
    </strong>
  );
}

/** Tells a screen reader when glucose enters another range or goes stale, and not at every reading. */
function Announcement({
  latest,
  edges,
  nowMs,
}: {
  latest: Pick<Reading, "timeMs" | "valueMmolL" | "warmUp">;
  edges: Edges;
  nowMs: number;
}) {
  const t = usePatientMessages();
  const words = useChartWords();
  const { unit } = usePreferences();
  const isCurrent = freshnessOf(latest.timeMs, nowMs) === "current" && !latest.warmUp;
  const state = isCurrent ? bandOf(latest.valueMmolL, edges) : "stale";
  const [told, setTold] = useState<{ state: typeof state; text: string }>({ state, text: "" });
  if (told.state !== state) {
    const value = `${formatGlucose(latest.valueMmolL, unit)} ${unit}`;
    const text =
      state === "stale" ? t("announceStale") : t("announce", { value, state: bandWord(words, state) });
    setTold({ state, text });
  }
  return <VisuallyHidden role="status">{told.text}</VisuallyHidden>;
}

function Sensor({ sensor, nowMs }: { sensor: NonNullable<PatientSummary["sensor"]>; nowMs: number }) {
  const t = usePatientMessages();
  const { serial } = sensor;
  const day = wearDay(sensor, nowMs);
  const words = day === null ? t("sensorUnknown") : day === "ended" ? t("sensorEnded") : t("sensorDay", day);
  return (
    <>
      <br />
      <Dotted>
        {words}
        <Anchor
          component={Link}
          className={classes.link}
          to={`/devices/${serial}`}
          inherit
          underline="always"
        >
          {t("sensorSerial", { serial })}
        </Anchor>
      </Dotted>
    </>
  );
}
