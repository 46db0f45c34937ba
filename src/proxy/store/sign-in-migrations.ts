import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const signInGuard: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("sign_in_guard")
      .addColumn("account_key", "text", (column) => column.primaryKey())
      .addColumn("failures", "integer", (column) => column.notNull())
      .addColumn("locked_until_ms", "bigint", (column) => column.notNull())
      .addColumn("last_attempt_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("used_code")
      .addColumn("account_key", "text", (column) => column.notNull())
      .addColumn("code_key", "text", (column) => column.notNull())
      .addColumn("used_at_ms", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("used_code_key", ["account_key", "code_key"])
      .execute();
  },
};

export const invitations: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema
      .createTable("invitation")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("token_hash", "text", (column) => column.notNull().unique())
      .addColumn("email", "text", (column) => column.notNull().unique());
    for (const text of ["name", "role"]) table = table.addColumn(text, "text", (column) => column.notNull());
    for (const moment of ["created_at_ms", "expires_at_ms"])
      table = table.addColumn(moment, "bigint", (column) => column.notNull());
    await table.addColumn("staff_id", "text").execute();
  },
};

export const knownBrowsers: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("known_browser")
      .addColumn("browser_key", "text", (column) => column.primaryKey())
      .addColumn("account_key", "text", (column) => column.notNull())
      .addColumn("used_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("known_browser_by_account")
      .on("known_browser")
      .column("account_key")
      .execute();
  },
};
