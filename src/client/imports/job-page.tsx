import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLocation, useParams } from "react-router";
import type { ImportJob } from "#contract/import.ts";
import { importQueries } from "../api/imports.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { Actions } from "./actions.tsx";
import { Counts, Facts } from "./facts.tsx";
import { Progress } from "./progress.tsx";
import { RowsTable } from "./rows-table.tsx";

/** `/patients/import/:id`: one file, from its dry run to what became of each row. */
export function JobPage() {
  const t = useMessages("imports", "job");
  const words = useMessages("imports", "file");
  const { id = "" } = useParams();
  const { search } = useLocation();
  const { data, error, refetch } = useQuery(importQueries.job(id));
  const isUnknown = error instanceof ApiError && error.code === "not-found";
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to={{ pathname: "/patients/import", search }}>
        ← {words("otherFile")}
      </Link>
      <Page title={data ? data.fileName || id : words("title")} lead={data && words(`state-${data.state}`)}>
        {!data && error && (
          <Failure
            isAnswer
            error={error}
            title={t(isUnknown ? "unknown" : "failed")}
            words={isUnknown ? { meaning: t("unknownMeaning"), next: t("unknownNext") } : undefined}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <Loading height="2.25rem" rows={8} label={t("loading")} />}
        {data && (
          <>
            <StaleNotice error={error} dataUpdatedAtMs={data.asOfMs} onRetry={() => void refetch()} />
            <Job key={id} job={data} />
          </>
        )}
      </Page>
    </>
  );
}

function Job({ job }: { job: ImportJob }) {
  const { id, state } = job;
  const queryClient = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a new state the rows are others, too.
  useEffect(() => {
    void queryClient.invalidateQueries(importQueries.allRows(id));
  }, [queryClient, id, state]);
  return (
    <div className={layout.column} data-gap="lg">
      <Counts job={job} />
      {state === "checked" ? <Facts job={job} /> : <Progress job={job} />}
      <Actions job={job} />
      <RowsTable job={job} />
      {state !== "checked" && <Facts job={job} />}
    </div>
  );
}
