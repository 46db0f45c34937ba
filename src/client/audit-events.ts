import type { ClientAuditEvent } from "#contract/audit.ts";
import { sendAuditEvent } from "./api/reports.ts";
import { ApiError } from "./http.ts";
import { untilRecovery } from "./outage.ts";

/** Pauses between tries: an hour in all. */
const pausesMs = [1, 5, 30, 120, 600, 1200, 1800].map((seconds) => seconds * 1000);

/** The server has answered and will not answer otherwise. */
const isFinal = (error: unknown) => error instanceof ApiError && (error.problem?.status ?? 500) < 500;

async function send(event: ClientAuditEvent, subject: string | undefined): Promise<void> {
  for (const pauseMs of [...pausesMs, null])
    try {
      await sendAuditEvent(event, subject);
      return;
    } catch (error) {
      if (isFinal(error) || pauseMs === null) return;
      await untilRecovery(pauseMs);
    }
}

/**
 * Reports to the audit trail what was done here with data that the browser already has. It comes after the
 * deed and never stands in its way: a person who holds the data can write it down in any case, and that it
 * was sent here is in the trail already. So a failure is tried again for as long as the page is open, an hour
 * at most, and not shown: there is nothing that anybody could do about it.
 */
export function reportAuditEvent(event: ClientAuditEvent, subject?: string): void {
  void send(event, subject);
}
