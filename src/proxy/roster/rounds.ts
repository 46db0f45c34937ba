import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { Failure } from "../failure.ts";
import { withDeadline } from "../platform/call-context.ts";
import { databaseTrouble } from "../store/database-trouble.ts";
import type { PatientStore } from "../store/patients.ts";
import { checkEveryMs, type Looks } from "./looks.ts";

const idleMs = 5000;
const longestPauseMs = 60_000;
const longestLookMs = 60_000;

export interface RoundsOptions {
  patients: PatientStore;
  looks: Looks;
  now: () => number;
  log: Logger;
  perSecond: number;
  signal: AbortSignal;
}

/**
 * Looks at one patient after another, whoever has waited longest first, so that the roster can be filtered and sorted by what nobody has
 * opened. At most `perSecond` on each server; slower while the platform fails. Ends when `signal` aborts.
 */
export async function makeRounds({
  patients,
  looks,
  now,
  log,
  perSecond,
  signal,
}: RoundsOptions): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    const pauseMs = await lookAtNext().catch((error: unknown) => {
      log.error({ err: error }, "the rounds over the patients failed");
      return databaseTrouble(error) ? idleMs : longestPauseMs;
    });
    await wait(pauseMs, undefined, { signal }).catch(() => {});
  }

  /** How long to wait before the next one. */
  async function lookAtNext(): Promise<number> {
    // Taken before the look: no other server looks at the same one, and one that fails does not hold the others up.
    const next = await patients.takeNextToCheck(now(), now() + checkEveryMs);
    if (!next) return idleMs;
    try {
      await withDeadline("background", longestLookMs, async () => {
        await looks.summary(next);
        await looks.ranges(next);
      });
      failures = 0;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures += 1;
      log.warn({ err: error }, "a patient could not be looked at");
    }
    return Math.min(longestPauseMs, (1000 / perSecond) * 2 ** Math.min(failures, 10));
  }
}
