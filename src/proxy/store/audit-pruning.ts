import { setImmediate } from "node:timers/promises";
import * as z from "zod/mini";
import { append, inOneTransaction, type Steps } from "./audit-append.ts";
import { type AuditChain, type AuditRow, noMac } from "./audit-chain.ts";
import type { Database } from "./database.ts";

export const pruneAction = "audit.prune";

/** What the row about a pruning keeps of what is gone. `mac` is the last one's, which the oldest row left names. */
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

/**
 * Removes the oldest rows, up to the first that is not older than `beforeMs`. What goes is first declared, in the trail and
 * to the triggers; then it goes in parts, and what a crash leaves goes at the next pruning. Null when there was nothing to prune.
 */
export async function pruneAudit(
  database: Database,
  chain: AuditChain,
  beforeMs: number,
  nowMs: number,
): Promise<Pruned | null> {
  const { db } = database;

  function* declare(): Steps<Pruned | null> {
    // The lock under which rows are added, so that two servers do not declare the same.
    yield db
      .updateTable("audit_head")
      .set((eb) => ({ seq: eb.ref("seq") }))
      .where("id", "=", 1)
      .compile();
    const [bounds] = (yield db
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
      .compile()) as { last: number | null; firstKept: number | null; through: number | null }[];
    const throughSeq = bounds?.firstKept ? bounds.firstKept - 1 : (bounds?.last ?? 0);
    const [last] = (yield db
      .selectFrom("audit")
      .selectAll()
      .where("seq", "<=", throughSeq)
      .orderBy("seq", "desc")
      .limit(1)
      .compile()) as AuditRow[];
    const before = bounds?.through ?? 0;
    if (!last || last.seq <= before) return null;
    const gone: Pruned = {
      rows: last.seq - before,
      throughSeq: last.seq,
      untilMs: last.at_ms,
      mac: last.mac ?? noMac,
    };
    const said = {
      ...{
        at_ms: nowMs,
        actor_id: null,
        actor_role: null,
        action: pruneAction,
        subject: null,
        outcome: "ok",
      },
      ...{ details: JSON.stringify(gone), request_id: "", client_address: "" },
    };
    yield* append(db, chain, [said], 0);
    const mark = { through_seq: gone.throughSeq };
    yield db
      .insertInto("audit_pruning")
      .values({ id: 1, ...mark })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(mark))
      .compile();
    return gone;
  }

  const declared = await inOneTransaction(database, declare);
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
