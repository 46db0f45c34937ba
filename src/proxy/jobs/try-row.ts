import type { ImportTrouble } from "#contract/import.ts";
import { beginningOf } from "#contract/text.ts";
import { Failure } from "../failure.ts";
import { isPassing } from "../platform/breaker.ts";
import type { StoredJob } from "../store/job-records.ts";

export interface Row {
  readonly row: number;
  readonly attempts: number;
}

interface FailedTry {
  attempts: number;
  trouble: ImportTrouble;
  outcome?: "failed";
  doneAtMs?: number;
}

export interface JobRows<R extends Row> {
  /** Rows that have no result yet, those tried least often first. */
  nextRows(id: string, limit: number): Promise<R[]>;
  /** Changes a row that has no result yet; a result is final. */
  setRow(id: string, row: number, change: FailedTry): Promise<void>;
}

export interface TryRowOptions<J extends StoredJob, R extends Row> {
  store: Pick<JobRows<R>, "setRow">;
  /** Does what is to be done for a row, and writes down its result. */
  act: (job: J, row: R) => Promise<void>;
  /** A failure that is waited out, however long it lasts: it ends no row and pauses no job. */
  isWaitedOut?: ((error: Failure) => boolean) | undefined;
  now: () => number;
}

/** A row that is to be tried again. */
interface Setback {
  trouble: ImportTrouble;
  /** How long the platform does not want to be asked. */
  pauseMs: number;
  /** Nothing can be done any more: our signature is refused. */
  isEnd: boolean;
  isWaitedOut: boolean;
}

/** Null when the platform has answered for this row, even with a refusal; else why the request failed. */
export type TryRow<J extends StoredJob, R extends Row> = (job: J, row: R) => Promise<Setback | null>;

const mostAttempts = 5;

export const troubleOf = ({ code, details: { platform } }: Failure): ImportTrouble => ({
  code,
  platformCode: platform?.code ?? null,
  platformMessage: beginningOf(platform?.message ?? "", 300),
});

const decidedHere: ReadonlySet<Failure["code"]> = new Set([
  "device-unknown",
  "patient-unknown",
  "range-invalid",
]);

/** It has been decided about this row, by the platform or here: asking again changes nothing. */
export const isDecided = (error: Failure): boolean =>
  decidedHere.has(error.code) ||
  (error.code.startsWith("platform-") && error.code !== "platform-unauthorized" && !isPassing(error));

export const createTryRow =
  <J extends StoredJob, R extends Row>({
    store,
    act,
    isWaitedOut = () => false,
    now,
  }: TryRowOptions<J, R>): TryRow<J, R> =>
  async (job, row) => {
    try {
      await act(job, row);
      return null;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const trouble = troubleOf(error);
      const { retryAfterS, isFinal = false } = error.details;
      // Shut out until then, it may go on after that.
      const isEnd = isFinal && retryAfterS === undefined;
      const isPatient = isWaitedOut(error);
      // A platform that is left alone was not asked.
      const attempts = row.attempts + (retryAfterS === undefined && !isPatient ? 1 : 0);
      const isAnswered = isDecided(error);
      const isThrough = isAnswered || attempts >= mostAttempts;
      const end = isThrough ? ({ outcome: "failed", doneAtMs: now() } as const) : {};
      await store.setRow(job.id, row.row, { attempts, trouble, ...end });
      return isAnswered
        ? null
        : { trouble, pauseMs: (retryAfterS ?? 0) * 1000, isEnd, isWaitedOut: isPatient };
    }
  };
