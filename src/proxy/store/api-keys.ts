import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { keyPrefix } from "#contract/api-key-limits.ts";
import type { ApiKey, NewApiKey } from "#contract/api-keys.ts";
import { dayMs } from "#glucose/time.ts";
import type { Database } from "./database.ts";
import type { Tables } from "./schema.ts";

/** Keys of other programs. Only their hash is kept; a revoked one stays, so that the audit trail names it. */
export interface ApiKeyStore {
  create(key: NewApiKey, by: string): Promise<{ key: ApiKey; secret: string }>;
  /** The newest first, whether they still work or not. */
  list(): Promise<ApiKey[]>;
  /** Null where there never was such a key. */
  bySecret(secret: string): Promise<ApiKey | null>;
  byId(id: string): Promise<ApiKey | null>;
  /** Null where there is none that still works. */
  revoke(id: string, by: string): Promise<ApiKey | null>;
  /** Once a minute is enough. */
  noteUse(id: string): Promise<void>;
}

/** A key is 256 random bits; there is nothing to guess that a slow hash would have to guard. */
const hashOf = (secret: string) => createHash("sha256").update(secret).digest("hex");

const select = (db: Kysely<Tables>) =>
  db
    .selectFrom("api_key")
    .leftJoin("user as maker", "maker.id", "api_key.by_id")
    .leftJoin("user as revoker", "revoker.id", "api_key.revoked_by_id")
    .selectAll("api_key")
    .select(["maker.name as maker_name", "revoker.name as revoker_name"]);

type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

const toApiKey = (row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role,
  mayRegister: row.may_register === 1,
  ending: row.ending,
  madeBy: { id: row.by_id, name: row.maker_name },
  createdAtMs: row.created_at_ms,
  expiresAtMs: row.expires_at_ms,
  lastUsedAtMs: row.last_used_at_ms,
  revoked:
    row.revoked_at_ms === null || row.revoked_by_id === null
      ? null
      : { by: { id: row.revoked_by_id, name: row.revoker_name }, atMs: row.revoked_at_ms },
});

export function createApiKeyStore({ db }: Pick<Database, "db">, now: () => number): ApiKeyStore {
  const byId = async (id: string) => {
    const row = await select(db).where("api_key.id", "=", id).executeTakeFirst();
    return row ? toApiKey(row) : null;
  };
  const kept = async (id: string) => {
    const key = await byId(id);
    if (!key) throw new Error("an API key is not where it was written");
    return key;
  };
  return {
    create: async ({ name, role, mayRegister, days }, by) => {
      const secret = `${keyPrefix}${randomBytes(32).toString("hex")}`;
      const id = `key-${randomUUID()}`;
      await db
        .insertInto("api_key")
        .values({
          id,
          name,
          role,
          may_register: mayRegister ? 1 : 0,
          secret_hash: hashOf(secret),
          ending: secret.slice(-4),
          by_id: by,
          created_at_ms: now(),
          expires_at_ms: now() + days * dayMs,
          last_used_at_ms: null,
          revoked_at_ms: null,
          revoked_by_id: null,
        })
        .execute();
      return { key: await kept(id), secret };
    },
    list: async () => {
      const rows = await select(db).orderBy("api_key.created_at_ms", "desc").orderBy("api_key.id").execute();
      return rows.map(toApiKey);
    },
    bySecret: async (secret) => {
      const row = await select(db).where("secret_hash", "=", hashOf(secret)).executeTakeFirst();
      return row ? toApiKey(row) : null;
    },
    byId,
    revoke: async (id, by) => {
      const { numUpdatedRows } = await db
        .updateTable("api_key")
        .set({ revoked_at_ms: now(), revoked_by_id: by })
        .where("id", "=", id)
        .where("revoked_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows === 1n ? kept(id) : null;
    },
    noteUse: async (id) => {
      await db.updateTable("api_key").set({ last_used_at_ms: now() }).where("id", "=", id).execute();
    },
  };
}
