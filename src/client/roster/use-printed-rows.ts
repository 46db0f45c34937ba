import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { ListedPatient, PatientSummary } from "#contract/roster.ts";
import { minuteMs } from "#glucose/time.ts";
import { pageSize, pathOf, patientQueries } from "../api/patients.ts";
import { getJson } from "../http.ts";
import type { View } from "./view.ts";

/** As many are printed at most. */
const printedMost = 2000;
/** As many are fetched before anybody asks for paper, so that the browser's own command prints them all. */
const keptReady = 400;
const restMs = 2000;
/** Of so many the glucose is read for paper; of others it stands where it was read for the screen. */
export const mostReadForPaper = 500;
/** A value that was read so lately is not read again. */
const freshMs = 2 * minuteMs;
/** As many connections as a browser opens: nothing but the paper is waited for. */
const readAtOnce = 6;
/** Telling of each one would draw the page anew each time. */
const toldEvery = 10;

/** How far the reading has come. */
interface Progress {
  done: number;
  total: number;
}

/** Reads the glucose of those of the first rows of whom it is not here; answers whether it was not called off. */
function useReadForPaper() {
  const queryClient = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const reading = useRef<AbortController | null>(null);
  const cancel = useCallback(() => reading.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const unread = (rows: readonly ListedPatient[]) =>
    rows
      .slice(0, mostReadForPaper)
      .filter(({ id }) => queryClient.getQueryData(patientQueries.summary(id).queryKey) === undefined);
  const read = async (rows: readonly ListedPatient[]): Promise<boolean> => {
    const wanted = unread(rows);
    if (wanted.length === 0) return true;
    cancel();
    const own = new AbortController();
    reading.current = own;
    // Those that are here already are counted too: as many as will stand on paper with their glucose.
    const total = Math.min(rows.length, mostReadForPaper);
    let done = total - wanted.length;
    setProgress({ done, total });
    const readOn = async (): Promise<void> => {
      for (let next = wanted.shift(); next && !own.signal.aborted; next = wanted.shift()) {
        const { id } = next;
        const query = {
          ...patientQueries.summary(id),
          // Not in turn with the rows on the screen.
          queryFn: ({ signal }: { signal: AbortSignal }) =>
            getJson<PatientSummary>(pathOf(id, "/summary"), signal),
          staleTime: freshMs,
        };
        // Who could not be read is told of on the paper.
        await queryClient.fetchQuery(query).catch(() => undefined);
        done += 1;
        if (done % toldEvery === 0 && !own.signal.aborted) setProgress({ done, total });
      }
    };
    await Promise.all(Array.from({ length: readAtOnce }, readOn));
    if (reading.current === own) setProgress(null);
    return !own.signal.aborted;
  };
  return { unread, read, progress, cancel };
}

/**
 * All rows that match, for paper. A list of one page is there already; one of a few pages is fetched once the
 * list has rested; a longer one when somebody prints with the button or the keyboard, and then their glucose too.
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
  const rows = isMore ? (all.data ?? first) : first;
  const { unread, read, progress, cancel } = useReadForPaper();
  const print = async () => {
    const listed = isComplete
      ? rows
      : await queryClient.fetchQuery(patientQueries.printed(view, q, printedMost)).catch(() => rows);
    if (await read(listed)) window.print();
  };
  const isReady = () => isComplete && unread(rows).length === 0;
  const ready = useRef(isReady);
  ready.current = isReady;
  const command = useRef(print);
  command.current = print;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key.toLowerCase() !== "p") return;
      if (ready.current()) return;
      event.preventDefault();
      void command.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return { rows, print, progress, cancel };
}
