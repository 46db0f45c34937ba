import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { Failure } from "../failure.ts";
import { withDeadline } from "../platform/call-context.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { PatientStore } from "../store/patients.ts";
import { checkEveryMs, type StatusReader } from "./patient-status.ts";

const idleMs = 5000;
const longestPauseMs = 60_000;
const longestRefreshMs = 60_000;

export interface RefreshOptions {
  patients: PatientStore;
  statuses: StatusReader;
  now: () => number;
  log: Logger;
  perSecond: number;
  signal: AbortSignal;
}

/**
 * Reads one patient's status after another, the one due longest first, so that the roster's filters
 * hold for patients who were never opened. At most `perSecond` on each server; slower while the
 * platform fails. Ends when `signal` aborts.
 */
export async function refreshStatuses({
  patients,
  statuses,
  now,
  log,
  perSecond,
  signal,
}: RefreshOptions): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const pauseMs = await refreshNext().catch((error: unknown) => {
      log.error({ err: error }, "refreshing the patients' statuses failed");
      return databaseTrouble(error) ? idleMs : longestPauseMs;
    });
    await wait(pauseMs, undefined, { signal }).catch(() => {});
  }

  /** How long to wait before the next one. */
  async function refreshNext(): Promise<number> {
    // Taken before the read: no other server reads the same one, and one
    // that fails does not hold the others up.
    const next = await patients.takeNextToCheck(now(), now() + checkEveryMs);
    if (!next) return idleMs;
    try {
      await withDeadline("background", longestRefreshMs, async () => {
        await statuses.summary(next);
        await statuses.ranges(next);
      });
      failures = 0;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures += 1;
      log.warn({ err: error }, "a patient's status could not be read");
    }
    return Math.min(longestPauseMs, (1000 / perSecond) * 2 ** Math.min(failures, 10));
  }
}
