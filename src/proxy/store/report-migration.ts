import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

export const reports: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("import_job").addColumn("asked", "text").execute();
    let row = db.schema
      .createTable("report_row")
      .addColumn("job_id", "text", (column) => column.notNull())
      .addColumn("row_number", "integer", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull());
    for (const text of ["patient_id", "outcome"])
      row = row.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["trouble", "sealed_name", "sealed_report"]) row = row.addColumn(text, "text");
    await row
      .addColumn("done_at_ms", "bigint")
      .addPrimaryKeyConstraint("report_row_key", ["job_id", "row_number"])
      .execute();
    await db.schema
      .createIndex("report_row_by_outcome")
      .on("report_row")
      .columns(["job_id", "outcome", "attempts", "row_number"])
      .execute();
    await db.schema.createIndex("report_row_by_patient").on("report_row").column("patient_id").execute();
  },
};
