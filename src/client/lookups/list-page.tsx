import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useParams } from "react-router";
import type { LookupList } from "#contract/lookups.ts";
import { lookupQueries } from "../api/lookups.ts";
import { ApiError } from "../http.ts";
import { useMessages } from "../i18n.ts";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { StaleNotice } from "../ui/stale-notice.tsx";
import { ListActions } from "./list-actions.tsx";
import { Progress } from "./progress.tsx";
import { ResultsTable } from "./results-table.tsx";

/** `/look-ups/:id`: a list, a state and a verdict or a reason for each of its sensors. */
export function ListPage() {
  const t = useMessages("lookups");
  const { id = "" } = useParams();
  const { data, error, refetch } = useQuery(lookupQueries.list(id));
  const isUnknown = error instanceof ApiError && error.code === "not-found";
  return (
    <>
      <Link className={`${prose.link} ${prose.small}`} to="/look-ups">
        ← {t("otherList")}
      </Link>
      <Page title={data ? data.name || id : t("title")} lead={data && t(`state-${data.state}`)}>
        {!data && error && (
          <Failure
            isAnswer
            error={error}
            title={t(isUnknown ? "unknownList" : "listFailed")}
            words={isUnknown ? { meaning: t("unknownListMeaning"), next: t("unknownListNext") } : undefined}
            onRetry={() => void refetch()}
          />
        )}
        {!data && !error && <Loading height="2.25rem" rows={8} label={t("loading")} />}
        {data && (
          <>
            <StaleNotice error={error} dataUpdatedAtMs={data.asOfMs} onRetry={() => void refetch()} />
            <List key={id} list={data} />
          </>
        )}
      </Page>
    </>
  );
}

function List({ list }: { list: LookupList }) {
  const { id, state } = list;
  const queryClient = useQueryClient();
  // biome-ignore lint/correctness/useExhaustiveDependencies: with a new state the rows are others, too.
  useEffect(() => {
    void queryClient.invalidateQueries(lookupQueries.allRows(id));
  }, [queryClient, id, state]);
  return (
    <div className={layout.column} data-gap="lg">
      <Progress list={list} />
      <ListActions list={list} />
      <ResultsTable list={list} />
    </div>
  );
}
