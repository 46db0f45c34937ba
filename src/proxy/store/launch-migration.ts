import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const launches: Migration = {
  up: async (db: Kysely<unknown>) => {
    let issuer = db.schema
      .createTable("launch_issuer")
      .addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["name", "base_url", "client_id", "scopes"])
      issuer = issuer.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["key_id", "public_key", "sealed_private_key", "by_id"])
      issuer = issuer.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["patient_system", "partner_system", "frame_origin"])
      issuer = issuer.addColumn(text, "text");
    for (const number of ["is_confidential", "created_at_ms"])
      issuer = issuer.addColumn(number, "bigint", (column) => column.notNull());
    await issuer.addColumn("removed_at_ms", "bigint").execute();

    let launch = db.schema
      .createTable("launch")
      .addColumn("state_hash", "text", (column) => column.primaryKey());
    for (const text of ["challenge", "issuer_id", "staff_id"])
      launch = launch.addColumn(text, "text", (column) => column.notNull());
    await launch.addColumn("expires_at_ms", "bigint", (column) => column.notNull()).execute();
    await db.schema
      .createIndex("patient_by_hospital_number")
      .on("patient")
      .column("hospital_number")
      .execute();
  },
};
