import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { bandOf, type Edges } from "#glucose/bands.ts";
import { freshnessOf } from "#glucose/freshness.ts";
import { latestIndex, sideOf } from "#glucose/latest.ts";
import type { Reading } from "#glucose/reading.ts";
import { followsGap } from "#glucose/series.ts";
import { targetsFor } from "#glucose/targets.ts";
import { formatGlucose } from "#glucose/units.ts";
import { wearDay } from "#glucose/wear.ts";
import { bandWord } from "#report/chart/words.ts";
import { formatAge, formatDateTime } from "#words/time.ts";
import { patientQueries } from "../api/patients.ts";
import { readingsQueries } from "../api/readings.ts";
import { GlucoseValue } from "../chart/glucose-value.tsx";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Dotted } from "../ui/dotted.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Skeleton } from "../ui/skeleton.tsx";
import classes from "./patient.module.css";
import { Since } from "./standing-words.tsx";
import { useStanding } from "./use-standing.ts";

/** The latest reading, large, with its arrow and age, and the sensor it came from. */
export function NowPanel({ patient }: { patient: Pick<Patient, "id" | "timeZone" | "targets"> }) {
  const t = useMessages("patient", "page");
  const { unit, language } = usePreferences();
  const nowMs = useNow();
  const { data: summary, isPending: isSummaryPending } = useQuery(patientQueries.summary(patient.id));
  const { data: recent, isPending: isRecentPending } = useQuery(readingsQueries.recent(patient.id));
  const isPending = isSummaryPending || isRecentPending;
  const readings = recent?.readings ?? [];
  const index = latestIndex(readings);
  const newest = readings[index];
  const edges = useMemo(() => targetsFor(patient.targets).edges, [patient.targets]);
  const standing = useStanding(patient, edges, nowMs);
  // Both were chosen alike; whichever read is the later one knows more.
  const isNewer = newest !== undefined && (!summary || (recent?.asOfMs ?? 0) >= summary.asOfMs);
  const latest = isNewer ? { ...newest, afterGap: followsGap(readings, index) } : summary?.latest;
  if (!latest) return isPending ? <NowSkeleton /> : null;
  const isCurrent = freshnessOf(latest.timeMs, nowMs) === "current" && !latest.warmUp;
  // The one that speaks may be a moment newer than what since when is told
  // from: then it has to go on from there.
  const goesOn = !latest.warmUp && !latest.afterGap && standing?.side === sideOf(latest.valueMmolL, edges);
  const since = standing && (standing.timeMs === latest.timeMs || goesOn) ? standing : null;
  return (
    <section className={classes.now} aria-label={t("now")} data-roomy={isPending || isCurrent}>
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

/** In the place of the panel while nothing is known yet. */
export function NowSkeleton() {
  return (
    <section className={classes.now} data-roomy="true" aria-busy="true">
      <Skeleton className={layout.belowSm} height="2.75rem" width="50%" />
      <Skeleton height="4rem" width="85%" />
    </section>
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
  const t = useMessages("patient", "page");
  const words = useMessages("domain");
  const { unit } = usePreferences();
  const isCurrent = freshnessOf(latest.timeMs, nowMs) === "current" && !latest.warmUp;
  const state = isCurrent ? bandOf(latest.valueMmolL, edges) : "stale";
  const [announced, setAnnounced] = useState<{ state: typeof state; text: string }>({ state, text: "" });
  if (announced.state !== state) {
    const value = `${formatGlucose(latest.valueMmolL, unit)} ${unit}`;
    const text =
      state === "stale" ? t("announceStale") : t("announce", { value, state: bandWord(words, state) });
    setAnnounced({ state, text });
  }
  return (
    <span className={prose.unseen} role="status">
      {announced.text}
    </span>
  );
}

function Sensor({ sensor, nowMs }: { sensor: NonNullable<PatientSummary["sensor"]>; nowMs: number }) {
  const t = useMessages("patient", "page");
  const { serial } = sensor;
  const day = wearDay(sensor, nowMs);
  const words = day === null ? t("sensorUnknown") : day === "ended" ? t("sensorEnded") : t("sensorDay", day);
  return (
    <>
      <br />
      <Dotted>
        {words}
        <Link className={`${prose.link} ${prose.underlined} ${classes.link}`} to={`/devices/${serial}`}>
          {t("field.sensor", { serial })}
        </Link>
      </Dotted>
    </>
  );
}
