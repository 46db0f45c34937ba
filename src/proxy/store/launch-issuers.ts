import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import type { LaunchIssuer, NewLaunchIssuer } from "#contract/launch.ts";
import type { Database } from "./database.ts";
import { type KeyPair, typedSystem } from "./receivers.ts";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export interface StoredIssuer extends NewLaunchIssuer {
  id: string;
  keyId: string;
  /** A JWK in JSON; null where it was sealed with none of our secrets. */
  privateKey: string | null;
}

/** Health records that may open patients here. */
export interface LaunchIssuerStore {
  /** By name. */
  list(): Promise<LaunchIssuer[]>;
  byId(id: string): Promise<StoredIssuer | null>;
  /** By its very address. */
  byBaseUrl(baseUrl: string): Promise<StoredIssuer | null>;
  /** As JWKs in JSON. */
  publicKeys(): Promise<string[]>;
  frameOrigins(): Promise<string[]>;
  add(issuer: NewLaunchIssuer, key: KeyPair, by: string): Promise<void>;
  /** False where there is none. */
  change(id: string, issuer: NewLaunchIssuer): Promise<boolean>;
  /** False where there is none. */
  remove(id: string): Promise<boolean>;
}

const columnsOf = (issuer: NewLaunchIssuer) => ({
  name: issuer.name,
  base_url: issuer.baseUrl,
  client_id: issuer.clientId,
  is_confidential: issuer.isConfidential ? 1 : 0,
  scopes: issuer.scopes,
  patient_system: issuer.patientSystem,
  partner_system: issuer.partnerSystem,
  frame_origin: issuer.frameOrigin,
});

const select = (db: Kysely<Tables>) =>
  db.selectFrom("launch_issuer").selectAll("launch_issuer").where("removed_at_ms", "is", null);
type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

const fieldsOf = (row: Row) => ({
  id: row.id,
  name: row.name,
  baseUrl: row.base_url,
  clientId: row.client_id,
  isConfidential: row.is_confidential === 1,
  scopes: row.scopes,
  patientSystem: typedSystem(row.patient_system),
  partnerSystem: typedSystem(row.partner_system),
  frameOrigin: row.frame_origin,
});

export function createLaunchIssuerStore(
  { db }: Pick<Database, "db">,
  sealer: Sealer,
  now: () => number,
): LaunchIssuerStore {
  const stored = (row: Row | undefined): StoredIssuer | null =>
    row ? { ...fieldsOf(row), keyId: row.key_id, privateKey: sealer.open(row.sealed_private_key) } : null;
  return {
    list: async () => {
      const rows = await select(db)
        .leftJoin("user", "user.id", "launch_issuer.by_id")
        .select("user.name as by_name")
        .orderBy("launch_issuer.name")
        .orderBy("launch_issuer.id")
        .execute();
      return rows.map((row) => ({
        ...fieldsOf(row),
        publicKey: row.public_key,
        madeBy: { id: row.by_id, name: row.by_name },
        createdAtMs: row.created_at_ms,
      }));
    },
    byId: async (id) => stored(await select(db).where("id", "=", id).executeTakeFirst()),
    byBaseUrl: async (baseUrl) => stored(await select(db).where("base_url", "=", baseUrl).executeTakeFirst()),
    publicKeys: async () => {
      const rows = await select(db).where("is_confidential", "=", 1).orderBy("id").execute();
      return rows.map(({ public_key }) => public_key);
    },
    frameOrigins: async () => {
      const rows = await select(db).where("frame_origin", "is not", null).execute();
      return [...new Set(rows.flatMap(({ frame_origin }) => frame_origin ?? []))].sort();
    },
    add: async (issuer, { keyId, publicKey, privateKey }, by) => {
      await db
        .insertInto("launch_issuer")
        .values({
          id: randomUUID(),
          ...columnsOf(issuer),
          key_id: keyId,
          public_key: publicKey,
          sealed_private_key: sealer.seal(privateKey),
          by_id: by,
          created_at_ms: now(),
          removed_at_ms: null,
        })
        .execute();
    },
    change: async (id, issuer) => {
      const { numUpdatedRows } = await db
        .updateTable("launch_issuer")
        .set(columnsOf(issuer))
        .where("id", "=", id)
        .where("removed_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    remove: async (id) => {
      const { numUpdatedRows } = await db
        .updateTable("launch_issuer")
        .set({ removed_at_ms: now() })
        .where("id", "=", id)
        .where("removed_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

export const resealLaunchIssuers = (db: Kysely<Tables>, sealer: Sealer): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom("launch_issuer")
        .select(["id as key", "sealed_private_key as sealed"])
        .where("id", ">", key)
        .orderBy("id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_private_key) =>
      db
        .updateTable("launch_issuer")
        .set({ sealed_private_key })
        .where("id", "=", key)
        .where("sealed_private_key", "=", sealed)
        .executeTakeFirst(),
  });
