import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { Reading } from "#glucose/reading.ts";
import { minuteMs } from "#glucose/time.ts";
import { trendOf } from "#glucose/trend.ts";
import { formatGlucose } from "#glucose/units.ts";
import { isUsable } from "#glucose/usable.ts";
import { readingWord, trendWord } from "#report/chart/words.ts";
import { formatDateTime, formatDuration } from "#words/time.ts";
import { TrendArrow } from "../chart/trend-arrow.tsx";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { SpacerRow } from "../ui/spacer-row.tsx";
import type { DetailsProps } from "./details-props.ts";
import classes from "./readings-table.module.css";
import {
  isSortable,
  newestFirst,
  type ReadingColumn,
  readingColumns,
  type Sort,
  sortBy,
  sortedReadings,
} from "./readings-view.ts";

const rowHeight = 32;

/** All readings that are shown, however many: only the rows in view are drawn. */
export function SortedReadings({ data, shown, shownReadings, shownZone }: DetailsProps) {
  const [sort, setSort] = useState(newestFirst);
  const { startMs, endMs } = shown;
  const rows = useMemo(
    () => sortedReadings(shownReadings, { startMs, endMs }, sort),
    [shownReadings, startMs, endMs, sort],
  );
  const cells = useCells(data.targets.edges, shownZone);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    // On a phone a row has three lines; in large type every row is higher.
    measureElement: (row) => Math.max(rowHeight, (row as HTMLElement).offsetHeight),
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={scroll} className={classes.virtual}>
      <table className={classes.virtualTable} aria-labelledby="readings" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {readingColumns.map((column) => (
              <Heading key={column} column={column} zone={shownZone} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <SpacerRow heightPx={above} />
          {items.map(({ index }) => {
            const reading = rows[index];
            if (!reading) return null;
            const row = cells(reading);
            return (
              <tr
                key={`${reading.timeMs} ${reading.sensor}`}
                ref={virtual.measureElement}
                data-index={index}
                aria-rowindex={index + 2}
              >
                {readingColumns.map((column) => (
                  <td key={column}>{row[column]}</td>
                ))}
              </tr>
            );
          })}
          <SpacerRow heightPx={below} />
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  column: ReadingColumn;
  zone: string;
  sort: Sort;
  onSort: (sort: Sort) => void;
}

function Heading({ column, zone, sort, onSort }: HeadingProps) {
  const t = useMessages("details");
  const { unit } = usePreferences();
  const name =
    column === "band"
      ? t("range")
      : column === "sensor"
        ? t("sensor")
        : t(`column-${column}`, { unit, zone });
  if (!isSortable(column)) return <th scope="col">{name}</th>;
  const isSorted = sort.key === column;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.isDown ? "descending" : "ascending") : undefined}>
      <button type="button" onClick={() => onSort(sortBy(column, sort))}>
        {name} {isSorted && (sort.isDown ? "▾" : "▴")}
      </button>
    </th>
  );
}

/** What stands in a reading's row. */
function useCells(edges: DetailsProps["data"]["targets"]["edges"], zone: string) {
  const words = useMessages("domain");
  const { unit, language } = usePreferences();
  return (reading: Reading): Record<ReadingColumn, ReactNode> => {
    const { timeMs, valueMmolL, trend, sensor, uploadDelayMin } = reading;
    return {
      time: formatDateTime(timeMs, zone, language),
      value: formatGlucose(valueMmolL, unit),
      band: readingWord(words, reading, edges),
      trend: !isUsable(reading) ? (
        ""
      ) : (
        <>
          <TrendArrow trend={trendOf(trend)} /> {trendWord(words, trendOf(trend), trend)}
        </>
      ),
      sensor,
      delay: uploadDelayMin === null ? "–" : formatDuration(uploadDelayMin * minuteMs, language),
    };
  };
}
