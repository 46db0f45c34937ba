import { useEffect, useRef } from "react";
import { minuteMs } from "#glucose/time.ts";
import { steadyMs } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import layout from "../ui/layout.module.css";
import { formatList } from "../ui/list.ts";
import { Notice } from "../ui/notice.tsx";
import { useFailureWords } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { formatDuration } from "../ui/time.ts";
import { useAnnouncement } from "../ui/use-announcement.ts";
import type { LeftOut, Run } from "./kept-run.ts";
import classes from "./lookups.module.css";
import { isRetryable, type RunStore } from "./run.ts";

const mostTold = 5;

/** How far the list has come, and what can be done with it. */
interface ProgressProps {
  run: Run;
  store: RunStore;
  /** The form that had the focus has just made room for it. */
  takesFocus: boolean;
}

export function Progress({ run, store, takesFocus }: ProgressProps) {
  const t = useMessages("lookups");
  const { language } = usePreferences();
  const all = run.rows.length;
  const done = run.rows.filter(({ answer }) => answer !== null).length;
  const failed = run.rows.filter(isRetryable).length;
  // The pace since this page began to watch tells how long the rest takes.
  const since = useRef<{ atMs: number; done: number } | null>(null);
  useEffect(() => {
    since.current = run.status === "running" ? (since.current ?? { atMs: steadyMs(), done }) : null;
  }, [run.status, done]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) place.current?.focus();
  }, [takesFocus]);
  const seen = since.current;
  const rate = seen && done > seen.done ? (done - seen.done) / (steadyMs() - seen.atMs) : null;
  const left =
    rate === null || done === all ? null : formatDuration(Math.max(minuteMs, (all - done) / rate), language);
  useAnnouncement(
    run.status,
    run.status === "running" ? t("looking", { all }) : t("progress", { done, all }),
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div ref={place} tabIndex={-1} role="group" aria-label={t("progressName")} className={classes.place}>
      <progress className={classes.progress} max={all} value={done} aria-label={t("progressName")} />
      <p>
        {run.status === "running" && left
          ? t("progressLeft", { done, all, left })
          : t("progress", { done, all })}
      </p>
      <LeftOutWords {...run.leftOut} />
      {failed > 0 && <p>{t("unanswered", { count: failed })}</p>}
      {run.status === "paused" && !run.waiting && <p className={prose.small}>{t("paused")}</p>}
      {run.status === "elsewhere" && <p className={prose.small}>{t("elsewhere")}</p>}
      {run.waiting && <Waiting error={run.waiting} isRunning={run.status === "running"} />}
      <div className={`${layout.row} ${layout.aboveSm}`}>
        {(run.status === "running" || run.status === "paused") && (
          <Button onClick={run.status === "running" ? store.pause : store.resume}>
            {t(run.status === "running" ? "action.pause" : "resume")}
          </Button>
        )}
        {(run.status === "idle" || run.status === "paused") && failed > 0 && (
          <Button variant="default" onClick={store.retryFailed}>
            {t("retry", { count: failed })}
          </Button>
        )}
        {run.status !== "elsewhere" && (
          <ConfirmButton
            words={t("cancel")}
            sure={t("cancelSure")}
            consequence={t("cancelMeaning")}
            keep={t("action.keep")}
            onConfirm={store.cancel}
          />
        )}
      </div>
    </div>
  );
}

/** What was in the list and is not looked up. */
function LeftOutWords({ unusable, repeated, overLimit }: LeftOut) {
  const t = useMessages("lookups");
  const { language } = usePreferences();
  const texts = [...unusable.slice(0, mostTold), ...(unusable.length > mostTold ? ["…"] : [])];
  const parts = [
    ...(unusable.length > 0
      ? [t("unusable", { count: unusable.length, texts: formatList(texts, language) })]
      : []),
    ...(repeated > 0 ? [t("repeats", { count: repeated })] : []),
    ...(overLimit > 0 ? [t("overLimitShort", { count: overLimit })] : []),
  ];
  return parts.length > 0 && <p>{formatList(parts, language)}</p>;
}

function Waiting({ error, isRunning }: { error: Error; isRunning: boolean }) {
  const t = useMessages("lookups");
  const { title } = useFailureWords(error);
  return (
    <Notice className={layout.aboveSm} color="orange" role="alert">
      {t(isRunning ? "waiting" : "stopped", { title })}
    </Notice>
  );
}
