import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const embedOpenings: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("embed_opening")
      .addColumn("token_id", "text", (column) => column.primaryKey())
      .addColumn("expires_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("embed_opening_by_end").on("embed_opening").column("expires_at_ms").execute();
  },
};
