import { randomUUID } from "node:crypto";
import type { Insertable, Kysely } from "kysely";
import type { Tables } from "./schema.ts";

type AuditEntry = Omit<Insertable<Tables["audit"]>, "id" | "at_ms">;

/** Writes one row of the audit trail; rejects when it cannot, and then what was asked for must not be shown. */
export type Audit = (entry: AuditEntry) => Promise<void>;

const collapseMs = 10 * 60_000;

const isLook = (action: string) => action.endsWith(".view");

/**
 * A page that is kept open asks every minute. The same person looking at the same subject from the same place is one row
 * per ten minutes, so that the trail stays readable; every first look, and every look after a pause, has its row.
 */
export function createAudit(db: Kysely<Tables>, now: () => number): Audit {
  const writtenAtMs = new Map<string, number>();
  return async (entry) => {
    const atMs = now();
    for (const [key, ms] of writtenAtMs) {
      if (atMs - ms < collapseMs) break;
      writtenAtMs.delete(key);
    }
    const key = JSON.stringify([
      entry.actor_id,
      entry.action,
      entry.subject,
      entry.outcome,
      entry.client_address,
    ]);
    if (isLook(entry.action) && writtenAtMs.has(key)) return;
    await db
      .insertInto("audit")
      .values({ ...entry, id: randomUUID(), at_ms: atMs })
      .execute();
    if (isLook(entry.action)) writtenAtMs.set(key, atMs);
  };
}
