import { type Kysely, sql } from "kysely";
import { type AuditQuery, auditOutcomes, nobody } from "#contract/audit.ts";
import type { AuditHead, AuditRow } from "../store/audit-rows.ts";
import type { Tables } from "../store/schema.ts";

export interface AuditTrail {
  /** Newest first. `next` continues where this page ends; null at the end of the trail. */
  page(
    query: Omit<AuditQuery, "subject"> & { subjects?: readonly string[] },
  ): Promise<{ rows: AuditRow[]; next: string | null }>;
  /** Every action that occurs, in alphabetical order. */
  actions(): Promise<string[]>;
  /** Rows in the order of the chain. */
  after(seq: number, throughSeq: number, limit: number): Promise<AuditRow[]>;
  /** Where the trail ends by its head record, and by its rows. */
  ends(): Promise<{ head: AuditHead | null; lastSeq: number }>;
  /** The last row of an action. */
  lastOf(action: string): Promise<AuditRow | null>;
}

const others = auditOutcomes.filter((outcome) => outcome !== "ok");

export function createAuditTrail(db: Kysely<Tables>): AuditTrail {
  return {
    page: async ({ actor, action, subjects = [], outcome, address, fromMs, toMs, before, limit }) => {
      let chosen = db.selectFrom("audit").selectAll();
      if (actor === nobody) chosen = chosen.where("actor_id", "is", null);
      else if (actor) chosen = chosen.where("actor_id", "=", actor);
      if (action) chosen = chosen.where("action", "=", action);
      if (subjects.length > 0) chosen = chosen.where("subject", "in", subjects);
      if (outcome === "ok") chosen = chosen.where("outcome", "not in", others);
      else if (outcome) chosen = chosen.where("outcome", "=", outcome);
      if (address) chosen = chosen.where("client_address", "=", address);
      if (fromMs !== undefined) chosen = chosen.where("at_ms", ">=", fromMs);
      if (toMs !== undefined) chosen = chosen.where("at_ms", "<", toMs);
      if (before) {
        const [atMs = 0, seq = 0] = before.split("-").map(Number);
        chosen = chosen.where(sql<boolean>`(at_ms, seq) < (${atMs}, ${seq})`);
      }
      const rows = await chosen
        .orderBy("at_ms", "desc")
        .orderBy("seq", "desc")
        .limit(limit + 1)
        .execute();
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return { rows: shown, next: rows.length > limit && last ? `${last.at_ms}-${last.seq}` : null };
    },
    // From one action to the next by the index: a million rows need not be read to name forty actions.
    actions: async () => {
      const { rows } = await sql<{ action: string }>`
        with recursive one (action) as (
          select min(action) from audit
          union all
          select (select min(action) from audit where audit.action > one.action) from one
          where one.action is not null
        )
        select action from one where action is not null`.execute(db);
      return rows.map(({ action }) => action);
    },
    after: (seq, throughSeq, limit) =>
      db
        .selectFrom("audit")
        .selectAll()
        .where("seq", ">", seq)
        .where("seq", "<=", throughSeq)
        .orderBy("seq")
        .limit(limit)
        .execute(),
    ends: async () => {
      // In one statement, so that no row comes in between.
      const { rows } = await sql<{ last: number | null } & (AuditHead | { id: null })>`
        select (select max(seq) from audit) as last, audit_head.*
        from (select 1 as one) as always left join audit_head on audit_head.id = one`.execute(db);
      const [row] = rows;
      if (!row) throw new Error("a statement of one row answered with none");
      const { last, ...head } = row;
      return { head: head.id === null ? null : head, lastSeq: last ?? 0 };
    },
    lastOf: async (action) =>
      (await db
        .selectFrom("audit")
        .selectAll()
        .where("action", "=", action)
        .orderBy("at_ms", "desc")
        .orderBy("seq", "desc")
        .limit(1)
        .executeTakeFirst()) ?? null,
  };
}
