import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("patient")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("partner_uid", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("region", "text", (column) => column.notNull())
      .addColumn("time_zone", "text", (column) => column.notNull())
      .addColumn("open_id", "text", (column) => column.notNull().unique())
      .addColumn("search_text", "text", (column) => column.notNull())
      .addColumn("created_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("patient_by_name").on("patient").columns(["name", "id"]).execute();
    await db.schema
      .createTable("platform_token")
      .addColumn("open_id", "text", (column) => column.primaryKey())
      .addColumn("sealed_token", "text", (column) => column.notNull())
      .addColumn("expires_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("service_user")
      .addColumn("partner_uid", "text", (column) => column.primaryKey())
      .addColumn("open_id", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("sensor_owner")
      .addColumn("serial", "text", (column) => column.primaryKey())
      .addColumn("open_id", "text", (column) => column.notNull())
      .addColumn("seen_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("audit")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addColumn("actor_id", "text")
      .addColumn("actor_role", "text")
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("subject", "text")
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("request_id", "text", (column) => column.notNull())
      .addColumn("client_address", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("audit_by_time").on("audit").column("at_ms").execute();
  },
};

const targets: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable("patient")
      .addColumn("targets", "text", (column) => column.notNull().defaultTo("most-adults"))
      .execute();
  },
};

/** In order of their names; one that has been released is never changed. */
export const migrations: Record<string, Migration> = { "0001-first": first, "0002-targets": targets };
