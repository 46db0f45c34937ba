import type { Context } from "hono";
import type { AuditAction } from "#contract/audit.ts";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import type { AuditEntry } from "./write.ts";

/** How much of somebody's readings was asked for. A page that refreshes itself asks for as much again. */
export function spanOf(startMs: number, endMs: number, nowMs: number): Record<string, number> {
  const days = Math.max(1, Math.round((endMs - startMs) / dayMs));
  const ago = Math.round((nowMs - endMs) / dayMs);
  return ago > 0 ? { days, ago } : { days };
}

/**
 * Reads, and writes a look's row before its answer can be sent; what could not be
 * read was not seen, and its row says so.
 */
export async function auditLook<T>(
  c: Context<AppEnv>,
  { action, subject, details }: { action: AuditAction; subject: string; details?: AuditEntry["details"] },
  read: () => Promise<T>,
): Promise<T> {
  const write = (outcome: AuditEntry["outcome"]) => c.get("audit")({ action, subject, outcome, details });
  let found: T;
  try {
    found = await read();
  } catch (error) {
    await write("failed");
    throw error;
  }
  await write("ok");
  return found;
}
