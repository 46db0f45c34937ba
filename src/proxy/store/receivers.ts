import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { systemOf } from "#contract/identifier-system.ts";
import type { NewReceiver, Receiver } from "#contract/receivers.ts";
import type { Database } from "./database.ts";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";
import { stopOrders } from "./standing-orders.ts";

/** As JWKs in JSON. */
export interface KeyPair {
  keyId: string;
  publicKey: string;
  privateKey: string;
}

export interface StoredReceiver extends NewReceiver {
  id: string;
  keyId: string;
  /** Null where it was sealed with none of our secrets. */
  privateKey: string | null;
}

/** Servers that patients' data may be sent to. One that was removed is named in what was sent, and nowhere else. */
export interface ReceiverStore {
  /** By name. */
  list(): Promise<Receiver[]>;
  byId(id: string): Promise<StoredReceiver | null>;
  /** As JWKs in JSON. */
  publicKeys(): Promise<string[]>;
  add(receiver: NewReceiver, key: KeyPair, by: string): Promise<void>;
  /** False where there is none. */
  change(id: string, receiver: NewReceiver): Promise<boolean>;
  /** What waits for it is cancelled, and its standing orders are stopped; false where there is none. */
  remove(id: string, by: string): Promise<boolean>;
  /** How many standing orders that were. */
  stopOrders(id: string, by: string): Promise<number>;
}

const columnsOf = ({ name, baseUrl, tokenUrl, clientId, scopes, patientSystem }: NewReceiver) => ({
  name,
  base_url: baseUrl,
  token_url: tokenUrl,
  client_id: clientId,
  scopes,
  patient_system: patientSystem,
});

const select = (db: Kysely<Tables>) =>
  db.selectFrom("receiver").selectAll("receiver").where("removed_at_ms", "is", null);
type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

/** One that was named before systems were checked stands as it was typed. */
export const typedSystem = (system: string | null) => system && systemOf(system);

const fieldsOf = (row: Row) => ({
  id: row.id,
  name: row.name,
  baseUrl: row.base_url,
  tokenUrl: row.token_url,
  clientId: row.client_id,
  scopes: row.scopes,
  patientSystem: typedSystem(row.patient_system),
  keyId: row.key_id,
});

const listed = (db: Kysely<Tables>) =>
  select(db)
    .leftJoin("user", "user.id", "receiver.by_id")
    .select("user.name as by_name")
    .select((eb) => [
      eb
        .selectFrom("standing_order")
        .whereRef("receiver_id", "=", "receiver.id")
        .where("stopped_at_ms", "is", null)
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .as("orders"),
      eb
        .selectFrom("submission")
        .whereRef("receiver_id", "=", "receiver.id")
        .where("state", "=", "waiting")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .as("waiting"),
      eb
        .selectFrom("submission")
        .whereRef("receiver_id", "=", "receiver.id")
        .where("state", "=", "done")
        .select(({ fn }) => fn.max("answered_at_ms").as("last"))
        .as("last_sent_at_ms"),
    ])
    .orderBy("receiver.name")
    .orderBy("receiver.id");

export function createReceiverStore(
  { db }: Pick<Database, "db">,
  sealer: Sealer,
  now: () => number,
): ReceiverStore {
  return {
    list: async () =>
      (await listed(db).execute()).map((row) => ({
        ...fieldsOf(row),
        publicKey: row.public_key,
        madeBy: { id: row.by_id, name: row.by_name },
        createdAtMs: row.created_at_ms,
        standingOrders: Number(row.orders ?? 0),
        waiting: Number(row.waiting ?? 0),
        lastSentAtMs: row.last_sent_at_ms,
      })),
    byId: async (id) => {
      const row = await select(db).where("id", "=", id).executeTakeFirst();
      return row ? { ...fieldsOf(row), privateKey: sealer.open(row.sealed_private_key) } : null;
    },
    publicKeys: async () => {
      const rows = await db
        .selectFrom("receiver")
        .select("public_key")
        .where("removed_at_ms", "is", null)
        .orderBy("id")
        .execute();
      return rows.map(({ public_key }) => public_key);
    },
    add: async (receiver, { keyId, publicKey, privateKey }, by) => {
      await db
        .insertInto("receiver")
        .values({
          id: randomUUID(),
          ...columnsOf(receiver),
          key_id: keyId,
          public_key: publicKey,
          sealed_private_key: sealer.seal(privateKey),
          by_id: by,
          created_at_ms: now(),
          quiet_until_ms: 0,
          removed_at_ms: null,
          removed_by_id: null,
        })
        .execute();
    },
    change: async (id, receiver) => {
      const { numUpdatedRows } = await db
        .updateTable("receiver")
        // It may be another server by now.
        .set({ ...columnsOf(receiver), quiet_until_ms: 0 })
        .where("id", "=", id)
        .where("removed_at_ms", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    remove: (id, by) =>
      db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("receiver")
          .set({ removed_at_ms: now(), removed_by_id: by })
          .where("id", "=", id)
          .where("removed_at_ms", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        await stopOrders(trx, { receiver_id: id }, by, now());
        await trx
          .updateTable("submission")
          .set({ state: "cancelled" })
          .where("receiver_id", "=", id)
          .where("state", "=", "waiting")
          .execute();
        return true;
      }),
    stopOrders: (id, by) => stopOrders(db, { receiver_id: id }, by, now()),
  };
}

export const resealReceivers = (db: Kysely<Tables>, sealer: Sealer): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom("receiver")
        .select(["id as key", "sealed_private_key as sealed"])
        .where("id", ">", key)
        .orderBy("id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_private_key) =>
      db
        .updateTable("receiver")
        .set({ sealed_private_key })
        .where("id", "=", key)
        .where("sealed_private_key", "=", sealed)
        .executeTakeFirst(),
  });
