import type { ImportJob } from "#contract/import.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Heard } from "../ui/heard.tsx";
import { TryingAgain, usePaceWords } from "../ui/pace.tsx";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";
import { useTroubleWords } from "../ui/trouble-words.ts";

/** How far the file has come, how fast, and what it waits for. */
export function Progress({ job }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const words = useMessages("imports", "file");
  const { language } = usePreferences();
  const troubleWords = useTroubleWords();
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
        className={progress.progress}
        max={Math.max(1, all)}
        value={all === 0 ? 1 : done}
        aria-label={words(`state-${state}`)}
      />
      <p style={{ fontVariantNumeric: "tabular-nums" }}>
        {[doneWords, ...usePaceWords(job, counts.new)].join(" · ")}
      </p>
      <StateWords job={job} />
      <Heard
        words={t("heard", { state: words(`state-${state}`), words: heard })}
        kind={`${state} ${trouble?.code}`}
      />
    </div>
  );
}

function StateWords({ job }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const { state, trouble } = job;
  const troubleWords = useTroubleWords();
  if (state === "running")
    return trouble ? (
      <TryingAgain {...job} reason={troubleWords(trouble)} />
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
