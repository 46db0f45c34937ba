import { useEffect, useRef, useState } from "react";
import type { ImportJob } from "#contract/import.ts";
import { exactRealMs } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import prose from "../ui/prose.module.css";
import { formatDuration } from "../ui/time.ts";
import classes from "./imports.module.css";
import { useRowWords } from "./words.ts";

const heardEveryMs = 20_000;

/** How far the file has come, how fast, and what it waits for. */
export function Progress({ job }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const words = useMessages("imports", "file");
  const { language } = usePreferences();
  const { troubleWords } = useRowWords(job.state);
  const { state, counts, trouble } = job;
  const done = counts.registered + counts.failed;
  const all = done + counts.new;
  const number = new Intl.NumberFormat(language);
  const doneWords = t(state === "done" ? "progressDone" : "progress", {
    done: number.format(done),
    all: number.format(all),
  });
  const heard = trouble ? troubleWords(trouble) : doneWords;
  return (
    <div>
      <progress
        className={classes.progress}
        max={Math.max(1, all)}
        value={all === 0 ? 1 : done}
        aria-label={words(`state-${state}`)}
      />
      <p style={{ fontVariantNumeric: "tabular-nums" }}>{[doneWords, ...usePaceWords(job)].join(" · ")}</p>
      <StateWords job={job} />
      <Heard
        words={t("heard", { state: words(`state-${state}`), words: heard })}
        kind={`${state} ${trouble?.code}`}
      />
    </div>
  );
}

/** How fast and how long yet; nothing while nothing goes through. */
function usePaceWords({ counts, trouble, rowsPerSecond, secondsLeft }: ImportJob): string[] {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  if (trouble || !rowsPerSecond) return [];
  const rate = t("rate", {
    rate: new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(rowsPerSecond),
  });
  if (counts.new === 0 || secondsLeft === null) return [rate];
  if (secondsLeft < 60) return [rate, t("soon")];
  return [rate, t("left", { left: formatDuration(secondsLeft * 1000 + 30_000, language) })];
}

/**
 * For screen readers: at once when `kind` changes, else now and then, since every
 * second's numbers would talk over all else.
 */
function Heard({ words, kind }: { words: string; kind: string }) {
  const latest = useRef(words);
  const [heard, setHeard] = useState(words);
  useEffect(() => {
    latest.current = words;
  }, [words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind is heard at once.
  useEffect(() => {
    const renew = () => setHeard(latest.current);
    renew();
    const timer = setInterval(renew, heardEveryMs);
    return () => clearInterval(timer);
  }, [kind]);
  return (
    <span className={prose.unseen} role="status">
      {heard}
    </span>
  );
}

function StateWords({ job }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const { state, trouble } = job;
  const { troubleWords } = useRowWords(state);
  if (state === "running")
    return trouble ? (
      <Trouble job={job} reason={troubleWords(trouble)} />
    ) : (
      <p className={prose.note}>
        {job.rowsPerSecond === 0 && job.counts.new > 0 ? t("unanswered") : t("leave")}
      </p>
    );
  if (state === "paused" && trouble)
    return (
      <p className={prose.strong} role="alert">
        {trouble.code === "internal" ? t("pausedByUs") : t("pausedBy", { reason: troubleWords(trouble) })}
      </p>
    );
  return state === "checked" || state === "done" ? null : <p>{t(state)}</p>;
}

/** Stands between the tries as well as during them; only when the next one is changes. */
function Trouble({ job: { waitUntilMs, asOfMs }, reason }: { job: ImportJob; reason: string }) {
  const t = useMessages("imports", "job");
  const waitMs = waitUntilMs === null ? 0 : exactRealMs(waitUntilMs - asOfMs);
  return (
    <>
      <p className={prose.strong}>{t("trouble", { reason })}</p>
      <p className={prose.note}>
        {waitMs > 0 ? t("nextTry", { seconds: Math.ceil(waitMs / 1000) }) : t("trying")}
      </p>
    </>
  );
}
