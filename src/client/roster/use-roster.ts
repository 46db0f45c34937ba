import { queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { ListedPatient, RosterPage } from "#contract/roster.ts";
import { minuteMs } from "#glucose/time.ts";
import { pageSize, patientQueries } from "../api/patients.ts";
import { worklistQueries } from "../api/worklist-acts.ts";
import { realMs } from "../clock.ts";
import { useSearchText } from "../ui/use-search-text.ts";
import { countMoved } from "./moved.ts";
import { countFilters, type View } from "./view.ts";
import { viewSearch } from "./view-search.ts";
import { parseView } from "./views.ts";

export interface Asked {
  view: View;
  q: string;
}

export const isNarrowedBy = ({ view, q }: Asked) => q !== "" || countFilters(view) > 0;

/**
 * The view in the address, and what is searched for. A name is a patient's
 * data, so that stays out of the address.
 */
export function useAskedList(owner: string) {
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useSearchText("roster-search", owner);
  const q = text.trim();
  const address = search.toString();
  const asked: Asked = useMemo(() => ({ view: parseView(new URLSearchParams(address)), q }), [address, q]);
  return {
    asked,
    text,
    setText,
    setView: (view: View) => setSearch(viewSearch(view), { replace: true }),
  };
}

export type AskedList = ReturnType<typeof useAskedList>;

/** Answered pages by their number, of one list. */
interface Pages {
  shown: Asked;
  byNumber: ReadonlyMap<number, RosterPage>;
}

export interface RosterData {
  /** What the rows belong to: the last view and search that were answered. */
  shown: Asked;
  total: number;
  outsideFilter: RosterPage["outsideFilter"];
  near: RosterPage["near"];
  /** The first page. */
  first: readonly ListedPatient[];
  /** Undefined while its page is on the way. */
  rowAt: (index: number) => ListedPatient | undefined;
  /** All rows that have come, as they are now, drawn or not. */
  latest: readonly ListedPatient[];
}

/** While it is on screen a page of the list is asked for so often that a colleague’s mark is soon seen. */
const livePage = (view: View, q: string, page: number) =>
  queryOptions({
    ...patientQueries.page(view, q, page),
    refetchInterval: ({ state }) =>
      realMs(state.data?.rows.every(({ status }) => status) ? minuteMs / 3 : minuteMs / 4),
  });

/** The first page of what is asked for and those with the rows from `from` to `to`, asked anew while they are on screen. */
function usePages(asked: Asked, [from, to]: readonly [number, number]) {
  const first = useQuery(livePage(asked.view, asked.q, 0));
  const [answered, setAnswered] = useState<{ shown: Asked; page: RosterPage } | null>(null);
  if (first.data && (answered?.shown !== asked || answered.page !== first.data))
    setAnswered({ shown: asked, page: first.data });

  const numbers: number[] = [];
  for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1)
    if (page > 0) numbers.push(page);
  const { view, q } = answered?.shown ?? asked;
  const others = useQueries({ queries: numbers.map((page) => livePage(view, q, page)) });
  const pages: Pages | null = answered && {
    shown: answered.shown,
    byNumber: new Map([
      [0, answered.page],
      ...numbers.flatMap((page, i) => {
        const data = others[i]?.data;
        return data ? [[page, data] as const] : [];
      }),
    ]),
  };
  const error = first.error ?? others.find((result) => result.error)?.error ?? null;
  const retry = () => {
    void first.refetch();
    for (const result of others) if (result.error) void result.refetch();
  };
  return { pages, isAnswered: first.data !== undefined, error, retry };
}

const idsIn = ({ byNumber }: Pages, numbers: Iterable<number>): string[] =>
  [...numbers].flatMap((page) => byNumber.get(page)?.rows.map(({ id }) => id) ?? []);

/** How many rows stand elsewhere in the newer answer than they are drawn. */
function movedBetween(drawn: Pages, newer: Pages): number {
  const both = [...drawn.byNumber.keys()].filter((page) => newer.byNumber.has(page)).sort((a, b) => a - b);
  if (both.every((page) => drawn.byNumber.get(page) === newer.byNumber.get(page))) return 0;
  return countMoved(idsIn(drawn, both), idsIn(newer, both));
}

/** So many rows at once are asked for one by one. */
const mostGone = 20;

/** What stands now of rows that are on screen still and on another page by now, as one whose review was taken back is. */
function useGoneMarks(
  drawn: Pages | null,
  renewed: ReadonlyMap<string, ListedPatient> | null,
  [from, to]: readonly [number, number],
): (row: ListedPatient) => ListedPatient {
  const ids: string[] = [];
  for (let index = from; renewed && index <= to && ids.length < mostGone; index += 1) {
    const row = drawn?.byNumber.get(Math.floor(index / pageSize))?.rows[index % pageSize];
    if (row && !renewed.has(row.id)) ids.push(row.id);
  }
  const answers = useQueries({ queries: ids.map((id) => worklistQueries.marks(id)) });
  return (row) => {
    const marks = answers[ids.indexOf(row.id)]?.data?.marks;
    if (marks === undefined) return row;
    const { worklist } = row;
    const isOpen = worklist?.state === "reviewed" && !marks?.review;
    return { ...row, marks, worklist: worklist && isOpen ? { ...worklist, state: "open" } : worklist };
  };
}

/**
 * The list as it is drawn: the last one stays until another has come, and each row is as it is now. While
 * `isHeld`, rows stay where they are though others should stand before them; `apply` moves them.
 */
export function useRoster(asked: Asked, range: readonly [number, number], isHeld: () => boolean) {
  const { pages, ...state } = usePages(asked, range);
  const drawn = useRef<Pages | null>(null);
  const [, setApplied] = useState(0);
  if (pages && (drawn.current?.shown !== pages.shown || !isHeld())) drawn.current = pages;
  const current = drawn.current;
  const latest = [...(pages?.byNumber.values() ?? [])].flatMap(({ rows }) => rows);
  const renewed = current === pages ? null : new Map(latest.map((row) => [row.id, row]));
  const gone = useGoneMarks(current, renewed, range);
  const pageAt = (number: number) => current?.byNumber.get(number) ?? pages?.byNumber.get(number);
  const first = current?.byNumber.get(0);
  const data: RosterData | null =
    current && first
      ? {
          shown: current.shown,
          total: first.total,
          outsideFilter: first.outsideFilter,
          near: first.near,
          first: first.rows,
          rowAt: (index) => {
            const row = pageAt(Math.floor(index / pageSize))?.rows[index % pageSize];
            return row && (renewed?.get(row.id) ?? gone(row));
          },
          latest,
        }
      : null;
  return {
    ...state,
    data,
    /** Rows that wait to be moved. */
    moved: current && pages && renewed ? movedBetween(current, pages) : 0,
    apply: () => {
      drawn.current = pages;
      setApplied((times) => times + 1);
    },
  };
}
