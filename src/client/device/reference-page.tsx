import type { ReactNode } from "react";
import { deviceStates } from "#contract/device.ts";
import { minuteMs } from "#glucose/time.ts";
import { thresholds } from "#sensor/verdict.ts";
import { formatDuration, localeOf } from "#words/time.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import layout from "../ui/layout.module.css";
import { Page } from "../ui/page.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { formatPercent } from "./share.ts";
import classes from "./verdict.module.css";

const verdicts = [
  "working",
  "irregular",
  "patchy",
  "poor",
  "silent",
  "warming-up",
  "no-values",
  "never-sent",
  "overdue",
  "end",
  "doubtful",
] as const;
const claims = [
  "overdue",
  "late",
  "lost",
  "sensor-silent",
  "not-uploaded",
  "clock",
  "new-phone",
  "vendor",
] as const;

/** The thresholds of verdicts and claims, as the sentences about them say them. */
function useThresholdTexts() {
  const { language } = usePreferences();
  const length = (ms: number) => formatDuration(ms, language);
  const percent = (share: number) => formatPercent(Math.round(share * 100), localeOf(language));
  return {
    good: percent(thresholds.goodShare),
    poor: percent(thresholds.poorShare),
    silent: length(thresholds.silentMs),
    warmUp: length(thresholds.warmUpMs),
    median: length(thresholds.lateMedianMin * minuteMs),
    worst: length(thresholds.lateWorstMin * minuteMs),
    end: length(thresholds.endToleranceMs),
    drift: length(thresholds.driftMin * minuteMs),
    duplicates: thresholds.duplicates,
    silences: thresholds.recurringSilences,
    recent: length(thresholds.recentMs),
  };
}

/** `/help/sensors`: what each state, verdict and failure means, and what to tell a caller. */
export function ReferencePage() {
  const t = useMessages("device", "reference");
  const life = useMessages("device", "life");
  const values = useThresholdTexts();
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={layout.column} data-gap="xl">
        <Part title={t("states")}>
          {deviceStates.map((state) => (
            <Entry key={state} name={life(`state.${state}`)}>
              {state === "unknown" ? life("unknownMeansAny") : life(`${state}Means`)}
            </Entry>
          ))}
        </Part>
        <Part title={t("verdicts")}>
          {verdicts.map((name) => (
            <Entry key={name} name={t(`verdict-${name}`)}>
              {t(`verdict-${name}-means`, values)}
            </Entry>
          ))}
        </Part>
        <Part title={t("claims")}>
          {claims.map((name) => (
            <Entry key={name} name={t(`claim-${name}`)}>
              {t(`claim-${name}-means`, values)}
            </Entry>
          ))}
        </Part>
        <Part title={t("failures")}>
          <Failures />
        </Part>
      </div>
    </Page>
  );
}

function Failures() {
  const failure = useMessages("domain", "failure");
  const trouble = useMessages("device", "trouble");
  return (
    <>
      <Entry name={failure("device-unknown.title")}>{trouble("unknownSay")}</Entry>
      <Entry name={trouble("refusedTitle")}>{trouble("refusedSay")}</Entry>
      <Entry name={`${failure("platform-unauthorized.title")} (1001)`}>
        <Sentences>
          {failure("platform-unauthorized.meaning")}
          {failure("platform-unauthorized.next")}
        </Sentences>
      </Entry>
      <Entry name={trouble("outageTitle")}>{trouble("outageSay")}</Entry>
      <Entry name={failure("platform-error.title")}>
        <Sentences>
          {failure("platform-error.meaning")}
          {failure("platform-error.next")}
        </Sentences>
      </Entry>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className={layout.belowXs}>{title}</h2>
      <dl className={classes.reference}>{children}</dl>
    </section>
  );
}

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
