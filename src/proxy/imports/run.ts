import { setTimeout } from "node:timers/promises";
import pLimit from "p-limit";
import type { Logger } from "pino";
import type { ImportRow, ImportTrouble } from "#contract/import.ts";
import { beginningOf } from "#contract/text.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import { isPassing } from "../platform/breaker.ts";
import { withDeadline } from "../platform/call-context.ts";
import type { RegisterPatient } from "../roster/register-patient.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { StoredImport } from "../store/import-records.ts";
import type { ImportStore } from "../store/imports.ts";

/** Resolves after so many milliseconds, or at once when `signal` is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export interface ImportRunnerOptions {
  store: ImportStore;
  register: RegisterPatient;
  audit: Audit;
  /** For the rows of all files together. */
  limitRate: () => Promise<void>;
  now: () => number;
  /** How much faster than real time `now` goes. */
  clockSpeed: number;
  log: Logger;
  wait?: Wait | undefined;
}

export interface ImportRunner {
  /** Looks at the files: goes on with those that are to run, and with one that is not to wait any longer. */
  wake(): void;
  /** Resolves when the rows under way are through. */
  stop(): Promise<void>;
}

const mostAtOnce = 4;
const rowsPerBatch = 100;
const mostAttempts = 5;
const mostFailuresInARow = 20;
const firstWaitMs = 500;
const longestWaitMs = 60_000;
const longestRegistrationMs = 60_000;
/** While the database restarts, or its disk is full. */
const databaseWaitMs = 1000;

const waitFor: Wait = (ms, signal) => setTimeout(ms, undefined, { signal }).catch(() => {});

const troubleOf = ({ code, details: { platform } }: Failure): ImportTrouble => ({
  code,
  platformCode: platform?.code ?? null,
  platformMessage: beginningOf(platform?.message ?? "", 300),
});

/** The platform has decided about this row, in whatever words: asking again changes nothing. */
const isDecided = (error: Failure): boolean =>
  error.code.startsWith("platform-") && error.code !== "platform-unauthorized" && !isPassing(error);

/** A row that is to be tried again. */
interface Setback {
  trouble: ImportTrouble;
  /** How long the platform does not want to be asked. */
  pauseMs: number;
  /** Nothing can be registered any more: our signature is refused. */
  isEnd: boolean;
}

/**
 * Registers the rows of files. What there is to do stands in the database only, so a restart goes on where it was. All
 * files together have four rows under way at most, in turn.
 */
export function createImportRunner(options: ImportRunnerOptions): ImportRunner {
  const { store, register, audit, limitRate, now, clockSpeed, log, wait = waitFor } = options;
  const limit = pLimit(mostAtOnce);
  const working = new Map<string, { done: Promise<void>; waiting: AbortController }>();
  const stopping = new AbortController();

  async function registered(job: StoredImport, row: ImportRow) {
    const { partnerUid, name, region, timeZone, tags } = row;
    const { patient, created } = await withDeadline("background", longestRegistrationMs, () =>
      register({ partnerUid, name, region, timeZone, tags }),
    );
    await audit({
      actor_id: job.startedBy?.id ?? null,
      actor_role: job.startedBy?.role ?? null,
      action: created ? "patient.register" : "patient.register-again",
      subject: patient.id,
      outcome: "ok",
      request_id: `import ${job.id}`,
      client_address: job.startedBy?.clientAddress ?? "",
    });
    const nameHere = created || patient.name === name ? null : patient.name;
    await store.setRow(job.id, row.row, {
      outcome: created ? "registered" : "here",
      nameHere,
      trouble: null,
      doneAtMs: now(),
      patientId: patient.id,
      openId: patient.openId,
    });
  }

  /** Null when the platform has answered for this row, be it with a refusal; else why the line failed. */
  async function attempt(job: StoredImport, row: ImportRow): Promise<Setback | null> {
    try {
      await registered(job, row);
      return null;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const trouble = troubleOf(error);
      const { retryAfterS, isFinal = false } = error.details;
      // Shut out until then, it may go on after that.
      const isEnd = isFinal && retryAfterS === undefined;
      // A platform that is left alone was not asked.
      const attempts = row.attempts + (retryAfterS === undefined ? 1 : 0);
      const isAnswered = isDecided(error);
      const isThrough = isAnswered || attempts >= mostAttempts;
      const end = isThrough ? ({ outcome: "failed", doneAtMs: now() } as const) : {};
      await store.setRow(job.id, row.row, { attempts, trouble, ...end });
      return isAnswered ? null : { trouble, pauseMs: (retryAfterS ?? 0) * 1000, isEnd };
    }
  }

  /** Registers rows side by side while all goes well, and ends early when it does not; answers with how it went. */
  async function runRows(
    job: StoredImport,
    rows: readonly ImportRow[],
  ): Promise<Pick<StoredImport, "failures" | "trouble"> & { pauseMs: number }> {
    let { failures, trouble } = job;
    let pauseMs = 0;
    let unexpected: unknown;
    const isOver = () =>
      stopping.signal.aborted || unexpected !== undefined || failures > Math.max(1, job.failures);
    const one = async (row: ImportRow) => {
      if (isOver()) return;
      await limitRate();
      if (isOver() || !(await store.isRunning(job.id))) return;
      const setback = await attempt(job, row);
      trouble = setback?.trouble ?? null;
      pauseMs = setback?.pauseMs ?? 0;
      failures = setback ? (setback.isEnd ? mostFailuresInARow : failures + 1) : 0;
    };
    // Rows under way come to their end, whatever becomes of another one.
    const each = rows.map((row) =>
      limit(() => one(row)).catch((error: unknown) => {
        unexpected ??= error;
      }),
    );
    await Promise.all(each);
    if (unexpected !== undefined) throw unexpected;
    return { failures, trouble, pauseMs };
  }

  /** Does as it says until it has; a database that cannot be used for a while is no reason to give a file up. */
  async function patiently(id: string, act: () => Promise<void>): Promise<void> {
    while (!stopping.signal.aborted)
      try {
        return await act();
      } catch (err) {
        if (!databaseTrouble(err)) throw err;
        log.warn({ importId: id, err }, "An import waits for the database");
        await wait(databaseWaitMs, stopping.signal);
      }
  }

  async function work(id: string, waiting: () => AbortSignal): Promise<void> {
    while (!stopping.signal.aborted) {
      const job = await store.byId(id);
      if (job?.state !== "running") return;
      // After a failure one row alone finds out whether the line is back.
      const rows = await store.nextRows(id, job.failures > 0 ? 1 : rowsPerBatch);
      const { failures, trouble, pauseMs } = await runRows(job, rows);
      const toldSoFar = { failures, trouble, waitUntilMs: null };
      if (rows.length === 0) await store.move(id, ["running"], "done", { ...toldSoFar, trouble: null });
      else if (failures >= mostFailuresInARow)
        await store.move(id, ["running"], "paused", { ...toldSoFar, failures: 0 });
      else if (failures > 1 || pauseMs > 0) {
        const waitMs = Math.max(pauseMs, Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 2)));
        await store.move(id, ["running"], "running", {
          ...toldSoFar,
          waitUntilMs: now() + waitMs * clockSpeed,
        });
        await wait(waitMs, waiting());
      } else if (failures !== job.failures) await store.move(id, ["running"], "running", toldSoFar);
    }
  }

  /** An error of ours: logged, and the file says so. While not even that can be written, it is tried again. */
  async function giveUp(id: string, error: unknown): Promise<void> {
    log.error({ importId: id, err: error }, "An import was paused by an error");
    const trouble: ImportTrouble = { code: "internal", platformCode: null, platformMessage: "" };
    while (!stopping.signal.aborted)
      try {
        await store.move(id, ["running"], "paused", { failures: 0, trouble, waitUntilMs: null });
        return;
      } catch (err) {
        log.error({ importId: id, err }, "An import could not be paused");
        await wait(longestWaitMs, stopping.signal);
      }
  }

  function start(id: string): void {
    const entry = { done: Promise.resolve(), waiting: new AbortController() };
    const waiting = () => {
      entry.waiting = new AbortController();
      return AbortSignal.any([entry.waiting.signal, stopping.signal]);
    };
    working.set(id, entry);
    entry.done = patiently(id, () => work(id, waiting))
      .catch((error: unknown) => giveUp(id, error))
      .finally(() => {
        working.delete(id);
        // Somebody may have started it again at the moment it ended.
        wake();
      });
  }

  async function startDue(): Promise<void> {
    try {
      for (const id of await store.running()) if (!working.has(id) && !stopping.signal.aborted) start(id);
      for (const [id, { waiting }] of working)
        if ((await store.byId(id))?.waitUntilMs == null) waiting.abort();
    } catch (err) {
      log.error({ err }, "The imports that are to run could not be read");
    }
  }

  let starting = Promise.resolve();
  function wake(): void {
    if (!stopping.signal.aborted) starting = starting.then(startDue);
  }

  return {
    wake,
    stop: async () => {
      stopping.abort();
      await starting;
      await Promise.all([...working.values()].map(({ done }) => done));
    },
  };
}
