import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  startTransition,
  useEffect,
  useRef,
  useState,
} from "react";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Loading } from "../ui/loading.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import classes from "./roster.module.css";
import { RosterRow } from "./roster-row.tsx";
import { useFind } from "./use-find.ts";
import { useReturn } from "./use-return.ts";
import type { RosterData } from "./use-roster.ts";
import { useRowsInView } from "./use-rows-in-view.ts";
import { viewSearch } from "./view-search.ts";
import { columnWord } from "./words.ts";

const restMs = 250;

const columns = ["name", "glucose", "measured", "ranges", "sensor", "region", "acts"] as const;

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
}

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
  const { data, ref, onRange, onLeaveUp, onFind, onOpen, returnTo, onReturned } = props;
  const t = useMessages("roster");
  const app = useMessages("app");
  const nowMs = useNow();
  const { shown, total, rowAt } = data;
  const table = useRef<HTMLTableElement>(null);
  const view = useRowsInView(table, data);
  const { items, firstIndex, lastIndex } = view;
  useEffect(() => onRange([firstIndex, lastIndex]), [firstIndex, lastIndex, onRange]);
  const isLive = useRest(`${shown.q} ${viewSearch(shown.view)} ${firstIndex} ${lastIndex}`);
  useReturn({ rows: ref, returnTo, onReturned, virtual: view.virtual, firstIndex, lastIndex });
  useFind(items.length < total, onFind);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const links = [...event.currentTarget.querySelectorAll("a")];
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
      <Columns />
      <tbody ref={ref} onKeyDown={onKeyDown} onClick={onClick}>
        <SpacerRow className={classes.space} heightPx={view.abovePx} />
        {items.map(({ index }) => {
          const row = rowAt(index);
          return row ? (
            <RosterRow
              key={row.id}
              row={row}
              index={index}
              nowMs={nowMs}
              isLive={isLive}
              measure={view.virtual.measureElement}
            />
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

function Columns() {
  const t = useMessages("roster");
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th key={column} scope="col" className={`${classes.column} ${classes[column]}`}>
            {columnWord(t, column)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
