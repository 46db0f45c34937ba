import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { Failure } from "../failure.ts";
import { withDeadline } from "../platform/call-context.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { PatientStore } from "../store/patients.ts";
import { checkEveryMs, type StatusReader } from "./patient-status.ts";
import type { Roster } from "./roster.ts";

const secondMs = 1000;
const idleMs = 5000;
const longestPauseMs = 60_000;
const longestRefreshMs = 60_000;
/** A tenth more than it takes to be through in time, for those who are due more often. */
const spare = 1.1;
const countEveryMs = 60_000;
/** However few they are. More at once would keep a small server's memory large from its first minute on. */
const leastPerSecond = 1;

export interface RefreshOptions {
  patients: Pick<PatientStore, "takeDue" | "checksDue">;
  statuses: Pick<StatusReader, "renew">;
  roster: Pick<Roster, "lastLow">;
  now: () => number;
  steadyMs: () => number;
  clockSpeed: () => number;
  log: Logger;
  perSecond: number;
  signal: AbortSignal;
}

/**
 * Brings every patient's summaries up to date, those due longest first, so that the list holds for patients
 * who were never opened: as many a second as are seen within a quarter of an hour, at most `perSecond` on
 * each server; fewer while the platform fails. When behind, as after an outage, who was low comes first. Ends
 * when `signal` aborts.
 */
export async function refreshStatuses(options: RefreshOptions): Promise<void> {
  const { patients, statuses, roster, now, steadyMs, clockSpeed, log, perSecond, signal } = options;
  let failures = 0;
  let rate = leastPerSecond;
  let countedAtMs = Number.NEGATIVE_INFINITY;
  /** To be read before others. */
  let urgent: string[] = [];
  while (!signal.aborted) {
    const pauseMs = await refreshSome().catch((error: unknown) => {
      log.error({ err: error }, "refreshing the patients' statuses failed");
      return databaseTrouble(error) ? idleMs : longestPauseMs;
    });
    await wait(pauseMs, undefined, { signal }).catch(() => {});
  }

  async function countPatients(): Promise<void> {
    if (steadyMs() - countedAtMs < countEveryMs) return;
    countedAtMs = steadyMs();
    const { patients: count, oldestDueMs } = await patients.checksDue();
    const isBehind = oldestDueMs !== null && now() - oldestDueMs > countEveryMs;
    urgent = isBehind ? await roster.lastLow() : [];
    rate = Math.max(leastPerSecond, (spare * count * secondMs * clockSpeed()) / checkEveryMs);
  }

  /** How long to wait before the next ones. */
  async function refreshSome(): Promise<number> {
    await countPatients();
    const aSecond = Math.min(perSecond, rate);
    const most = Math.max(1, Math.round(aSecond));
    const beganMs = performance.now();
    // Taken before the read: no other server reads the same ones, and one
    // that fails does not hold the others up.
    // Whoever is tried while the platform fails waits a quarter of an hour: nobody who was low.
    const due =
      failures > 0
        ? await patients.takeDue(now(), now() + checkEveryMs, 1)
        : await patients.takeDue(now(), now() + checkEveryMs, most, urgent.splice(0, most));
    if (due.length === 0) return idleMs;
    await Promise.all(due.map(refresh));
    const tookMs = performance.now() - beganMs;
    const pauseMs = Math.max(0, (due.length * secondMs) / aSecond - tookMs);
    return failures === 0
      ? pauseMs
      : Math.min(longestPauseMs, (secondMs / aSecond) * 2 ** Math.min(failures, 10));
  }

  async function refresh(patient: Parameters<StatusReader["renew"]>[0]): Promise<void> {
    try {
      await withDeadline("background", longestRefreshMs, () => statuses.renew(patient));
      failures = 0;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures += 1;
      log.warn({ err: error }, "a patient's status could not be read");
    }
  }
}
