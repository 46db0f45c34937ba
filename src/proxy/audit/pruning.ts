import { setImmediate } from "node:timers/promises";
import type { Transaction } from "kysely";
import * as z from "zod/mini";
import { type AuditRow, noMac } from "../store/audit-rows.ts";
import type { Database } from "../store/database.ts";
import type { Tables } from "../store/schema.ts";
import { append, byServer } from "./append.ts";
import type { AuditChain } from "./chain.ts";

export const pruneAction = "audit.prune";

/**
 * What the row about a pruning keeps of what is gone. `mac` is the last
 * one's, which the oldest row left names.
 */
const pruned = z.object({ rows: z.number(), throughSeq: z.number(), untilMs: z.number(), mac: z.string() });
export type Pruned = z.infer<typeof pruned>;

/** Null for what is no row about a pruning, or does not say what went. */
export function readPruned({ action, details }: AuditRow): Pruned | null {
  if (action !== pruneAction || details === null) return null;
  try {
    return pruned.parse(JSON.parse(details));
  } catch {
    return null;
  }
}

const rowsPerPart = 2000;

/** When the trail's last row was written; null for an empty trail. */
export async function newestRowMs({ db }: Pick<Database, "db">): Promise<number | null> {
  const newest = await db
    .selectFrom("audit")
    .select("at_ms")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return newest?.at_ms ?? null;
}

/** Says in the trail, and to the triggers, which rows are about to go; null where there are none. */
async function declare(
  trx: Transaction<Tables>,
  chain: AuditChain,
  beforeMs: number,
  nowMs: number,
): Promise<Pruned | null> {
  // The lock under which rows are added, so that two servers do not declare the same.
  await trx
    .updateTable("audit_head")
    .set((eb) => ({ seq: eb.ref("seq") }))
    .where("id", "=", 1)
    .execute();
  const bounds = await trx
    .selectFrom("audit")
    .select((eb) => [
      eb.fn.max("seq").as("last"),
      eb
        .selectFrom("audit as kept")
        .select((inner) => inner.fn.min("kept.seq").as("seq"))
        .where("kept.at_ms", ">=", beforeMs)
        .as("firstKept"),
      eb.selectFrom("audit_pruning").select("through_seq").as("through"),
    ])
    .executeTakeFirst();
  const throughSeq = bounds?.firstKept ? bounds.firstKept - 1 : (bounds?.last ?? 0);
  const last = await trx
    .selectFrom("audit")
    .selectAll()
    .where("seq", "<=", throughSeq)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const before = bounds?.through ?? 0;
  if (!last || last.seq <= before) return null;
  const gone: Pruned = {
    rows: last.seq - before,
    throughSeq: last.seq,
    untilMs: last.at_ms,
    mac: last.mac ?? noMac,
  };
  await append(trx, chain, [byServer(nowMs, { action: pruneAction, outcome: "ok", details: gone })], 0);
  const mark = { through_seq: gone.throughSeq };
  await trx
    .insertInto("audit_pruning")
    .values({ id: 1, ...mark })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(mark))
    .execute();
  return gone;
}

/**
 * Removes the oldest rows, up to the first that is not older than `beforeMs`. What goes is first declared, in
 * the trail and to the triggers; then it goes in parts, and what a crash leaves goes at the next pruning.
 * Null when there was nothing to prune.
 */
export async function pruneAudit(
  { db }: Database,
  chain: AuditChain,
  beforeMs: number,
  nowMs: number,
): Promise<Pruned | null> {
  const declared = await db.transaction().execute((trx) => declare(trx, chain, beforeMs, nowMs));
  const { through_seq: throughSeq } = (await db
    .selectFrom("audit_pruning")
    .select("through_seq")
    .executeTakeFirst()) ?? { through_seq: 0 };
  const first = await db
    .selectFrom("audit")
    .select((eb) => eb.fn.min("seq").as("seq"))
    .executeTakeFirst();
  for (let seq = first?.seq ?? throughSeq + 1; seq <= throughSeq; seq += rowsPerPart) {
    const upTo = Math.min(throughSeq, seq + rowsPerPart - 1);
    await db.deleteFrom("audit").where("seq", "<=", upTo).execute();
    await setImmediate();
  }
  return declared;
}
