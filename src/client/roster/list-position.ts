import { useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { pageSize, patientQueries } from "../api/patients.ts";
import { useDraft } from "../ui/draft.ts";
import type { RosterData } from "./use-roster.ts";
import type { View } from "./view.ts";

/** The list that a patient was opened from, as it was then, and where in it they stand. */
export interface ListPosition {
  view: View;
  q: string;
  index: number;
  total: number;
  /** Those of the list that are known, one after the other, and the place of the first of them. */
  ids: readonly string[];
  from: number;
  /** Of a list of today's appointments, at what time each comes, by their ID. */
  times?: Readonly<Record<string, string>>;
}

const none: ListPosition = {
  view: { filter: {}, sort: "name", down: false },
  q: "",
  index: 0,
  total: 0,
  ids: [],
  from: 0,
};

/**
 * Kept in this tab for the person who opened the list; a patient who was opened by a link has none. It holds no
 * name.
 */
export const useListPosition = (owner: string) => useDraft<ListPosition | null>("roster-walk", owner, null);

/** The place of a row that is opened, with those around it that are known. */
export function positionAt({ shown, total, rowAt }: RosterData, index: number): ListPosition {
  let [from, to] = [index, index + 1];
  while (from > 0 && index - from < pageSize && rowAt(from - 1)) from -= 1;
  while (to < total && to - index < pageSize && rowAt(to)) to += 1;
  const ids = Array.from({ length: to - from }, (_, i) => rowAt(from + i)?.id ?? "");
  return { ...shown, index, total, ids, from };
}

/** What stands in the list now beyond the end of what is known is taken to follow it. */
export function extended(
  position: ListPosition,
  now: readonly string[],
  side: "previous" | "next",
): ListPosition {
  const { ids, from, total } = position;
  const known = new Set(ids);
  const places = now.flatMap((id, place) => (known.has(id) ? [place] : []));
  const more =
    side === "next"
      ? now.slice((places.at(-1) ?? -1) + 1)
      : now.slice(0, places[0]).filter((id) => !known.has(id));
  if (side === "next")
    return { ...position, ids: [...ids, ...more], total: more.length > 0 ? total : from + ids.length };
  const before = more.slice(-from);
  // Fewer stand before than did.
  const first = before.length > 0 ? from - before.length : 0;
  return { ...position, ids: [...before, ...ids], from: first, total: total - from + first + before.length };
}

interface Beside {
  index: number;
  id: string;
  /** Undefined where nobody has said it since the page was loaded. */
  name: string | undefined;
}

interface Neighbours {
  /** From 0, and of how many. */
  index: number;
  total: number;
  previous: Beside | null;
  next: Beside | null;
  /** The list is another one by now. */
  hasChanged: boolean;
}

/**
 * Who stands before and after a patient in the list they were opened from, as it was then; null where they do
 * not stand in it. What it is now only says who people are, and whether it has changed.
 */
export function useNeighbours(owner: string, id: string) {
  const [kept, setPosition] = useListPosition(owner);
  const position = kept ?? none;
  const { view, q, ids, from, total } = position;
  const place = ids.indexOf(id);
  const index = place < 0 ? position.index : from + place;
  const pages = [
    ...new Set([index - 1, index, index + 1].map((at) => Math.floor(Math.max(0, at) / pageSize))),
  ];
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...patientQueries.page(view, q, page),
      enabled: kept !== null,
      // As the list was when one left it.
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const side =
    place < 0
      ? null
      : place >= ids.length - 1 && from + ids.length < total
        ? "next"
        : place === 0 && from > 0
          ? "previous"
          : null;
  const offset = Math.max(0, (side === "next" ? from + ids.length : from) - pageSize);
  const beyond = useQuery({ ...patientQueries.stretch(view, q, offset), enabled: side !== null }).data;
  const names = useRef(new Map<string, string>());
  for (const answer of [...answers.map(({ data }) => data), beyond])
    for (const row of answer?.rows ?? []) names.current.set(row.id, row.name);

  useEffect(() => {
    if (!kept) return;
    if (side && beyond)
      setPosition(
        extended(
          kept,
          beyond.rows.map((row) => row.id),
          side,
        ),
      );
    else if (index !== kept.index) setPosition({ ...kept, index });
  });
  const at = (other: number): Beside | null => {
    const found = ids[other];
    return found === undefined ? null : { index: from + other, id: found, name: names.current.get(found) };
  };
  const hasChanged = pages.some((page, i) => {
    const now = answers[i]?.data;
    if (!now) return false;
    const isElsewhere = (row: { id: string }, i: number) =>
      (ids[page * pageSize + i - from] ?? row.id) !== row.id;
    return now.total !== total || now.rows.some(isElsewhere);
  });
  // What the list has to say of them is on its way.
  const isKnown = answers.some(({ isPending }) => !isPending);
  const neighbours: Neighbours | null =
    place < 0 || !isKnown ? null : { index, total, previous: at(place - 1), next: at(place + 1), hasChanged };
  return { position: kept, neighbours };
}
