import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const healthLinks: Migration = {
  up: async (db: Kysely<unknown>) => {
    let link = db.schema.createTable("health_link").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["token_hash", "patient_id", "by_id", "first_date", "last_date"])
      link = link.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["passcode_hash", "content"]) link = link.addColumn(text, "text");
    for (const number of ["created_at_ms", "expires_at_ms", "tries_left", "opened", "refused"])
      link = link.addColumn(number, "bigint", (column) => column.notNull());
    await link.addColumn("revoked_at_ms", "bigint").execute();
    await db.schema
      .createIndex("health_link_by_token")
      .on("health_link")
      .column("token_hash")
      .unique()
      .execute();
    await db.schema.createIndex("health_link_by_patient").on("health_link").column("patient_id").execute();
    let opening = db.schema
      .createTable("health_link_opening")
      .addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["link_id", "recipient"])
      opening = opening.addColumn(text, "text", (column) => column.notNull());
    for (const number of ["at_ms", "is_refused"])
      opening = opening.addColumn(number, "bigint", (column) => column.notNull());
    await opening.execute();
    await db.schema
      .createIndex("health_link_opening_by_link")
      .on("health_link_opening")
      .columns(["link_id", "at_ms"])
      .execute();
  },
};
