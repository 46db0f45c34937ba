import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";
import { apiKeys } from "./api-key-migration.ts";
import { auditChain, type TrailStart } from "./audit-migration.ts";
import { changeCounter } from "./change-counter.ts";
import { embedOpenings } from "./embed-migration.ts";
import { healthLinks } from "./health-link-migration.ts";
import { launches } from "./launch-migration.ts";
import {
  recallBegun,
  recallCounts,
  recallLines,
  recallRest,
  recalls,
  recallTries,
  recallWords,
} from "./recall-migrations.ts";
import { reports } from "./report-migration.ts";
import type { DatabaseKind } from "./schema.ts";
import { sensorCaseHistory, sensorCases, withdrawnCalls } from "./sensor-case-migration.ts";
import { boxReplaced, sensors } from "./sensor-migration.ts";
import { serialEnding } from "./serial-ending.ts";
import { invitations, knownBrowsers, signInGuard } from "./sign-in-migrations.ts";
import { submissions, submissionsThere } from "./submission-migration.ts";
import {
  clinicSettings,
  daySummaries,
  reviewWaits,
  wardAndAppointments,
  worklistActs,
} from "./worklist-migrations.ts";

const first: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("patient")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("partner_uid", "text", (column) => column.notNull().unique())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("region", "text", (column) => column.notNull())
      .addColumn("time_zone", "text", (column) => column.notNull())
      .addColumn("open_id", "text", (column) => column.notNull().unique())
      .addColumn("search_text", "text", (column) => column.notNull())
      .addColumn("created_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("patient_by_name").on("patient").columns(["name", "id"]).execute();
    await db.schema
      .createTable("platform_token")
      .addColumn("open_id", "text", (column) => column.primaryKey())
      .addColumn("sealed_token", "text", (column) => column.notNull())
      .addColumn("expires_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("service_user")
      .addColumn("partner_uid", "text", (column) => column.primaryKey())
      .addColumn("open_id", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("sensor_owner")
      .addColumn("serial", "text", (column) => column.primaryKey())
      .addColumn("open_id", "text", (column) => column.notNull())
      .addColumn("seen_at_ms", "bigint", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("audit")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("at_ms", "bigint", (column) => column.notNull())
      .addColumn("actor_id", "text")
      .addColumn("actor_role", "text")
      .addColumn("action", "text", (column) => column.notNull())
      .addColumn("subject", "text")
      .addColumn("outcome", "text", (column) => column.notNull())
      .addColumn("request_id", "text", (column) => column.notNull())
      .addColumn("client_address", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("audit_by_time").on("audit").column("at_ms").execute();
  },
};

const targets: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable("patient")
      .addColumn("targets", "text", (column) => column.notNull().defaultTo("most-adults"))
      .execute();
  },
};

/**
 * Texts compared byte by byte, so that an index finds what begins with a
 * text whatever the database's language.
 */
const byteOrder = (kind: DatabaseKind) => sql.raw(kind === "postgres" ? '"C"' : "binary");

const roster = (kind: DatabaseKind): Migration => ({
  up: async (db: Kysely<unknown>) => {
    const alter = () => db.schema.alterTable("patient");
    await db.schema.dropIndex("patient_by_name").execute();
    await alter().dropColumn("search_text").execute();
    for (const list of ["tags", "care_team"])
      await alter()
        .addColumn(list, "text", (column) => column.notNull().defaultTo("[]"))
        .execute();
    await alter().addColumn("archived_at_ms", "bigint").execute();
    await alter().addColumn("merged_into", "text").execute();
    await alter().addColumn("status", "text").execute();
    await alter().addColumn("ranges", "text").execute();
    for (const moment of ["check_due_ms", "changed_at_ms"])
      await alter()
        .addColumn(moment, "bigint", (column) => column.notNull().defaultTo(0))
        .execute();
    const index = (name: string, ...columns: string[]) =>
      db.schema.createIndex(name).on("patient").columns(columns).execute();
    await index("patient_by_change", "changed_at_ms", "id");
    await index("patient_by_merge", "merged_into");
    await sql`create index patient_by_check on patient (check_due_ms)
      where archived_at_ms is null and merged_into is null`.execute(db);
    await sql`create index sensor_by_serial on sensor_owner (serial collate ${byteOrder(kind)})`.execute(db);
  },
});

const imports: Migration = {
  up: async (db: Kysely<unknown>) => {
    let job = db.schema.createTable("import_job").addColumn("id", "text", (column) => column.primaryKey());
    for (const text of ["file_name", "encoding", "delimiter", "columns", "state"])
      job = job.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["started_by", "started_role", "started_from", "trouble"])
      job = job.addColumn(text, "text");
    await job
      .addColumn("total", "integer", (column) => column.notNull())
      .addColumn("failures", "integer", (column) => column.notNull())
      .addColumn("created_at_ms", "bigint", (column) => column.notNull())
      .addColumn("started_at_ms", "bigint")
      .addColumn("wait_until_ms", "bigint")
      .execute();
    let row = db.schema
      .createTable("import_row")
      .addColumn("job_id", "text", (column) => column.notNull())
      .addColumn("row_number", "integer", (column) => column.notNull());
    for (const text of ["outcome", "partner_uid", "name", "region", "time_zone", "tags"])
      row = row.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["field", "reason", "name_here", "trouble", "patient_id", "open_id"])
      row = row.addColumn(text, "text");
    await row
      .addColumn("first_row", "integer")
      .addColumn("attempts", "integer", (column) => column.notNull())
      .addColumn("done_at_ms", "bigint")
      .addPrimaryKeyConstraint("import_row_key", ["job_id", "row_number"])
      .execute();
    await db.schema
      .createIndex("import_row_by_outcome")
      .on("import_row")
      .columns(["job_id", "outcome", "attempts", "row_number"])
      .execute();
  },
};

const serialEndings = (kind: DatabaseKind): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await sql`create index sensor_by_ending on sensor_owner ((${serialEnding(kind)}))`.execute(db);
  },
});

const targetsSet: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("patient").addColumn("targets_set", "text").execute();
  },
};

const mergeChains: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("patient").addColumn("merged_directly_into", "text").execute();
    await sql`update patient set merged_directly_into = merged_into where merged_into is not null`.execute(
      db,
    );
    await db.schema.createIndex("patient_by_part").on("patient").column("merged_directly_into").execute();
  },
};

const readiness: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("readiness")
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("writes", "bigint", (column) => column.notNull())
      .addColumn("filler", "text", (column) => column.notNull())
      .execute();
  },
};

const registeredOnce: Migration = {
  up: async (db: Kysely<unknown>) => {
    await sql`delete from service_user where partner_uid not in
      (select min(partner_uid) from service_user group by open_id)`.execute(db);
    await db.schema
      .createIndex("service_user_by_open_id")
      .on("service_user")
      .column("open_id")
      .unique()
      .execute();
  },
};

const savedViews: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable("saved_view")
      .addColumn("staff_id", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("search", "text", (column) => column.notNull())
      .addColumn("created_at_ms", "bigint", (column) => column.notNull())
      .addPrimaryKeyConstraint("saved_view_of_staff", ["staff_id", "name"])
      .execute();
  },
};

const identity: Migration = {
  up: async (db: Kysely<unknown>) => {
    const fields = ["date_of_birth", "hospital_number", "diabetes_type", "therapy", "phone"];
    for (const field of fields)
      for (const table of ["patient", "import_row"])
        await db.schema.alterTable(table).addColumn(field, "text").execute();
    await db.schema.alterTable("import_row").addColumn("duplicate", "text").execute();
  },
};

const sensorLists: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable("import_job")
      .addColumn("kind", "text", (column) => column.notNull().defaultTo("patients"))
      .execute();
    await db.schema.alterTable("import_job").addColumn("left_out", "text").execute();
    let row = db.schema
      .createTable("lookup_row")
      .addColumn("job_id", "text", (column) => column.notNull())
      .addColumn("row_number", "integer", (column) => column.notNull())
      .addColumn("attempts", "integer", (column) => column.notNull());
    for (const text of ["serial", "cells", "outcome"])
      row = row.addColumn(text, "text", (column) => column.notNull());
    for (const text of ["lot", "trouble", "state", "open_id", "worn", "headline"])
      row = row.addColumn(text, "text");
    for (const moment of ["done", "activated", "estimated_end", "ended", "last_data"])
      row = row.addColumn(`${moment}_at_ms`, "bigint");
    await row
      .addColumn("status_code", "bigint")
      .addColumn("headline_ms", "bigint")
      .addPrimaryKeyConstraint("lookup_row_key", ["job_id", "row_number"])
      .execute();
    await db.schema
      .createIndex("lookup_row_by_outcome")
      .on("lookup_row")
      .columns(["job_id", "outcome", "attempts", "row_number"])
      .execute();
  },
};

/** Every fault of a row of a file; and recalls are asked for by sensor. */
const rowFaults: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createIndex("recall_sensor_by_serial").on("recall_sensor").column("serial").execute();
    await db.schema.alterTable("import_row").addColumn("other_faults", "text").execute();
  },
};

/** Whether a listed sensor's dates were in doubt when it was looked up. */
const listedDoubt: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable("lookup_row").addColumn("in_doubt", "integer").execute();
  },
};

/** In order of their names; one that has been released is never changed. */
export const migrationsFor = (kind: DatabaseKind, trail: TrailStart | null): Record<string, Migration> => ({
  "0001-first": first,
  "0002-targets": targets,
  "0003-roster": roster(kind),
  "0004-imports": imports,
  "0005-audit-chain": auditChain(kind, trail),
  "0006-sign-in-guard": signInGuard,
  "0007-invitations": invitations,
  "0008-serial-endings": serialEndings(kind),
  "0009-targets-set": targetsSet,
  "0010-change-counter": changeCounter(kind),
  "0011-merge-chains": mergeChains,
  "0012-readiness": readiness,
  "0013-registered-once": registeredOnce,
  "0015-known-browsers": knownBrowsers,
  "0017-saved-views": savedViews,
  "0018-identity": identity,
  "0019-worklist-acts": worklistActs,
  "0020-day-summaries": daySummaries,
  "0021-review-waits": reviewWaits,
  "0022-clinic-settings": clinicSettings,
  "0023-appointments": wardAndAppointments,
  "0024-sensors": sensors,
  "0025-sensor-lists": sensorLists,
  "0027-recalls": recalls,
  "0029-row-faults": rowFaults,
  "0030-sensor-cases": sensorCases,
  "0031-sensor-case-history": sensorCaseHistory,
  "0032-recall-rest": recallRest,
  "0033-recall-tries": recallTries,
  "0034-box-replaced": boxReplaced,
  "0035-recall-words": recallWords,
  "0036-recall-begun": recallBegun,
  "0040-reports": reports,
  "0045-api-keys": apiKeys,
  "0050-health-links": healthLinks,
  "0051-withdrawn-calls": withdrawnCalls,
  "0052-recall-counts": recallCounts,
  "0055-submissions": submissions,
  "0056-recall-lines": recallLines,
  "0057-listed-doubt": listedDoubt,
  "0061-launches": launches,
  "0066-submissions-there": submissionsThere,
  "0067-embed-openings": embedOpenings,
});
