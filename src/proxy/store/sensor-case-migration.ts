import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Complaints about sensors, and the calls about each. */
export const sensorCases: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema.createTable("sensor_case").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["serial", "state", "by_id", "sealed_text"])
      table = table.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["patient_id", "replacement_serial", "vendor_number", "vendor_key"])
      table = table.addColumn(text, "text");
    for (const number of ["received_at_ms", "changed_at_ms", "version"])
      table = table.addColumn(number, "bigint", (column) => column.notNull());
    await table.execute();
    let call = db.schema
      .createTable("sensor_case_call")
      .addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["case_id", "by_id", "sealed_text"])
      call = call.addColumn(text, "text", (column) => column.notNull());
    await call.addColumn("at_ms", "bigint", (column) => column.notNull()).execute();
    const index = (name: string, table: string, columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns).execute();
    await index("sensor_case_by_serial", "sensor_case", ["serial", "received_at_ms"]);
    await index("sensor_case_by_patient", "sensor_case", ["patient_id"]);
    await index("sensor_case_by_time", "sensor_case", ["received_at_ms", "id"]);
    await index("sensor_case_call_by_case", "sensor_case_call", ["case_id", "at_ms"]);
  },
};

/** What somebody changed of a case; and of which case a sensor is the replacement. */
export const sensorCaseHistory: Migration = {
  up: async (db: Kysely<unknown>) => {
    let change = db.schema
      .createTable("sensor_case_change")
      .addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["case_id", "by_id", "sealed_text"])
      change = change.addColumn(text, "text", (column) => column.notNull());
    await change
      // Of two changes within a millisecond the version says which came first.
      .addColumn("version", "bigint", (column) => column.notNull())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .execute();
    const index = (name: string, table: string, columns: string[]) =>
      db.schema.createIndex(name).on(table).columns(columns).execute();
    await index("sensor_case_change_by_case", "sensor_case_change", ["case_id", "version"]);
    await index("sensor_case_by_replacement", "sensor_case", ["replacement_serial"]);
  },
};

/** A call that is withdrawn keeps its number, so that the others keep theirs. */
export const withdrawnCalls: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("sensor_case_call").addColumn("withdrawn_at_ms", "bigint").execute();
  },
};
