import type { CompiledQuery, Kysely } from "kysely";
import { type AuditChain, type AuditContent, type AuditHead, type AuditRow, noMac } from "./audit-chain.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** Statements of one transaction, each answered with its rows before the next one is made. */
export type Steps<T> = Generator<CompiledQuery, T, unknown[]>;

/**
 * Runs them as one transaction. On SQLite without giving way in between: whoever else writes to the file from this process
 * would wait for a lock that cannot be given back while they wait.
 */
export async function inOneTransaction<T>({ db, sqlite }: Database, steps: () => Steps<T>): Promise<T> {
  if (!sqlite)
    return db.transaction().execute(async (trx) => {
      const run = steps();
      let step = run.next();
      while (!step.done) step = run.next((await trx.executeQuery(step.value)).rows);
      return step.value;
    });
  return db.connection().execute(async () => {
    sqlite.exec("begin immediate");
    try {
      const run = steps();
      let step = run.next();
      while (!step.done) {
        const { sql, parameters } = step.value;
        step = run.next(sqlite.prepare(sql).all(...(parameters as (string | number | null)[])));
      }
      sqlite.exec("commit");
      return step.value;
    } catch (error) {
      sqlite.exec("rollback");
      throw error;
    }
  });
}

/** What is written when the head record is not as we left it: the trail goes on, and says so for ever. */
const headLost = (atMs: number, why: string): AuditContent => ({
  ...{ at_ms: atMs, actor_id: null, actor_role: null, action: "audit.broken", subject: null },
  ...{ outcome: "failed", details: JSON.stringify({ head: why }), request_id: "", client_address: "" },
});

/**
 * Adds rows to the end of the chain. The head record is locked first, so that servers take turns. `seenSeq` is a number that the
 * trail is known to have reached.
 */
export function* append(
  db: Kysely<Tables>,
  chain: AuditChain,
  contents: readonly AuditContent[],
  seenSeq: number,
): Steps<{ seq: number; rows: AuditRow[] }> {
  const [moved] = (yield db
    .updateTable("audit_head")
    .set((eb) => ({ seq: eb("seq", "+", contents.length) }))
    .where("id", "=", 1)
    .returningAll()
    .compile()) as AuditHead[];
  const head = moved && { ...moved, seq: moved.seq - contents.length };
  const soundness = head ? chain.checkHead(head) : "missing";
  const fault = soundness !== "sound" ? soundness : head && head.seq < seenSeq ? "older" : null;

  const atMs = contents[0]?.at_ms ?? 0;
  // What a head says that we did not seal is not taken over.
  const lost = { id: 1, seq: 0, mac: noMac, began_at_ms: atMs, before_chain: 0 };
  let start: Omit<AuditHead, "seal"> = soundness === "sound" && head ? head : lost;
  if (fault) {
    const [last] = (yield db
      .selectFrom("audit")
      .select(["seq", "mac"])
      .orderBy("seq", "desc")
      .limit(1)
      .compile()) as Pick<AuditRow, "seq" | "mac">[];
    start = { ...start, seq: Math.max(last?.seq ?? 0, seenSeq), mac: last?.mac ?? noMac };
  }
  let { seq, mac } = start;
  const rows = (fault ? [headLost(atMs, fault), ...contents] : contents).map((content) => {
    seq += 1;
    const row = chain.link(content, seq, mac);
    mac = row.mac;
    return row;
  });
  yield db.insertInto("audit").values(rows).compile();
  const { id, began_at_ms, before_chain } = start;
  const next = chain.seal({ id, seq, mac, began_at_ms, before_chain });
  yield db
    .insertInto("audit_head")
    .values(next)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(next))
    .compile();
  return { seq, rows };
}
