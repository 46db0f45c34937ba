import {
  Fragment,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { SpacerRow } from "../ui/spacer-row.tsx";
import { type Column, useColumns } from "./columns.ts";
import { groupWord } from "./published-words.ts";
import classes from "./roster.module.css";
import { RosterRow, type RowSlots } from "./roster-row.tsx";
import { useFind } from "./use-find.ts";
import { useReturn } from "./use-return.ts";
import type { RosterData } from "./use-roster.ts";
import { useRowsInView } from "./use-rows-in-view.ts";
import type { View } from "./view.ts";
import { viewSearch } from "./view-search.ts";
import { publishedSortOf } from "./views.ts";
import { columnWord } from "./words.ts";

const restMs = 250;

interface RosterTableProps {
  data: RosterData;
  ref: RefObject<HTMLTableSectionElement | null>;
  /** The first and last row on screen. */
  onRange: (range: readonly [number, number]) => void;
  /** Arrow up from the first row. */
  onLeaveUp: () => void;
  /** Search in the browser's way, which sees only the rows that are drawn. */
  onFind: () => void;
  onOpen: (index: number, id: string) => void;
  /** The row that the list was left by: it takes the focus again. */
  returnTo: { index: number; id: string } | null;
  onReturned: () => void;
  times: ReadonlyMap<string, string>;
  slots: RowSlots;
}

/** "14.03.", "1980-04", "3 Apr", "4月3日". */
const looksLikeDate = (q: string): boolean =>
  /\d{1,4} ?[-./年月] ?\d|\d[.月]|\d{1,2} ?\p{L}{3}|\p{L}{3}\.? \d/u.test(q.normalize("NFKC"));

/** True once `what` has been the same for a moment. */
function useRest(what: string): boolean {
  const [rested, setRested] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setRested(what)), restMs);
    return () => clearTimeout(timer);
  }, [what]);
  return rested === what;
}

/**
 * A table of which only the rows on screen exist; on a narrow screen each row is a card. Arrows move between
 * patients, Enter opens one. Rows ask for their live part once the list rests.
 */
export function RosterTable(props: RosterTableProps) {
  const { data, ref, onRange, onLeaveUp, onFind, onOpen, returnTo, onReturned, times, slots } = props;
  const t = useMessages("roster");
  const why = useMessages("roster", "why");
  const app = useMessages("app");
  const { unit } = usePreferences();
  const nowMs = useNow();
  const { shown, total, rowAt } = data;
  const table = useRef<HTMLTableElement>(null);
  const view = useRowsInView(table, data);
  const { items, firstIndex, lastIndex } = view;
  useEffect(() => onRange([firstIndex, lastIndex]), [firstIndex, lastIndex, onRange]);
  const isLive = useRest(`${shown.q} ${viewSearch(shown.view)} ${firstIndex} ${lastIndex}`);
  useReturn({ rows: ref, returnTo, onReturned, virtual: view.virtual, firstIndex, lastIndex });
  useFind(items.length < total, onFind);

  const { sort } = shown.view;
  const { columns, sorted } = useColumns(sort, slots.Acts !== undefined);
  const names = columns.join();
  const isByDate = looksLikeDate(shown.q);
  const list = useMemo(
    () => ({
      columns: names.split(",") as Column[],
      published: publishedSortOf(sort),
      isByDate,
      times,
      slots,
    }),
    [names, sort, isByDate, times, slots],
  );
  const groupAt = (index: number) => rowAt(index)?.worklist?.published?.group;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("th a")];
    const index = links.indexOf(event.target as HTMLAnchorElement) + step;
    if (index < 0 && firstIndex === 0) onLeaveUp();
    else links[index]?.focus();
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const link = (event.target as HTMLElement).closest("a");
    const item = items.find(({ index }) => link?.pathname === `/patients/${rowAt(index)?.id}`);
    const row = item && rowAt(item.index);
    if (item && row) onOpen(item.index, row.id);
  };
  return (
    <table ref={table} className={classes.table} aria-rowcount={total + 1} aria-label={app("patients")}>
      <Columns columns={columns} sorted={sorted} view={shown.view} />
      <tbody ref={ref} onKeyDown={onKeyDown} onClick={onClick}>
        <SpacerRow className={classes.space} heightPx={view.abovePx} />
        {items.map(({ index }) => {
          const row = rowAt(index);
          const group = groupAt(index);
          // A row that has moved may stand on two pages of which one is older.
          const key = rowAt(index - 1)?.id === row?.id ? index : row?.id;
          return row ? (
            <Fragment key={key}>
              {group !== undefined && (index === 0 || groupAt(index - 1) !== group) && list.published && (
                <tr data-heading="true" className={classes.group}>
                  <th scope="rowgroup" colSpan={columns.length}>
                    {groupWord(why, group, list.published, unit)}
                  </th>
                </tr>
              )}
              <RosterRow
                row={row}
                index={index}
                nowMs={nowMs}
                isLive={isLive}
                measure={view.virtual.measureElement}
                list={list}
              />
            </Fragment>
          ) : (
            <tr key={index} aria-rowindex={index + 2} aria-busy="true">
              <td colSpan={columns.length}>
                <Loading height="1.25rem" label={t("loading")} />
              </td>
            </tr>
          );
        })}
        <SpacerRow className={classes.space} heightPx={view.belowPx} />
      </tbody>
    </table>
  );
}

interface ColumnsProps {
  columns: readonly Column[];
  sorted: Column | undefined;
  view: View;
}

function Columns({ columns, sorted, view: { sort, down } }: ColumnsProps) {
  const t = useMessages("roster");
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            className={`${classes.column} ${classes[column]}`}
            aria-sort={
              column !== sorted
                ? undefined
                : down
                  ? "descending"
                  : sort === "who-first"
                    ? "other"
                    : "ascending"
            }
          >
            <span className={column === "acts" ? prose.unseen : undefined}>{columnWord(t, column)}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}
