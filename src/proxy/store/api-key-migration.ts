import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const apiKeys: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema.createTable("api_key").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["name", "role", "ending", "by_id"])
      table = table.addColumn(text, "text", (column) => column.notNull());
    for (const moment of ["created_at_ms", "expires_at_ms"])
      table = table.addColumn(moment, "bigint", (column) => column.notNull());
    await table
      .addColumn("secret_hash", "text", (column) => column.notNull().unique())
      .addColumn("may_register", "integer", (column) => column.notNull())
      .addColumn("last_used_at_ms", "bigint")
      .addColumn("revoked_at_ms", "bigint")
      .addColumn("revoked_by_id", "text")
      .execute();
  },
};
