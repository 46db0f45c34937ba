import type { PatientSummary, ListedPatient as Row } from "#contract/roster.ts";
import { type TargetChoice, targetsFor } from "#glucose/targets.ts";
import { formatAge } from "#words/time.ts";
import { GlucoseValue } from "../chart/glucose-value.tsx";
import { useMessages } from "../i18n.ts";
import { useIsToldAbove } from "../outage.ts";
import { usePreferences } from "../preferences.ts";
import { Loading } from "../ui/loading.tsx";
import { useFailureWords } from "../ui/plain-failure.tsx";
import classes from "./roster.module.css";

/** What a row shows of how somebody is now, and of how asking for it went. */
export interface LivePart {
  row: Row;
  nowMs: number;
  targets: TargetChoice;
  summary?: PatientSummary | undefined;
  trouble?: Error | null;
  isAsked?: boolean;
}

export function Glucose({ row, nowMs, targets, summary, trouble = null, isAsked = false }: LivePart) {
  const { language } = usePreferences();
  const latest = summary?.latest;
  const isToldAbove = useIsToldAbove(trouble);
  const failure = isToldAbove ? null : trouble;
  const timeMs = summary ? latest?.timeMs : (row.status?.lastReadingAtMs ?? undefined);
  return (
    <>
      {summary ? (
        <Latest summary={summary} targets={targets} nowMs={nowMs} />
      ) : (
        (!trouble || isToldAbove) && (
          <Loading height="1.25rem" width="6rem" isStill={!isAsked || Boolean(trouble)} />
        )
      )}
      {failure && <RowFailure error={failure} asOfMs={summary?.asOfMs ?? null} nowMs={nowMs} />}
      {timeMs !== undefined && (
        <time className={classes.measured} dateTime={new Date(timeMs).toISOString()}>
          {formatAge(nowMs - timeMs, language)}
        </time>
      )}
    </>
  );
}

export function Latest({
  summary,
  targets,
  nowMs,
}: {
  summary: PatientSummary;
  targets: TargetChoice;
  nowMs: number;
}) {
  const t = useMessages("roster");
  const { unit } = usePreferences();
  const { latest, stage } = summary;
  if (!latest) return <span className={classes.stage}>{t("stage-waiting")}</span>;
  // A new sensor after an old one: the readings of before do not make this one ready.
  if (stage === "warming-up" || latest.warmUp)
    return <span className={classes.stage}>{t("stage-warming-up")}</span>;
  return (
    <GlucoseValue
      valueMmolL={latest.valueMmolL}
      edges={targetsFor(targets).edges}
      unit={unit}
      trendCode={latest.trend}
      timeMs={latest.timeMs}
      nowMs={nowMs}
      afterGap={latest.afterGap}
    />
  );
}

function RowFailure({ error, asOfMs, nowMs }: { error: Error; asOfMs: number | null; nowMs: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const { title } = useFailureWords(error);
  return (
    <small className={classes.failed}>
      {asOfMs === null ? title : t("rowFailed", { title, age: formatAge(nowMs - asOfMs, language) })}
    </small>
  );
}
