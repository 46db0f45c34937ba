import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { usePreferences } from "../preferences.ts";
import { useFailureWords } from "../ui/failure.tsx";
import { formatDuration } from "../ui/time.ts";
import classes from "./lookups.module.css";
import { useLookupsMessages } from "./messages.ts";
import { isRetryable, type Run, type RunStore } from "./run.ts";

/** How far the list has come, and what can be done with it. */
export function Progress({ run, store }: { run: Run; store: RunStore }) {
  const t = useLookupsMessages();
  const { language } = usePreferences();
  const all = run.rows.length;
  const done = run.rows.filter(({ answer }) => answer !== null).length;
  const failed = run.rows.filter(isRetryable).length;
  // The pace since this page began to watch tells how long the rest takes.
  const since = useRef<{ atMs: number; done: number } | null>(null);
  useEffect(() => {
    since.current = run.status === "running" ? (since.current ?? { atMs: Date.now(), done }) : null;
  }, [run.status, done]);
  const seen = since.current;
  const rate = seen && done > seen.done ? (done - seen.done) / (Date.now() - seen.atMs) : null;
  const left = rate === null || done === all ? null : formatDuration((all - done) / rate + 30_000, language);
  return (
    <div>
      <progress className={classes.progress} max={all} value={done} aria-label={t("table")} />
      <Text role="status">
        {run.status === "running" && left
          ? t("progressLeft", { done, all, left })
          : t("progress", { done, all })}
      </Text>
      {run.status === "paused" && <Text size="sm">{t("paused")}</Text>}
      {run.waiting && <Waiting error={run.waiting} />}
      <Group mt="sm">
        {run.status === "running" && <Button onClick={store.pause}>{t("pause")}</Button>}
        {run.status === "paused" && <Button onClick={store.resume}>{t("resume")}</Button>}
        {run.status !== "running" && failed > 0 && (
          <Button variant="default" onClick={store.retryFailed}>
            {t("retry", { count: failed })}
          </Button>
        )}
        <Button variant="default" onClick={store.cancel}>
          {t("cancel")}
        </Button>
      </Group>
    </div>
  );
}

function Waiting({ error }: { error: Error }) {
  const t = useLookupsMessages();
  return <Text fw={600}>{t("waiting", { title: useFailureWords(error).title })}</Text>;
}
