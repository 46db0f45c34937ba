import { useQueries } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useSearchParams } from "react-router";
import { type LookupList, lookupFilters, lookupSorts } from "#contract/lookups.ts";
import { lookupQueries, type RowChoice, rowsPerPage } from "../api/lookups.ts";
import { useMessages } from "../i18n.ts";
import cards from "../ui/cards.module.css";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { SelectField } from "../ui/select-field.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import { usePrinting } from "../ui/use-printing.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./lookups.module.css";
import { ResultRow, useColumns, useFilterWords } from "./result-row.tsx";
import { SaveList } from "./save-list.tsx";

const rowHeight = 36;

/** Every serial with its state or the reason it has none: filtered, sorted, and as a file. */
export function ResultsTable({ list }: { list: LookupList }) {
  const t = useMessages("lookups");
  const filterWords = useFilterWords();
  const { show, sort, search, choose } = useChoice();
  const { counts, total } = list;
  const untold = counts.failed + counts.refused + counts.new;
  const count = counts[show];
  return (
    <div>
      <Nonsense name="show" asked={search.get("show")} shown={show} />
      <Nonsense name="sort" asked={search.get("sort")} shown={sort} />
      <p className={print.printOnly}>
        <Sentences>
          {t("printedOf", { filter: filterWords(show), count, all: total, sort: t(`field.${sort}`) })}
          {t("zone", { zone: viewerZone })}
        </Sentences>
      </p>
      <div className={`${layout.row} ${layout.belowSm} ${print.screenOnly}`} data-align="end">
        <SelectField
          label={t("action.show")}
          value={show}
          onChange={(event) => choose("show", event.currentTarget.value)}
          options={lookupFilters
            .filter((value) => value === show || value === "all" || value === "worn" || counts[value] > 0)
            .map((value) => ({
              value,
              label: t("filterCount", { name: filterWords(value), count: counts[value] }),
            }))}
        />
        <SelectField
          label={t("sortBy")}
          value={sort}
          onChange={(event) => choose("sort", event.currentTarget.value)}
          options={lookupSorts.map((value) => ({ value, label: t(`field.${value}`) }))}
        />
        <SaveList list={list} choice={{ show, sort }} />
        <p className={prose.note}>{t("shownOf", { count })}</p>
      </div>
      {show === "worn" && untold > 0 && (
        <p className={`${prose.small} ${layout.belowSm}`}>{t("wornUnknown", { count: untold })}</p>
      )}
      <RowsInView list={list} choice={{ show, sort }} />
    </div>
  );
}

/** In the address, so that the way back from a sensor leads to the same rows. */
function useChoice() {
  const [search, setSearch] = useSearchParams();
  const choose = (name: "show" | "sort", value: string) =>
    setSearch(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const show = lookupFilters.find((value) => value === search.get("show")) ?? "all";
  const sort = lookupSorts.find((value) => value === search.get("sort")) ?? "given";
  return { show, sort, search, choose };
}

/** A table of which only the rows on screen exist; on paper all do. */
function RowsInView({ list, choice }: { list: LookupList; choice: RowChoice }) {
  const t = useMessages("lookups");
  const columns = useColumns();
  const scroll = useRef<HTMLDivElement>(null);
  const { id, state, counts } = list;
  const count = counts[choice.show];
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const isPrinting = usePrinting();
  const onScreen = virtual.getVirtualItems();
  const isRunning = state === "running";
  // While it runs only what is in view is asked for again and again; afterwards all of it is here for paper.
  const pages = isRunning
    ? [...new Set(onScreen.map(({ index }) => Math.floor(index / rowsPerPage)))]
    : Array.from({ length: Math.ceil(count / rowsPerPage) }, (_, page) => page);
  const answers = useQueries({
    queries: pages.map((page) => lookupQueries.rows(id, choice, page, isRunning)),
  });
  const failed = answers.find(({ error, data }) => error && !data);
  const rowAt = (index: number) =>
    answers[pages.indexOf(Math.floor(index / rowsPerPage))]?.data?.rows[index % rowsPerPage];
  // A sheet holds every row, and no room for those that are not on the screen.
  const items = isPrinting ? Array.from({ length: count }, (_, index) => ({ index })) : onScreen;
  return (
    <>
      {failed && (
        <Failure error={failed.error} title={t("rowsFailed")} onRetry={() => void failed.refetch()} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div ref={scroll} className={classes.scroll} tabIndex={0}>
        <table
          className={`${classes.table} ${cards.cards}`}
          aria-label={t("table")}
          aria-rowcount={count + 1}
        >
          <thead>
            <tr>
              {columns.map(({ name, words }) => (
                <th key={name} scope="col">
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {!isPrinting && <SpacerRow heightPx={onScreen[0]?.start ?? 0} />}
            {items.map(({ index }) => (
              <ResultRow key={index} ref={virtual.measureElement} row={rowAt(index)} index={index} />
            ))}
            {!isPrinting && <SpacerRow heightPx={virtual.getTotalSize() - (onScreen.at(-1)?.end ?? 0)} />}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Says what the address asks for and there is not. */
function Nonsense({ name, asked, shown }: { name: "show" | "sort"; asked: string | null; shown: string }) {
  const t = useMessages("lookups");
  if (asked === null || asked === shown) return null;
  return (
    <Notice className={layout.belowSm} color="yellow">
      {t(`no-${name}`, { value: asked })}
    </Notice>
  );
}
