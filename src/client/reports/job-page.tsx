import { useQuery } from "@tanstack/react-query";
import type { ReportsJob } from "#contract/reports.ts";
import { formatDateTime } from "#words/time.ts";
import { reportQueries } from "../api/report-jobs.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Heard } from "../ui/heard.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { TryingAgain, usePaceWords } from "../ui/pace.tsx";
import { Page } from "../ui/page.tsx";
import progress from "../ui/progress.module.css";
import prose from "../ui/prose.module.css";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { useTroubleWords } from "../ui/trouble-words.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { JobActions } from "./job-actions.tsx";
import { JobRows } from "./job-rows.tsx";
import { usePeriodWords } from "./words.ts";

/** `/reports/:id`: how far a job has come, what can be done with it, and what became of each patient. */
export function JobPage({ id }: { id: string }) {
  const t = useMessages("reports");
  const periodWords = usePeriodWords();
  const { data, error, refetch } = useQuery(reportQueries.job(id));
  const isUnknown = error instanceof ApiError && error.code === "not-found";
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to="/reports">
        ← {t("mine")}
      </Link>
      <Page
        title={data ? t("job", { count: data.total, period: periodWords(data.asked.period) }) : t("title")}
        lead={data && t(`state-${data.state}`)}
      >
        {(!data || isUnknown) && error && (
          <Failure
            isAnswer
            error={error}
            title={t(isUnknown ? "unknown" : "jobFailed")}
            words={isUnknown ? { meaning: t("unknownMeaning"), next: t("unknownNext") } : undefined}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <Loading height="2.25rem" rows={8} label={t("loading")} />}
        {data && !isUnknown && (
          <div className={layout.column} data-gap="lg">
            <StaleNotice error={error} dataUpdatedAtMs={data.asOfMs} onRetry={() => void refetch()} />
            <Progress job={data} />
            <JobActions job={data} />
            <JobRows job={data} />
          </div>
        )}
      </Page>
    </>
  );
}

function Progress({ job }: { job: ReportsJob }) {
  const t = useMessages("reports");
  const troubleWords = useTroubleWords();
  const { language } = usePreferences();
  const { state, counts, trouble, total, keptUntilMs } = job;
  const done = total - counts.new;
  const doneWords = t("progress", { done, all: total });
  return (
    <div>
      <progress className={progress.progress} max={total} value={done} aria-label={t("progressName")} />
      <p>{[doneWords, ...usePaceWords(job, counts.new)].join(" · ")}</p>
      {counts.failed > 0 && <p className={prose.strong}>{t("failed", { count: counts.failed })}</p>}
      {counts.empty > 0 && <p>{t("empty", { count: counts.empty })}</p>}
      {state === "running" &&
        (trouble ? (
          <TryingAgain {...job} reason={troubleWords(trouble)} />
        ) : (
          <p className={prose.note}>{t("leave")}</p>
        ))}
      {state === "paused" && (
        <p className={prose.strong} role={trouble ? "alert" : undefined}>
          {trouble ? t("pausedBy", { reason: troubleWords(trouble) }) : t("paused")}
        </p>
      )}
      <p className={prose.note}>
        {t("keptUntil", { at: formatDateTime(keptUntilMs, viewerZone, language) })}
      </p>
      <Heard
        words={[t(`state-${state}`), trouble ? troubleWords(trouble) : state === "running" ? "" : doneWords]
          .filter(Boolean)
          .join(". ")}
        kind={`${state} ${trouble?.code}`}
      />
    </div>
  );
}
