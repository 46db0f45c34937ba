import { type Kysely, sql, type Transaction } from "kysely";
import { type AuditContent, type AuditHead, type AuditRow, noMac } from "../store/audit-rows.ts";
import type { Tables } from "../store/schema.ts";
import { type AuditChain, keyIdOf } from "./chain.ts";

export const keyChangeAction = "audit.key-change";

type LastRow = Pick<AuditRow, "seq" | "mac">;
type Fault = "missing" | "altered" | "unknown-key" | "older";

/** A row that the server itself writes. */
export const byServer = (
  atMs: number,
  said: Pick<AuditContent, "action" | "outcome"> & { details: object },
) => ({
  at_ms: atMs,
  actor_id: null,
  actor_role: null,
  action: said.action,
  subject: null,
  outcome: said.outcome,
  details: JSON.stringify(said.details),
  request_id: "",
  client_address: "",
});

/** The row for a head record that is not as we left it: the trail continues, with this on record. */
const headLost = (atMs: number, head: Fault): AuditContent =>
  byServer(atMs, { action: "audit.broken", outcome: "failed", details: { head } });

/**
 * The row for a trail that was signed with a secret we do not have, which is not a sign of tampering. It
 * keeps the head as it was found, so that it can still be checked with that secret.
 */
const keyChanged = (atMs: number, { seq, began_at_ms, before_chain, seal }: AuditHead): AuditContent =>
  byServer(atMs, {
    action: keyChangeAction,
    outcome: "ok",
    details: { throughSeq: seq, beganAtMs: began_at_ms, beforeChain: before_chain, seal },
  });

/** The head that a key-change row recorded. */
export function headFound({ details, previous_mac: mac }: AuditRow): AuditHead {
  const { throughSeq, beganAtMs, beforeChain, seal } = JSON.parse(details ?? "{}");
  return { id: 1, seq: throughSeq, mac, began_at_ms: beganAtMs, before_chain: beforeChain, seal };
}

/**
 * Whether a head sealed with a key we do not have was left by a server: it names the last row, and has the
 * same key as that row. One forged after a row whose key we have does not.
 */
export const isOfItsRow = (head: AuditHead, last: LastRow | null): boolean =>
  head.seq === (last?.seq ?? 0) &&
  head.mac === (last?.mac ?? noMac) &&
  (!last || keyIdOf(head.seal) === keyIdOf(last.mac));

const lastRow = async (trx: Transaction<Tables>): Promise<LastRow | null> =>
  (await trx.selectFrom("audit").select(["seq", "mac"]).orderBy("seq", "desc").limit(1).executeTakeFirst()) ??
  null;

function linkAll(
  chain: AuditChain,
  contents: readonly AuditContent[],
  start: Omit<AuditHead, "seal">,
): { rows: AuditRow[]; head: AuditHead } {
  let { seq, mac } = start;
  const rows = contents.map((content) => {
    seq += 1;
    const row = chain.link(content, seq, mac);
    mac = row.mac;
    return row;
  });
  const { id, began_at_ms, before_chain } = start;
  return { rows, head: chain.seal({ id, seq, mac, began_at_ms, before_chain }) };
}

/**
 * Appends rows where the head record still is `known`, in one statement of PostgreSQL: no other server waits
 * for what this one does between two. Where it is another, nothing is written, and the head is answered as
 * it is, null where there is none.
 */
export async function appendTo(
  db: Kysely<Tables>,
  chain: AuditChain,
  contents: readonly AuditContent[],
  known: AuditHead,
): Promise<{ isAppended: boolean; head: AuditHead | null }> {
  const { rows, head } = linkAll(chain, contents, known);
  const {
    rows: [found],
  } = await sql<AuditHead & { is_moved: boolean }>`
    with found as (select * from audit_head where id = 1 for update),
    moved as (
      update audit_head set seq = ${head.seq}, mac = ${head.mac}, seal = ${head.seal} from found
      where audit_head.id = found.id and found.seq = ${known.seq} and found.mac = ${known.mac}
        and found.began_at_ms = ${known.began_at_ms} and found.before_chain = ${known.before_chain}
        and found.seal = ${known.seal}
      returning audit_head.id
    ),
    written as (
      insert into audit (seq, at_ms, actor_id, actor_role, action, subject, outcome, details, request_id,
        client_address, previous_mac, mac)
      select seq, at_ms, actor_id, actor_role, action, subject, outcome, details, request_id,
        client_address, previous_mac, mac
      from moved cross join json_to_recordset(${JSON.stringify(rows)}::json) as one(seq bigint, at_ms bigint,
        actor_id text, actor_role text, action text, subject text, outcome text, details text,
        request_id text, client_address text, previous_mac text, mac text)
    )
    select found.*, exists (select from moved) as is_moved from found`.execute(db);
  if (!found) return { isAppended: false, head: null };
  const { is_moved: isAppended, ...asItIs } = found;
  return { isAppended, head: isAppended ? head : asItIs };
}

/**
 * Appends rows to the chain. The head record is locked first, so that servers append one after the other.
 * `seenSeq` is a sequence number that the trail is known to have reached.
 */
export async function append(
  trx: Transaction<Tables>,
  chain: AuditChain,
  contents: readonly AuditContent[],
  seenSeq: number,
): Promise<{ rows: AuditRow[]; head: AuditHead }> {
  const moved = await trx
    .updateTable("audit_head")
    .set((eb) => ({ seq: eb("seq", "+", contents.length) }))
    .where("id", "=", 1)
    .returningAll()
    .executeTakeFirst();
  const head = moved && { ...moved, seq: moved.seq - contents.length };
  const soundness = head ? chain.checkHead(head) : "missing";
  let last: LastRow | null = null;
  if (soundness !== "sound" || (head && head.seq < seenSeq)) last = await lastRow(trx);
  const isOther = head !== undefined && soundness === "unknown-key" && isOfItsRow(head, last);
  const isOurs = soundness === "sound" || isOther;
  const fault: Fault | null = !isOurs ? soundness : head && head.seq < seenSeq ? "older" : null;

  const atMs = contents[0]?.at_ms ?? 0;
  // Nothing is taken over from a head that we did not seal.
  const lost = { id: 1, seq: 0, mac: noMac, began_at_ms: atMs, before_chain: 0 };
  let start: Omit<AuditHead, "seal"> = isOurs && head ? head : lost;
  if (fault) start = { ...start, seq: Math.max(last?.seq ?? 0, seenSeq), mac: last?.mac ?? noMac };
  const first = fault ? [headLost(atMs, fault)] : isOther ? [keyChanged(atMs, head)] : [];
  const { rows, head: next } = linkAll(chain, [...first, ...contents], start);
  await trx.insertInto("audit").values(rows).execute();
  await trx
    .insertInto("audit_head")
    .values(next)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(next))
    .execute();
  return { rows, head: next };
}
