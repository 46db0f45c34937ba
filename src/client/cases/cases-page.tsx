import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { caseStates } from "#contract/case-fields.ts";
import { earlyEndOf } from "#sensor/complaint.ts";
import { type CaseFilter, caseQueries, readWholeCases } from "../api/cases.ts";
import { sessionQuery } from "../api/session.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { Segmented } from "../ui/segmented.tsx";
import { TextField } from "../ui/text-field.tsx";
import { useSearchText } from "../ui/use-search-text.ts";
import { useSettled } from "../ui/use-settled.ts";
import { caseCells, caseHeader } from "./case-export.ts";
import { CaseList } from "./case-list.tsx";
import classes from "./cases.module.css";

const typingMs = 250;
const longestSearch = 200;

/** `/cases`: all complaints, by how far they are, found by a serial or the vendor's number. */
export function CasesPage() {
  const t = useMessages("cases");
  const owner = useQuery(sessionQuery).data?.user.id;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Link className={`${prose.link} ${print.screenOnly}`} to="/devices">
          {t("toSensors")}
        </Link>
      }
    >
      {owner && <Found owner={owner} />}
    </Page>
  );
}

/** The state is in the address; what is searched for may be a name and is not. */
function useFilter(owner: string) {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useSearchText("cases-search", owner);
  const state = caseStates.find((one) => one === search.get("show"));
  const q = useSettled(text.trim(), typingMs);
  return {
    text,
    setText,
    show: state ?? ("all" as const),
    filter: { q, ...(state && { state }) } satisfies CaseFilter,
    choose: (value: string) => setSearch(value === "all" ? {} : { show: value }, { replace: true }),
  };
}

function Found({ owner }: { owner: string }) {
  const t = useMessages("cases");
  const { text, setText, show, filter, choose } = useFilter(owner);
  const isTooLong = text.trim().length > longestSearch;
  const answer = useInfiniteQuery({
    ...caseQueries.list(filter),
    enabled: filter.q.length <= longestSearch,
    placeholderData: (before) => before,
  });
  const { error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const data = isTooLong ? undefined : answer.data;
  /** What stands there is still that of another search or state. */
  const isFormer = filter.q !== text.trim() || answer.isPlaceholderData;
  const cases = data?.pages.flatMap((page) => page.cases) ?? [];
  const counts = data?.pages[0]?.counts;
  const all = counts && caseStates.reduce((sum, one) => sum + counts[one], 0);
  const label = (name: string, count: number | undefined) =>
    count === undefined ? name : t("counted", { name, count });
  return (
    <div className={layout.column}>
      <div className={`${layout.row} ${print.screenOnly}`} data-align="end">
        <TextField
          className={classes.search}
          role="searchbox"
          label={t("search")}
          autoComplete="off"
          spellCheck={false}
          value={text}
          error={isTooLong ? t("searchTooLong") : null}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Segmented
          aria-label={t("part.state")}
          value={show}
          onChange={choose}
          options={[
            { value: "all", label: label(t("allCases"), all) },
            ...caseStates.map((value) => ({
              value,
              label: label(t(`caseState.${value}`), counts?.[value]),
            })),
          ]}
        />
      </div>
      {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
      {!data && !error && !isTooLong && <Loading height="2.5rem" rows={6} label={t("loading")} />}
      {data && cases.length === 0 && !isFormer && (
        <p className={prose.dimmed}>{t(filter.q || show !== "all" ? "noneFound" : "noneYet")}</p>
      )}
      {cases.length > 0 && (
        <div className={classes.found} aria-busy={isFormer}>
          <CaseList label={t("title")} cases={cases} />
        </div>
      )}
      <div className={`${layout.row} ${print.screenOnly}`}>
        {hasNextPage && !isFormer && (
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        )}
        {cases.length > 0 && !isFormer && <SaveCases filter={filter} />}
      </div>
    </div>
  );
}

/** All that are found, whole, as a table. */
function SaveCases({ filter }: { filter: CaseFilter }) {
  const t = useMessages("cases");
  const save = useMutation({
    mutationFn: async () => {
      const [cases, csv] = await Promise.all([readWholeCases(filter), import("../ui/csv.ts")]);
      const nowMs = now();
      const rows = cases.map((one) =>
        caseCells(one, (one.sensor && earlyEndOf(one.sensor, nowMs)?.earlyMs) ?? null),
      );
      csv.saveFile("cases.csv", csv.toCsv([caseHeader, ...rows]));
    },
  });
  return (
    <>
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
        {t("action.csv")}
      </Button>
      {save.error && <Failure error={save.error} title={t("actionFailed")} />}
    </>
  );
}
