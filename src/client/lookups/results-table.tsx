import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import { useSearchParams } from "react-router";
import { reportAuditEvent } from "../audit-events.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import cards from "../ui/cards.module.css";
import layout from "../ui/layout.module.css";
import { Notice } from "../ui/notice.tsx";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { SelectField } from "../ui/select-field.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import { viewerZone } from "../ui/time.ts";
import { usePrinting } from "../ui/use-printing.ts";
import type { Row } from "./kept-run.ts";
import classes from "./lookups.module.css";
import { columns, ResultRow, useColumnName } from "./result-row.tsx";
import { chosenRows, countsOf, exportRows, type Filter, filters, sorts } from "./rows.ts";

const rowHeight = 36;

/** Every serial with its state or the reason it has none: filtered, sorted, and as a file. */
export function ResultsTable({ rows }: { rows: readonly Row[] }) {
  const t = useMessages("lookups");
  const nowMs = useNow();
  const { filter, sort, search, choose } = useChoice();
  const chosen = useMemo(() => chosenRows(rows, filter, sort, nowMs), [rows, filter, sort, nowMs]);
  const counts = useMemo(() => countsOf(rows, nowMs), [rows, nowMs]);
  const unknown = counts.failed + rows.filter(({ answer }) => answer === null).length;
  const filterName = (name: Filter) =>
    name === "all" || name === "worn" || name === "failed" ? t(`filter-${name}`) : t(`state.${name}`);
  const save = async () => {
    const csv = await import("../ui/csv.ts");
    const day = new Date(nowMs).toISOString().slice(0, 10);
    csv.saveFile(`sensors-${filter}-${day}.csv`, csv.toCsv(exportRows(chosen)));
    reportAuditEvent("sensor-list.export");
  };
  return (
    <div>
      <Nonsense name="show" asked={search.get("show")} shown={filter} />
      <Nonsense name="sort" asked={search.get("sort")} shown={sort} />
      <p className={print.printOnly}>
        <Sentences>
          {t("printedOf", {
            filter: filterName(filter),
            count: chosen.length,
            all: rows.length,
            sort: t(`field.${sort}`),
          })}
          {t("zone", { zone: viewerZone })}
        </Sentences>
      </p>
      <div className={`${layout.row} ${layout.belowSm} ${print.screenOnly}`} data-align="end">
        <SelectField
          label={t("action.show")}
          value={filter}
          onChange={(event) => choose("show", event.currentTarget.value)}
          options={filters.map((value) => ({
            value,
            label: t("filterCount", { name: filterName(value), count: counts[value] }),
          }))}
        />
        <SelectField
          label={t("sortBy")}
          value={sort}
          onChange={(event) => choose("sort", event.currentTarget.value)}
          options={sorts.map((value) => ({ value, label: t(`field.${value}`) }))}
        />
        <Button variant="default" onClick={() => void save()}>
          {t("action.csv")}
        </Button>
        <p className={prose.note}>{t("shownOf", { count: chosen.length })}</p>
      </div>
      {filter === "worn" && unknown > 0 && (
        <p className={`${prose.small} ${layout.belowSm}`}>{t("wornUnknown", { count: unknown })}</p>
      )}
      <RowsInView rows={chosen} />
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
  const filter = filters.find((value) => value === search.get("show")) ?? "all";
  const sort = sorts.find((value) => value === search.get("sort")) ?? "given";
  return { filter, sort, search, choose };
}

/** A table of which only the rows on screen exist; on paper all do. */
function RowsInView({ rows }: { rows: readonly Row[] }) {
  const t = useMessages("lookups");
  const nameOf = useColumnName();
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  // A sheet holds every row, and no room for those that are not on the screen.
  const isPrinting = usePrinting();
  const onScreen = virtual.getVirtualItems();
  const items = isPrinting ? rows.map((_, index) => ({ index })) : onScreen;
  return (
    <div ref={scroll} className={classes.scroll}>
      <table
        className={`${classes.table} ${cards.cards}`}
        aria-label={t("table")}
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {nameOf(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {!isPrinting && <SpacerRow heightPx={onScreen[0]?.start ?? 0} />}
          {items.map(({ index }) => {
            const row = rows[index];
            return row && <ResultRow key={row.serial} ref={virtual.measureElement} row={row} index={index} />;
          })}
          {!isPrinting && <SpacerRow heightPx={virtual.getTotalSize() - (onScreen.at(-1)?.end ?? 0)} />}
        </tbody>
      </table>
    </div>
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
