import * as z from "zod/mini";
import type { AuditAct } from "#contract/audit.ts";
import { ApiError, sendJson } from "./http.ts";
import { untilRecovery } from "./outage.ts";

/** Pauses between tries: an hour in all. */
const pausesMs = [1, 5, 30, 120, 600, 1200, 1800].map((seconds) => seconds * 1000);

/** The server has answered and will not answer otherwise. */
const isDecided = (error: unknown) => error instanceof ApiError && (error.problem?.status ?? 500) < 500;

async function tell(act: AuditAct, subject: string | undefined): Promise<void> {
  for (const pauseMs of [...pausesMs, null])
    try {
      await sendJson("/api/audit/acts", { act, subject }, z.unknown());
      return;
    } catch (error) {
      if (isDecided(error) || pauseMs === null) return;
      await untilRecovery(pauseMs);
    }
}

/**
 * Tells the audit trail what was done here with data that the browser already has. It comes after the act and never stands in its
 * way: who holds the data can write it down in any case, and that it was sent here is in the trail already. So a failure is tried
 * again for as long as the page is open, an hour at most, and not shown: there is nothing for anybody to do about it.
 */
export function sayDone(act: AuditAct, subject?: string): void {
  void tell(act, subject);
}
