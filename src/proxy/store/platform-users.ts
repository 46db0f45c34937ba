import DataLoader from "dataloader";
import type { Kysely } from "kysely";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";
import { rememberWearer } from "./sensors.ts";

/** A token that another server has renewed meanwhile stays. */
export const resealTokens = (db: Kysely<Tables>, sealer: Sealer): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom("platform_token")
        .select(["open_id as key", "sealed_token as sealed"])
        .where("open_id", ">", key)
        .orderBy("open_id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_token) =>
      db
        .updateTable("platform_token")
        .set({ sealed_token })
        .where("open_id", "=", key)
        .where("sealed_token", "=", sealed)
        .executeTakeFirst(),
  });

interface Token {
  accessToken: string;
  expiresAtMs: number;
}

/**
 * Platform tokens, sealed. One that cannot be opened (AUTH_SECRET has
 * changed) counts as none and is fetched anew.
 */
export function createTokenStore(db: Kysely<Tables>, sealer: Sealer) {
  const rows = new DataLoader(
    async (openIds: readonly string[]) => {
      const found = await db
        .selectFrom("platform_token")
        .selectAll()
        .where("open_id", "in", openIds)
        .execute();
      const byId = new Map(found.map((row) => [row.open_id, row]));
      return openIds.map((openId) => byId.get(openId));
    },
    { cache: false },
  );
  return {
    get: async (openId: string): Promise<Token | null> => {
      const row = await rows.load(openId);
      const accessToken = row ? sealer.open(row.sealed_token) : null;
      return row && accessToken !== null ? { accessToken, expiresAtMs: row.expires_at_ms } : null;
    },
    put: async (openId: string, { accessToken, expiresAtMs }: Token): Promise<void> => {
      const token = { sealed_token: sealer.seal(accessToken), expires_at_ms: expiresAtMs };
      await db
        .insertInto("platform_token")
        .values({ open_id: openId, ...token })
        .onConflict((conflict) => conflict.column("open_id").doUpdateSet(token))
        .execute();
    },
  };
}

export function createRegisteredUsers(db: Kysely<Tables>) {
  const get = async (partnerUid: string): Promise<string | null> => {
    const row = await db
      .selectFrom("service_user")
      .select("open_id")
      .where("partner_uid", "=", partnerUid)
      .executeTakeFirst();
    return row?.open_id ?? null;
  };
  return {
    get,
    claim: async (partnerUid: string, openId: string): Promise<boolean> => {
      const other = await db
        .selectFrom("patient")
        .select("id")
        .where("open_id", "=", openId)
        .where("partner_uid", "!=", partnerUid)
        .executeTakeFirst();
      if (other) return false;
      // An open ID is in it once: of two who are given the same at once, one gets nothing.
      await db
        .insertInto("service_user")
        .values({ partner_uid: partnerUid, open_id: openId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await get(partnerUid)) === openId;
    },
  };
}

export function createSensorBook(db: Kysely<Tables>, now: () => number) {
  return {
    ownerOf: async (serial: string): Promise<string | null> => {
      const row = await db
        .selectFrom("sensor_owner")
        .select("open_id")
        .where("serial", "=", serial)
        .executeTakeFirst();
      return row?.open_id ?? null;
    },
    /** Nothing is written where all of it is so already. */
    remember: async (openId: string, serials: readonly string[]): Promise<void> => {
      const { known } = await db
        .selectFrom("sensor_owner")
        .innerJoin("sensor", "sensor.serial", "sensor_owner.serial")
        .where("sensor_owner.serial", "in", serials)
        .where("sensor_owner.open_id", "=", openId)
        .where("sensor.open_id", "=", openId)
        .select(({ fn }) => fn.countAll<number>().as("known"))
        .executeTakeFirstOrThrow();
      if (Number(known) === new Set(serials).size) return;
      const seen = { open_id: openId, seen_at_ms: now() };
      await db
        .insertInto("sensor_owner")
        .values(serials.map((serial) => ({ serial, ...seen })))
        .onConflict((conflict) => conflict.column("serial").doUpdateSet(seen))
        .execute();
      await rememberWearer(db, openId, serials, seen.seen_at_ms);
    },
  };
}
