import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { auditQueries } from "../api/audit.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { Sentences } from "../ui/sentences.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import { FilterBar } from "./filter-bar.tsx";
import { FilterFaults, useFilterFaults } from "./filter-faults.tsx";
import { SaveTrail } from "./save-trail.tsx";
import { TrailTable } from "./trail-table.tsx";
import { VerificationPanel } from "./verification-panel.tsx";
import { type AuditFilter, filterNames, parseFilter, rowsQuery } from "./view.ts";
import { useEntryWords } from "./words.ts";

/** `/audit`, for administrators: the trail, newest first, and whether it is whole. */
export function AuditPage() {
  const t = useMessages("audit", "trail");
  const { number } = useEntryWords();
  const queryClient = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filter = useMemo(() => parseFilter(new URLSearchParams(address)), [address]);
  const query = useInfiniteQuery(auditQueries.rows(rowsQuery(filter, viewerZone)));
  const { data, error, hasNextPage, isFetchingNextPage, isFetchNextPageError } = query;
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const names = Object.assign({}, ...(data?.pages.map((page) => page.patientNames) ?? []));
  const subjectName =
    rows.find(({ subject }) => subject?.id === filter.subject && subject?.name)?.subject?.name ?? null;
  const narrow = (next: AuditFilter) => {
    const chosen = new URLSearchParams();
    for (const name of filterNames) if (next[name]) chosen.set(name, next[name]);
    setSearch(chosen, { replace: true });
  };
  const faults = useFilterFaults(search, filter);
  const isFaulty = faults.isBackwards || faults.nonsense.length > 0;
  const readNewest = () => void queryClient.resetQueries(auditQueries.allRows);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <VerificationPanel />
      <FilterFaults {...faults} />
      <FilterBar filter={filter} subjectName={subjectName} onChange={narrow} />
      <div className={`${layout.ends} ${layout.belowXs}`} data-gap="xs">
        <p className={prose.note}>
          <Sentences>
            {/* Of another filter's rows nothing is said: their number is not this one's. */}
            <span role="status">
              {data &&
                !query.isPlaceholderData &&
                (hasNextPage
                  ? t("shownMore", { count: number(rows.length) })
                  : t("shown", { count: rows.length }))}
            </span>
            {t("zone", { zone: viewerZone })}
          </Sentences>
        </p>
        <div className={layout.row} data-gap="xs">
          <SaveTrail filter={filter} />
          <Button variant="default" size="xs" onClick={readNewest}>
            {t("newest")}
          </Button>
        </div>
      </div>
      {error && !isFetchNextPageError && (
        <Failure error={error} title={t("failed")} onRetry={() => void query.refetch()} />
      )}
      {!data && !error && <Loading height={320} label={t("loading")} />}
      {/* Where the address is why, it is said above. */}
      {data && rows.length === 0 && !isFaulty && (
        <div>
          <p className={prose.strong}>{t("none")}</p>
          <p className={prose.dimmed}>{t("noneNext")}</p>
        </div>
      )}
      {rows.length > 0 && (
        <div aria-busy={query.isPlaceholderData}>
          <TrailTable rows={rows} names={names} />
        </div>
      )}
      {isFetchNextPageError && <Failure error={error} title={t("olderFailed")} />}
      {hasNextPage && (
        <Button
          className={layout.aboveMd}
          variant="default"
          loading={isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("older")}
        </Button>
      )}
    </Page>
  );
}
