import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { type AuditContent, noMac, type RowChain } from "./audit-rows.ts";
import type { DatabaseKind, Tables } from "./schema.ts";

interface Before extends Tables {
  audit_before: AuditContent & { id: string };
}

const rowsPerInsert = 500;
const refused = "the audit trail is append-only";

/** One index for each filter of the audit page, with the column it filters by. */
const indexes: Record<string, string | null> = {
  audit_by_time: null,
  audit_by_actor: "actor_id",
  audit_by_action: "action",
  audit_by_subject: "subject",
  audit_by_outcome: "outcome",
  audit_by_address: "client_address",
};

async function createTables(db: Kysely<Before>, kind: DatabaseKind) {
  await db.schema.dropIndex("audit_by_time").execute();
  await db.schema.alterTable("audit").renameTo("audit_before").execute();
  // SQLite stores a table in the order of its key only if the key's type is exactly "integer".
  const big = kind === "sqlite" ? "integer" : "bigint";
  let audit = db.schema
    .createTable("audit")
    .addColumn("seq", big, (column) => column.primaryKey())
    .addColumn("at_ms", "bigint", (column) => column.notNull());
  for (const text of ["action", "outcome", "request_id", "client_address", "previous_mac", "mac"])
    audit = audit.addColumn(text, "text", (column) => column.notNull());
  for (const text of ["actor_id", "actor_role", "subject", "details"]) audit = audit.addColumn(text, "text");
  await audit.execute();
  await db.schema
    .createTable("audit_head")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .addColumn("mac", "text", (column) => column.notNull())
    .addColumn("began_at_ms", "bigint", (column) => column.notNull())
    .addColumn("before_chain", "bigint", (column) => column.notNull())
    .addColumn("seal", "text", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("audit_pruning")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("through_seq", "bigint", (column) => column.notNull())
    .execute();
}

/** Adds the rows from before the chain to it, in the order of their times. */
async function chainRows(db: Kysely<Before>, chain: RowChain, nowMs: number) {
  let [seq, mac] = [0, noMac];
  let after = { atMs: -1, id: "" };
  for (;;) {
    const rows = await db
      .selectFrom("audit_before")
      .selectAll()
      .where(sql<boolean>`(at_ms, id) > (${after.atMs}, ${after.id})`)
      .orderBy("at_ms")
      .orderBy("id")
      .limit(rowsPerInsert)
      .execute();
    const last = rows.at(-1);
    if (!last) break;
    const chained = rows.map(({ id: _, ...content }) => {
      seq += 1;
      const row = chain.link({ ...content, details: null }, seq, mac);
      mac = row.mac;
      return row;
    });
    await db.insertInto("audit").values(chained).execute();
    after = { atMs: last.at_ms, id: last.id };
  }
  const head = chain.seal({ id: 1, seq, mac, began_at_ms: nowMs, before_chain: seq });
  await db.insertInto("audit_head").values(head).execute();
}

/**
 * Refuse updates, and deletes of rows that are not declared pruned. Tampering by somebody who
 * may drop triggers shows in the chain.
 */
async function createTriggers(db: Kysely<Before>, kind: DatabaseKind) {
  const pruned = sql`exists (select 1 from audit_pruning where through_seq >= old.seq)`;
  const run = (statement: string) => sql.raw(statement).execute(db);
  if (kind === "sqlite") {
    const abort = `begin select raise(abort, '${refused}'); end`;
    await run(`create trigger audit_keeps before update on audit ${abort}`);
    await sql`create trigger audit_stays before delete on audit when not ${pruned} ${sql.raw(abort)}`.execute(
      db,
    );
    await run(`create trigger audit_head_stays before delete on audit_head ${abort}`);
    return;
  }
  await sql`create function audit_refuse() returns trigger language plpgsql set search_path from current as $$
    begin
      if tg_op = 'DELETE' and tg_table_name = 'audit' then
        if ${pruned} then return old; end if;
      end if;
      raise exception ${sql.lit(refused)};
    end $$`.execute(db);
  await run(`create trigger audit_keeps before update or delete on audit
    for each row execute function audit_refuse()`);
  await run(`create trigger audit_head_stays before delete on audit_head
    for each row execute function audit_refuse()`);
  for (const table of ["audit", "audit_head"])
    await run(`create trigger ${table}_is_whole before truncate on ${table}
      for each statement execute function audit_refuse()`);
}

/** What a new chain of the audit trail is begun with. */
export interface TrailStart {
  chain: RowChain;
  nowMs: number;
}

/**
 * Rows from before the chain are added as they are found: earlier changes to them cannot be detected, later
 * ones can. The head record stores how many they are.
 */
export const auditChain = (kind: DatabaseKind, trail: TrailStart | null): Migration => ({
  up: async (db: Kysely<Before>) => {
    if (!trail) throw new Error("the audit trail's chain cannot begin without its key");
    await createTables(db, kind);
    await sql`create index audit_before_by_time on audit_before (at_ms, id)`.execute(db);
    await chainRows(db, trail.chain, trail.nowMs);
    await db.schema.dropTable("audit_before").execute();
    for (const [name, column] of Object.entries(indexes))
      await db.schema
        .createIndex(name)
        .on("audit")
        .columns([...(column ? [column] : []), "at_ms", "seq"])
        .execute();
    await createTriggers(db, kind);
  },
});
