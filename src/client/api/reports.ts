import type { ClientAuditEvent } from "#contract/audit.ts";
import { sendJson } from "../http.ts";

/** Somebody is here: the server counts the idle time from it. */
export const reportActivity = () => sendJson("/api/account/activity", {});

/** Adds to the trail what this browser has done with data that it already had. */
export const sendAuditEvent = (event: ClientAuditEvent, subject: string | undefined) =>
  sendJson("/api/audit/events", { event, subject });
