import { type RefObject, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import type { RosterData } from "./use-roster.ts";

interface OpenFirst {
  data: RosterData | null;
  isAnswered: boolean;
  table: RefObject<HTMLTableSectionElement | null>;
  /** What is to be remembered of the row that opens. */
  open: (index: number, id: string) => void;
}

/**
 * Enter may come before the answer does. One match opens; of several, one is to
 * be chosen, lest it be the wrong one.
 */
export function useOpenFirst({ data, isAnswered, table, open }: OpenFirst) {
  const navigate = useNavigate();
  const [isAsked, setAsked] = useState(false);
  const opening = useRef(open);
  opening.current = open;
  const first = data?.rowAt(0)?.id;
  const total = data?.total;
  useEffect(() => {
    if (!isAsked || !isAnswered) return;
    setAsked(false);
    if (total === 1 && first) {
      opening.current(0, first);
      void navigate(`/patients/${first}`);
    } else table.current?.querySelector("a")?.focus();
  }, [isAsked, isAnswered, first, total, navigate, table]);
  return { ask: () => setAsked(true), cancel: () => setAsked(false) };
}
