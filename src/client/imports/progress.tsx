import { Text, VisuallyHidden } from "@mantine/core";
import type { ImportJob } from "#contract/import.ts";
import { usePreferences } from "../preferences.ts";
import { formatDuration } from "../ui/time.ts";
import classes from "./imports.module.css";
import { useJobMessages } from "./job-messages.ts";
import { useImportMessages } from "./messages.ts";
import { useRowWords } from "./words.ts";

const heardEveryPercent = 10;

/** How far the file has come, how fast, and what it waits for. */
export function Progress({ job }: { job: ImportJob }) {
  const t = useJobMessages();
  const words = useImportMessages();
  const { language } = usePreferences();
  const { state, counts, rowsPerSecond, secondsLeft } = job;
  const done = counts.registered + counts.failed;
  const all = done + counts.new;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const left =
    secondsLeft === null
      ? null
      : secondsLeft < 60
        ? t("soon")
        : t("left", { left: formatDuration(secondsLeft * 1000 + 30_000, language) });
  const said = [
    t("progress", { done: number.format(done), all: number.format(all) }),
    rowsPerSecond === null ? null : t("rate", { rate: number.format(rowsPerSecond) }),
    counts.new > 0 ? left : null,
  ];
  const percent = all === 0 ? 100 : Math.floor((100 * done) / all / heardEveryPercent) * heardEveryPercent;
  return (
    <div>
      <progress
        className={classes.progress}
        max={Math.max(1, all)}
        value={all === 0 ? 1 : done}
        aria-label={words(`state-${state}`)}
      />
      <Text style={{ fontVariantNumeric: "tabular-nums" }}>{said.filter(Boolean).join(" · ")}</Text>
      <StateWords job={job} />
      {/* Every second's numbers would talk over everything else. */}
      <VisuallyHidden role="status">
        {words(`state-${state}`)}. {t("heard", { percent })}
      </VisuallyHidden>
    </div>
  );
}

function StateWords({ job: { state, trouble, waitUntilMs, asOfMs } }: { job: ImportJob }) {
  const t = useJobMessages();
  const { troubleWords } = useRowWords(state);
  if (state === "running") {
    const waitMs = waitUntilMs === null ? 0 : waitUntilMs - asOfMs;
    if (!trouble || waitMs <= 0)
      return (
        <Text size="sm" c="dimmed">
          {t("leave")}
        </Text>
      );
    return (
      <Text fw={600}>
        {t("waiting", { reason: troubleWords(trouble), seconds: Math.ceil(waitMs / 1000) })}
      </Text>
    );
  }
  if (state === "paused" && trouble)
    return (
      <Text fw={600} role="alert">
        {trouble.code === "internal" ? t("pausedByUs") : t("pausedBy", { reason: troubleWords(trouble) })}
      </Text>
    );
  return state === "checked" ? null : <Text>{t(state)}</Text>;
}
