import type { Kysely } from "kysely";
import type { SensorBook, ServiceUserStore } from "../vendor/platform.ts";
import type { TokenStore } from "../vendor/tokens.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

/** Platform tokens, sealed. One that cannot be opened (AUTH_SECRET has changed) counts as none and is fetched anew. */
export function createTokenStore(db: Kysely<Tables>, sealer: Sealer): TokenStore {
  return {
    get: async (openId) => {
      const row = await db
        .selectFrom("platform_token")
        .selectAll()
        .where("open_id", "=", openId)
        .executeTakeFirst();
      const accessToken = row ? sealer.open(row.sealed_token) : null;
      return row && accessToken !== null ? { accessToken, expiresAtMs: row.expires_at_ms } : null;
    },
    put: async (openId, { accessToken, expiresAtMs }) => {
      const token = { sealed_token: sealer.seal(accessToken), expires_at_ms: expiresAtMs };
      await db
        .insertInto("platform_token")
        .values({ open_id: openId, ...token })
        .onConflict((conflict) => conflict.column("open_id").doUpdateSet(token))
        .execute();
    },
  };
}

export function createServiceUserStore(db: Kysely<Tables>): ServiceUserStore {
  return {
    get: async (partnerUid) => {
      const row = await db
        .selectFrom("service_user")
        .select("open_id")
        .where("partner_uid", "=", partnerUid)
        .executeTakeFirst();
      return row?.open_id ?? null;
    },
    put: async (partnerUid, openId) => {
      await db
        .insertInto("service_user")
        .values({ partner_uid: partnerUid, open_id: openId })
        .onConflict((conflict) => conflict.column("partner_uid").doUpdateSet({ open_id: openId }))
        .execute();
    },
  };
}

export function createSensorBook(db: Kysely<Tables>, now: () => number): SensorBook {
  return {
    ownerOf: async (serial) => {
      const row = await db
        .selectFrom("sensor_owner")
        .select("open_id")
        .where("serial", "=", serial)
        .executeTakeFirst();
      return row?.open_id ?? null;
    },
    remember: async (openId, serials) => {
      const seen = { open_id: openId, seen_at_ms: now() };
      await db
        .insertInto("sensor_owner")
        .values(serials.map((serial) => ({ serial, ...seen })))
        .onConflict((conflict) => conflict.column("serial").doUpdateSet(seen))
        .execute();
    },
  };
}
