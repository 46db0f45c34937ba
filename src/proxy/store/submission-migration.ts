import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Where the receiver has whom something was sent of. */
export const submissionsThere: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("submission").addColumn("patient_there", "text").execute();
    await db.schema.alterTable("submission").addColumn("by_number_alone", "bigint").execute();
  },
};

export const submissions: Migration = {
  up: async (db: Kysely<unknown>) => {
    const create = (table: string) =>
      db.schema.createTable(table).addColumn("id", "text", (column) => column.primaryKey());

    let receiver = create("receiver");
    for (const text of ["name", "base_url", "scopes", "key_id", "public_key", "sealed_private_key", "by_id"])
      receiver = receiver.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["token_url", "client_id", "patient_system", "removed_by_id"])
      receiver = receiver.addColumn(text, "text");
    await receiver
      .addColumn("created_at_ms", "bigint", (column) => column.notNull())
      .addColumn("quiet_until_ms", "bigint", (column) => column.notNull())
      .addColumn("removed_at_ms", "bigint")
      .execute();

    const asked = [
      "receiver_id",
      "patient_id",
      "language",
      "unit",
      "paper",
      "by_id",
      "by_role",
      "by_address",
    ];
    let submission = create("submission");
    for (const text of [...asked, "first_date", "last_date", "state"])
      submission = submission.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["order_id", "problem", "sealed_said"])
      submission = submission.addColumn(text, "text");
    for (const number of ["created_at_ms", "attempts", "next_at_ms"])
      submission = submission.addColumn(number, "bigint", (column) => column.notNull());
    for (const number of ["answered_at_ms", "problem_status"])
      submission = submission.addColumn(number, "bigint");
    await submission.execute();
    const index = (name: string, table: string, columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns).execute();
    await index("submission_due", "submission", ["state", "next_at_ms"]);
    await index("submission_by_patient", "submission", ["patient_id", "created_at_ms"]);
    await index("submission_by_receiver", "submission", ["receiver_id", "state"]);

    let entry = db.schema
      .createTable("submission_entry")
      .addColumn("submission_id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("status", "bigint", (column) => column.notNull())
      .addColumn("position", "bigint", (column) => column.notNull());
    for (const text of ["location", "sealed_said"]) entry = entry.addColumn(text, "text");
    await entry.addPrimaryKeyConstraint("submission_entry_key", ["submission_id", "name"]).execute();

    let order = create("standing_order");
    for (const text of [...asked, "every", "days"])
      order = order.addColumn(text, "text", (column) => column.notNull());
    for (const number of ["created_at_ms", "next_at_ms"])
      order = order.addColumn(number, "bigint", (column) => column.notNull());
    await order.addColumn("stopped_at_ms", "bigint").addColumn("stopped_by_id", "text").execute();
    await index("standing_order_due", "standing_order", ["stopped_at_ms", "next_at_ms"]);
    await index("standing_order_by_patient", "standing_order", ["patient_id"]);
  },
};
