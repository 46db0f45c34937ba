import { useMediaQuery } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  startTransition,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Loading } from "../ui/loading.tsx";
import { SpacerRow } from "../ui/spacer-row.tsx";
import classes from "./roster.module.css";
import { RosterRow } from "./roster-row.tsx";
import type { RosterData } from "./use-roster.ts";
import { viewSearch } from "./view.ts";

const restMs = 250;
/** A list that one comes back to has scrolled by then. */
const settleMs = 50;
/** As the style sheet has them. */
const rowRem = 2.875;
const doubleRem = 3.5;
const cardRem = 9.25;
const cardGapRem = 0.5;

const columns = ["name", "glucose", "measured", "ranges", "sensor", "region"] as const;

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
 * A table of which only the rows on screen exist; on a narrow screen each row is a card. Arrows move between patients, Enter
 * opens one. Rows ask for their live part once the list rests.
 */
export function RosterTable(props: RosterTableProps) {
  const { data, ref, onRange, onLeaveUp, onFind, onOpen, returnTo, onReturned } = props;
  const t = useMessages("roster");
  const nowMs = useNow();
  const { shown, total, rowAt } = data;
  const table = useRef<HTMLTableElement>(null);
  const [topPx, setTopPx] = useState(0);
  const isNarrow = useMediaQuery("(width < 48em)", false, { getInitialValueInEffect: false });
  const isMiddling = useMediaQuery("(width < 68em)", false, { getInitialValueInEffect: false });
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const rowPx = (isNarrow ? cardRem : isMiddling ? doubleRem : rowRem) * remPx;
  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: () => rowPx,
    measureElement: (row) =>
      Math.max(rowPx, (row as HTMLElement).offsetHeight + (isNarrow ? cardGapRem * remPx : 0)),
    overscan: 4,
    scrollMargin: topPx,
  });
  useLayoutEffect(() => {
    setTopPx((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useLayoutEffect(() => virtual.measure(), [rowPx]);
  // Another list begins at its beginning.
  const list = useRef(shown);
  useLayoutEffect(() => {
    if (list.current === shown) return;
    list.current = shown;
    if (window.scrollY > topPx) window.scrollTo({ top: topPx });
  }, [shown, topPx]);

  const items = virtual.getVirtualItems();
  const firstIndex = items[0]?.index ?? 0;
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => onRange([firstIndex, lastIndex]), [firstIndex, lastIndex, onRange]);
  const isLive = useRest(`${shown.q} ${viewSearch(shown.view)} ${firstIndex} ${lastIndex}`);

  const returnToIndex = returnTo?.index;
  useEffect(() => {
    if (returnToIndex === undefined) return;
    // After the page itself has begun at its top.
    const timer = setTimeout(() => virtual.scrollToIndex(returnToIndex, { align: "center" }));
    return () => clearTimeout(timer);
  }, [returnToIndex, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time other rows are on screen
  useEffect(() => {
    if (!returnTo) return;
    const timer = setTimeout(() => {
      const link = ref.current?.querySelector<HTMLElement>(`[href="/patients/${returnTo.id}"]`);
      if (!link) return;
      onReturned();
      // The focus that has been moved elsewhere meanwhile stays there.
      if (document.activeElement?.matches("body, main, main h1")) link.focus({ preventScroll: true });
    }, settleMs);
    return () => clearTimeout(timer);
  }, [returnTo, firstIndex, lastIndex]);

  const find = useRef(onFind);
  find.current = onFind;
  const isPartly = items.length < total;
  useEffect(() => {
    if (!isPartly) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key !== "f") return;
      // Pressed once more there, it is the browser's own.
      if (document.activeElement?.matches("[role=searchbox]")) return;
      event.preventDefault();
      find.current();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [isPartly]);

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
    <table ref={table} className={classes.table} aria-rowcount={total + 1} aria-label={t("title")}>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <th key={column} scope="col" className={`${classes.column} ${classes[column]}`}>
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={ref} onKeyDown={onKeyDown} onClick={onClick}>
        <SpacerRow className={classes.space} heightPx={(items[0]?.start ?? topPx) - topPx} />
        {items.map(({ index }) => {
          const row = rowAt(index);
          return row ? (
            <RosterRow
              key={row.id}
              row={row}
              index={index}
              nowMs={nowMs}
              isLive={isLive}
              measure={virtual.measureElement}
            />
          ) : (
            <tr key={index} aria-rowindex={index + 2} aria-busy="true">
              <td colSpan={columns.length}>
                <Loading height="1.25rem" label={t("loading")} />
              </td>
            </tr>
          );
        })}
        <SpacerRow
          className={classes.space}
          heightPx={virtual.getTotalSize() - ((items.at(-1)?.end ?? topPx) - topPx)}
        />
      </tbody>
    </table>
  );
}
