import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const worklistActs: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("patient").addColumn("marks", "text").execute();
    await db.schema
      .createTable("patient_review")
      .addColumn("patient_id", "text", (column) => column.notNull())
      .addColumn("number", "bigint", (column) => column.notNull())
      .addColumn("by_id", "text", (column) => column.notNull())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addColumn("reasons", "text", (column) => column.notNull())
      .addColumn("ended_snooze", "text")
      .addColumn("ended_hand_over", "text")
      .addColumn("undone_by_id", "text")
      .addColumn("undone_at_ms", "bigint")
      .addPrimaryKeyConstraint("patient_review_key", ["patient_id", "number"])
      .execute();
    await db.schema.createIndex("patient_review_by_time").on("patient_review").column("at_ms").execute();
    await db.schema
      .createTable("patient_note")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("patient_id", "text", (column) => column.notNull())
      .addColumn("by_id", "text", (column) => column.notNull())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addColumn("sealed_text", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex("patient_note_by_patient")
      .on("patient_note")
      .columns(["patient_id", "at_ms", "id"])
      .execute();
  },
};

/** What was kept of 14 days in plain is reckoned anew and kept sealed. */
export const daySummaries: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("glucose_days")
      .addColumn("patient_id", "text", (column) => column.primaryKey())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("sealed", "text", (column) => column.notNull())
      .execute();
    await db.schema.alterTable("patient").addColumn("figures", "text").execute();
    await sql`update patient set ranges = null`.execute(db);
  },
};
