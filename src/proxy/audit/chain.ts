import { createHmac, createSecretKey, hkdfSync } from "node:crypto";
import type { AuditContent, AuditHead, AuditRow, RowChain } from "../store/audit-rows.ts";

/** `unknown-key`: made with a secret that is not among ours, so nothing can be said about it. */
type Soundness = "sound" | "altered" | "unknown-key";

/** Ties each row of the audit trail to the one before it, by a key that is not in the database. */
export interface AuditChain extends RowChain {
  check(row: AuditRow): Soundness;
  checkHead(head: AuditHead): Soundness;
  /** Tells equal texts from others without keeping them. */
  fingerprint(text: string): string;
}

/** Which key a signature was made with; the key itself is not needed to read it. */
export const keyIdOf = (signature: string): string => signature.slice(0, keyIdLength);

const keyIdLength = 8;
const fingerprintLength = 16;

/**
 * As the databases store it: PostgreSQL has neither NUL nor halves of surrogate pairs, and what
 * is read back must be what was signed.
 */
const storable = (text: string | null) => text?.toWellFormed().replaceAll("\0", "\ufffd") ?? null;

function createKey(secret: string) {
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "trendline audit chain", 32)));
  const sign = (...parts: (string | number | null)[]) =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url");
  return { id: keyIdOf(sign("key")), sign };
}

/**
 * The first secret signs what is new; all of them check what is there, so that rows outlive a change of
 * AUTH_SECRET. A signature begins with its key's ID.
 */
export function createAuditChain(secrets: readonly [string, ...string[]]): AuditChain {
  const keys = new Map(secrets.map(createKey).map((key) => [key.id, key]));
  const current = createKey(secrets[0]);
  type Key = typeof current;

  const rowMac = (key: Key, row: Omit<AuditRow, "mac">) =>
    `${key.id}.${key.sign(
      ...(["row", row.seq, row.previous_mac, row.at_ms, row.actor_id, row.actor_role] as const),
      ...([row.action, row.subject, row.outcome, row.details, row.request_id, row.client_address] as const),
    )}`;
  const headSeal = (key: Key, head: Omit<AuditHead, "seal">) =>
    `${key.id}.${key.sign("head", head.seq, head.mac, head.began_at_ms, head.before_chain)}`;

  const compare = (stored: string, expected: (key: Key) => string): Soundness => {
    const key = keys.get(keyIdOf(stored));
    if (!key) return "unknown-key";
    return stored === expected(key) ? "sound" : "altered";
  };

  return {
    link: (content, seq, previousMac) => {
      const texts = Object.entries(content).map(([name, value]) => [
        name,
        typeof value === "string" ? storable(value) : value,
      ]);
      const row = { ...(Object.fromEntries(texts) as AuditContent), seq, previous_mac: previousMac };
      return { ...row, mac: rowMac(current, row) };
    },
    check: (row) => compare(row.mac, (key) => rowMac(key, row)),
    seal: (head) => ({ ...head, seal: headSeal(current, head) }),
    checkHead: (head) => compare(head.seal, (key) => headSeal(key, head)),
    fingerprint: (text) => current.sign("search", text).slice(0, fingerprintLength),
  };
}
