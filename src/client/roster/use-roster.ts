import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useSearchParams } from "react-router";
import type { ListedPatient, RosterPage } from "#contract/roster.ts";
import { pageSize, patientQueries } from "../api/patients.ts";
import { useDraft } from "../ui/draft.ts";
import { countFilters, parseView, type View } from "./view.ts";
import { viewSearch } from "./view-search.ts";

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
  const [text, setText] = useDraft("roster-search", owner, "");
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

export interface RosterData {
  /** What the rows belong to: the last view and search that were answered. */
  shown: Asked;
  total: number;
  outsideFilter: RosterPage["outsideFilter"];
  /** The first page. */
  first: readonly ListedPatient[];
  /** Undefined while its page is on the way. */
  rowAt: (index: number) => ListedPatient | undefined;
}

/**
 * The pages that hold the rows from `from` to `to` of what is asked for; the
 * last list stays until another has come.
 */
export function useRoster(asked: Asked, [from, to]: readonly [number, number]) {
  const first = useQuery(patientQueries.page(asked.view, asked.q, 0));
  const [answered, setAnswered] = useState<{ shown: Asked; page: RosterPage } | null>(null);
  if (first.data && (answered?.shown !== asked || answered.page !== first.data))
    setAnswered({ shown: asked, page: first.data });

  const pages: number[] = [];
  for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page += 1)
    if (page > 0) pages.push(page);
  const { view, q } = answered?.shown ?? asked;
  const others = useQueries({ queries: pages.map((page) => patientQueries.page(view, q, page)) });
  const data: RosterData | null = answered && {
    shown: answered.shown,
    total: answered.page.total,
    outsideFilter: answered.page.outsideFilter,
    first: answered.page.rows,
    rowAt: (index) => {
      const page = Math.floor(index / pageSize);
      const rows = page === 0 ? answered.page : others[pages.indexOf(page)]?.data;
      return rows?.rows[index % pageSize];
    },
  };
  const error = first.error ?? others.find((result) => result.error)?.error ?? null;
  const retry = () => {
    void first.refetch();
    for (const result of others) if (result.error) void result.refetch();
  };
  return { data, isAnswered: first.data !== undefined, error, retry };
}
