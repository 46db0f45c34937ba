import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

export const recalls: Migration = {
  up: async (db: Kysely<unknown>) => {
    let recall = db.schema.createTable("recall").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["name", "alike"])
      recall = recall.addColumn(text, "text", (column) => column.notNull());
    for (const count of ["created_at_ms", "is_read", "lines", "not_ours", "unusable", "alike_count"])
      recall = recall.addColumn(count, "bigint", (column) => column.notNull());
    await recall.execute();
    await db.schema
      .createTable("recall_sensor")
      .addColumn("recall_id", "text", (column) => column.notNull())
      .addColumn("serial", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("recall_sensor_key", ["recall_id", "serial"])
      .execute();
    await db.schema
      .createTable("recall_contact")
      .addColumn("recall_id", "text", (column) => column.notNull())
      .addColumn("patient_id", "text", (column) => column.notNull())
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("by_id", "text", (column) => column.notNull())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("recall_contact_key", ["recall_id", "patient_id"])
      .execute();
  },
};

/**
 * What wearers are to be told; and of the serials of a file that nobody here has, so much that one is found again when a
 * sensor is seen for the first time.
 */
export const recallRest: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("recall").addColumn("instruction", "text").execute();
    await db.schema
      .createTable("recall_rest")
      .addColumn("recall_id", "text", (column) => column.notNull())
      .addColumn("first_fingerprint", "bigint", (column) => column.notNull())
      .addColumn("last_fingerprint", "bigint", (column) => column.notNull())
      .addColumn("packed", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("recall_rest_key", ["recall_id", "first_fingerprint"])
      .execute();
  },
};

/** What wearers are told in two languages; what stood there before is Chinese where it has a Chinese character. */
export const recallWords: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("recall").addColumn("instruction_zh", "text").execute();
    const { rows } = await sql<{ id: string; instruction: string }>`
      select id, instruction from recall where instruction is not null`.execute(db);
    for (const { id, instruction } of rows)
      if (/\p{Script=Han}/u.test(instruction))
        await sql`update recall set instruction_zh = instruction, instruction = null where id = ${id}`.execute(
          db,
        );
  },
};

/** A file is compared before somebody begins a recall with it. */
export const recallBegun: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("recall").renameColumn("is_read", "is_begun").execute();
  },
};

/** Each time that somebody was told or not reached; of those from before only the last is known. */
export const recallTries: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema.createTable("recall_try").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["recall_id", "patient_id", "outcome", "by_id"])
      table = table.addColumn(text, "text", (column) => column.notNull());
    for (const number of ["number", "at_ms"])
      table = table.addColumn(number, "bigint", (column) => column.notNull());
    await table.execute();
    await sql`insert into recall_try (id, recall_id, patient_id, number, outcome, by_id, at_ms)
      select recall_id || ' ' || patient_id, recall_id, patient_id, 1, outcome, by_id, at_ms
      from recall_contact`.execute(db);
    await db.schema
      .createIndex("recall_try_by_patient")
      .on("recall_try")
      .columns(["recall_id", "patient_id"])
      .execute();
  },
};

/** How many lines of the file only repeat others; and when what wearers are told was changed last. */
export const recallCounts: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const column of ["repeated", "instructed_at_ms"])
      await db.schema.alterTable("recall").addColumn(column, "bigint").execute();
  },
};

/** Lines of the file as they were read, or not taken. */
export const recallLines: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("recall").addColumn("shown", "text").execute();
  },
};
