import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ListedPatient } from "#contract/roster.ts";
import { pageSize, patientQueries } from "../api/patients.ts";
import type { View } from "./view.ts";

/** As many are printed at most. */
const printedMost = 2000;
/** As many are fetched before anybody asks for paper, so that the browser's own command prints them all. */
const keptReady = 400;
const restMs = 2000;

/**
 * All rows that match, for paper. A list of one page is there already; one of a few pages is fetched once the
 * list has rested; a longer one when somebody prints with the button or the keyboard.
 */
export function usePrintedRows(view: View, q: string, total: number, first: readonly ListedPatient[]) {
  const queryClient = useQueryClient();
  const [rested, setRested] = useState<string | null>(null);
  const list = JSON.stringify([view, q]);
  useEffect(() => {
    const timer = setTimeout(() => setRested(list), restMs);
    return () => clearTimeout(timer);
  }, [list]);
  const isMore = total > pageSize;
  const all = useQuery({
    ...patientQueries.printed(view, q, printedMost),
    enabled: isMore && total <= keptReady && rested === list,
  });
  const isComplete = !isMore || (all.data?.length ?? 0) >= Math.min(total, printedMost);
  const print = async () => {
    if (!isComplete)
      await queryClient.fetchQuery(patientQueries.printed(view, q, printedMost)).catch(() => undefined);
    window.print();
  };
  const command = useRef(print);
  command.current = print;
  useEffect(() => {
    if (isComplete) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "p") return;
      event.preventDefault();
      void command.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [isComplete]);
  return { rows: isMore ? (all.data ?? first) : first, print };
}
