import { useQueries } from "@tanstack/react-query";
import type { ListedPatient } from "#contract/roster.ts";
import { pageSize, patientQueries } from "../api/patients.ts";
import { useDraft } from "../ui/draft.ts";
import type { View } from "./view.ts";

/** The list that a patient was opened from, and where in it they stand. */
export interface ListPosition {
  view: View;
  q: string;
  index: number;
}

/** Kept in this tab for the person who opened the list; a patient who was opened by a link has none. */
export const useListPosition = (owner: string) => useDraft<ListPosition | null>("roster-way", owner, null);

interface Beside {
  index: number;
  patient: ListedPatient;
}

interface Neighbours {
  /** From 0, and of how many. */
  index: number;
  total: number;
  previous: Beside | null;
  next: Beside | null;
}

/**
 * Who stands before and after a patient in the list they were opened from; null where
 * they no longer stand where they did.
 */
export function useNeighbours(position: ListPosition | null, id: string): Neighbours | null {
  const { view, q, index } = position ?? {
    view: { filter: {}, sort: "name", down: false } as View,
    q: "",
    index: 0,
  };
  const pages = [
    ...new Set([index - 1, index, index + 1].map((at) => Math.floor(Math.max(0, at) / pageSize))),
  ];
  const answers = useQueries({
    queries: pages.map((page) => ({
      ...patientQueries.page(view, q, page),
      enabled: position !== null,
      // As the list was when one left it.
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });
  const at = (row: number): Beside | null => {
    const patient = answers[pages.indexOf(Math.floor(row / pageSize))]?.data?.rows[row % pageSize];
    return row >= 0 && patient ? { index: row, patient } : null;
  };
  if (!position) return null;
  // The browser's Back comes to one that stood some places before.
  const found = [
    index,
    ...pages.flatMap((page) => Array.from({ length: pageSize }, (_, row) => page * pageSize + row)),
  ].find((row) => at(row)?.patient.id === id);
  if (found === undefined) return null;
  return { index: found, total: answers[0]?.data?.total ?? 0, previous: at(found - 1), next: at(found + 1) };
}
