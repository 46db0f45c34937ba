import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What is known of sensors; of those from before, whose they are. */
export const sensors: Migration = {
  up: async (db: Kysely<unknown>) => {
    let table = db.schema.createTable("sensor").addColumn("serial", "text", (column) => column.primaryKey());
    for (const text of ["open_id", "region", "partner_id", "state", "headline"])
      table = table.addColumn(text, "text");
    for (const text of ["gtin", "lot", "expiry_date", "produced_on"]) table = table.addColumn(text, "text");
    for (const moment of ["bound", "activated", "estimated_end", "ended", "asked", "last_data", "data_asked"])
      table = table.addColumn(`${moment}_at_ms`, "bigint");
    for (const count of ["received", "expected", "packets_lost", "upload_delay_ms"])
      table = table.addColumn(count, "bigint");
    await table.addColumn("first_seen_at_ms", "bigint", (column) => column.notNull()).execute();
    await db.schema.createIndex("sensor_by_wearer").on("sensor").column("open_id").execute();
    await sql`insert into sensor (serial, open_id, region, first_seen_at_ms)
      select sensor_owner.serial,
        case when patient.archived_at_ms is null and whole.archived_at_ms is null then patient.open_id end,
        patient.region, sensor_owner.seen_at_ms
      from sensor_owner
      left join patient on patient.open_id = sensor_owner.open_id
      left join patient as whole on whole.id = patient.merged_into`.execute(db);
  },
};

/** Who has put details of a box in place of others, and when. */
export const boxReplaced: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("sensor").addColumn("box_by_id", "text").execute();
    await db.schema.alterTable("sensor").addColumn("box_at_ms", "bigint").execute();
  },
};
