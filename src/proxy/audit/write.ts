import type { AuditAction, AuditOutcome, RefusedCall } from "#contract/audit.ts";
import { shortKey } from "../short-key.ts";
import type { AuditContent, AuditHead } from "../store/audit-rows.ts";
import type { Database } from "../store/database.ts";
import { append, appendTo } from "./append.ts";
import type { AuditChain } from "./chain.ts";

export type AuditEntry = Omit<AuditContent, "at_ms" | "action" | "outcome" | "details"> & {
  action: AuditAction | RefusedCall;
  outcome: AuditOutcome;
  /** More to say about it; kept as JSON. */
  details?: Readonly<Record<string, string | number>> | undefined;
  /** The session it was done in: looks of two are never one row. It is not written. */
  session?: string | undefined;
};

/**
 * Writes one row of the audit trail; rejects when it cannot, and then what was asked for must not be shown.
 */
export type Audit = (entry: AuditEntry) => Promise<void>;

const collapseMs = 10 * 60_000;
const mostAtOnce = 200;
const mostTries = 8;

/** What is asked again and again while a page stays open. */
const isLook = (action: string) => action.endsWith(".view") || action.endsWith(".search");

interface Waiting {
  content: AuditContent;
  done: () => void;
  failed: (error: unknown) => void;
}

/**
 * A page that is kept open asks every minute. The same session looking at as much of the same subject from
 * the same place is one row per ten minutes, so that the trail stays readable; every first or wider look, and
 * every look after a pause, has its row.
 *
 * Rows form a chain, so one is written after the other. Those that come while some are
 * being written are written together next.
 */
export function createAudit(
  { db, kind }: Pick<Database, "db" | "kind">,
  chain: AuditChain,
  now: () => number,
  steadyMs: () => number,
): Audit {
  /** By the steady clock. */
  const writtenAtMs = new Map<string, number>();
  const waiting: Waiting[] = [];
  let isWriting = false;
  let seenSeq = 0;
  /** The trail's end as it was last seen and may be gone on from. */
  let end: AuditHead | null = null;

  /** Another server may append in between each time: after some tries, this one's turn is waited for. */
  async function appendAll(contents: readonly AuditContent[]): Promise<AuditHead> {
    for (let tries = 0; kind === "postgres" && end && tries < mostTries; tries += 1) {
      const { isAppended, head } = await appendTo(db, chain, contents, end);
      if (head && isAppended) return head;
      // Whatever is wrong with it goes on record below.
      end = head && chain.checkHead(head) === "sound" && head.seq >= seenSeq ? head : null;
    }
    return (await db.transaction().execute((trx) => append(trx, chain, contents, seenSeq))).head;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const contents = batch.map(({ content }) => content);
      end = await appendAll(contents);
      seenSeq = Math.max(seenSeq, end.seq);
      for (const { done } of batch) done();
    } catch (error) {
      end = null;
      // One that cannot be written must not take the others with it.
      if (batch.length > 1) for (const one of batch) await write([one]);
      else for (const { failed } of batch) failed(error);
    }
  }

  async function writeWaiting(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) await write(waiting.splice(0, mostAtOnce));
    isWriting = false;
  }

  const written = (content: AuditContent) =>
    new Promise<void>((done, failed) => {
      waiting.push({ content, done, failed });
      void writeWaiting();
    });

  return async ({ details, session, ...entry }) => {
    const passedMs = steadyMs();
    for (const [key, ms] of writtenAtMs) {
      if (passedMs - ms < collapseMs) break;
      writtenAtMs.delete(key);
    }
    const { actor_id, action, subject, outcome, client_address } = entry;
    const said = details ? JSON.stringify(details) : null;
    if (!isLook(action)) return written({ ...entry, details: said, at_ms: now() });
    // Which patients a list showed may be thousands of characters.
    const key = shortKey(JSON.stringify([session, actor_id, action, subject, outcome, client_address, said]));
    if (writtenAtMs.has(key)) return;
    await written({ ...entry, details: said, at_ms: now() });
    writtenAtMs.set(key, passedMs);
  };
}
