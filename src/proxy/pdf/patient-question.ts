import type { Transferable } from "node:worker_threads";
import type { PatientReportQuery } from "#contract/patient-report.ts";
import { copyOfPart, type ReadingSeries, readingsOf, type SeriesPart } from "#glucose/reading-series.ts";
import type { Span } from "#glucose/time.ts";
import type { Read } from "#report/patient/merge-reads.ts";
import type { PatientReads } from "#report/patient/reported-period.ts";

/** A read with its readings by column: some thousand objects would be copied one by one. */
interface SentRead extends Omit<Read, "readings"> {
  readonly series: ReadingSeries;
}

interface SentReads extends Omit<PatientReads, "history" | "recent" | "dayReads"> {
  readonly history: SentRead & Pick<PatientReads["history"], "leftOut">;
  readonly recent: SentRead | undefined;
  readonly dayReads: ReadonlyMap<number, SentRead>;
}

/** A patient's report, from what was read. */
export interface PatientQuestion {
  readonly kind: "patient";
  readonly reads: SentReads;
  readonly asked: Pick<PatientReportQuery, "language" | "unit" | "paper" | "audience">;
  readonly nowMs: number;
}

/** What the platform told of a span, with columns of its own to be given away. */
export function sentRead(
  read: SeriesPart & Pick<PatientReads["history"], "asOfMs" | "unread" | "unreadable" | "leftOut">,
  { startMs, endMs }: Span,
) {
  const { asOfMs, unread, unreadable, leftOut } = read;
  return { startMs, endMs, asOfMs, unread, unreadable, leftOut, series: copyOfPart(read) };
}

/** The columns, which the thread gets without another copy. */
export const transferOf = ({ reads: { history, recent, dayReads } }: PatientQuestion): Transferable[] =>
  [history, ...(recent ? [recent] : []), ...dayReads.values()].map(
    ({ series }) => series.timeMs.buffer as ArrayBuffer,
  );

const received = <R extends SentRead>({ series, ...read }: R) => ({ ...read, readings: readingsOf(series) });

/** In the thread: what was read, one by one again. */
export const receivedReads = ({ history, recent, dayReads, ...rest }: SentReads): PatientReads => ({
  ...rest,
  history: received(history),
  recent: recent && received(recent),
  dayReads: new Map([...dayReads].map(([dayMs, read]) => [dayMs, received(read)])),
});
