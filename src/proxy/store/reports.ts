import type { Kysely, Selectable } from "kysely";
import type { ImportTrouble } from "#contract/import.ts";
import {
  type ReportOutcome,
  type ReportRow,
  type ReportsAsked,
  reportOutcomes,
  reportsAsked,
} from "#contract/reports.ts";
import type { Database } from "./database.ts";
import { fromTrouble, type StoredJob, toStoredJob, toTrouble } from "./job-records.ts";
import { addJob, createJobStore, type JobStore } from "./jobs.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

/** Reports of patients as a job that the server works through, of one person. */
export interface StoredReports extends StoredJob {
  asked: ReportsAsked;
}

export interface StoredReport extends Pick<ReportRow, "row" | "patientId" | "outcome" | "trouble"> {
  attempts: number;
}

/** A report that was made: what its file is to be called, and the report as the thread of PDF files packs it. */
export interface PackedReport {
  name: string;
  packed: Uint8Array;
}

type ReportChange = Partial<{
  outcome: ReportOutcome;
  attempts: number;
  trouble: ImportTrouble | null;
  doneAtMs: number;
  report: PackedReport;
}>;

export interface ReportStore extends JobStore<StoredReports> {
  /** Keeps a job that runs from now on; answers with its ID. */
  add(
    job: Pick<StoredReports, "asked"> & { startedBy: NonNullable<StoredReports["startedBy"]> },
    patientIds: readonly string[],
    nowMs: number,
  ): Promise<string>;
  /** All that somebody has begun, the newest first. */
  ofStaff(staffId: string): Promise<StoredReports[]>;
  counts(id: string): Promise<Record<ReportOutcome, number>>;
  /** All of its patients, in order. */
  rows(id: string): Promise<ReportRow[]>;
  /** Patients whose report is not made yet, those tried least often first. */
  nextRows(id: string, limit: number): Promise<StoredReport[]>;
  /** Changes a row that has no result yet, of a job that was not cancelled. */
  setRow(id: string, row: number, change: ReportChange): Promise<void>;
  /** The rows whose report is made, in order. */
  madeRows(id: string): Promise<{ row: number; patientId: string }[]>;
  /** Null where it is no longer there, or was sealed with none of our secrets. */
  reportAt(id: string, row: number): Promise<PackedReport | null>;
}

const toReports = (row: Selectable<Tables["import_job"]>): StoredReports => ({
  ...toStoredJob(row),
  asked: reportsAsked.parse(JSON.parse(row.asked ?? "null")),
});

const madeOutcomes = ["made", "empty"] as const;

const rowsOf = (db: Kysely<Tables>, id: string) => db.selectFrom("report_row").where("job_id", "=", id);

async function addReports(
  db: Kysely<Tables>,
  [{ asked, startedBy }, patientIds, nowMs]: Parameters<ReportStore["add"]>,
): Promise<string> {
  return addJob(
    db,
    "reports",
    {
      job: {
        file_name: "",
        encoding: "utf-8",
        delimiter: ",",
        columns: "[]",
        asked: JSON.stringify(asked),
        started_at_ms: nowMs,
        started_by: startedBy.id,
        started_role: startedBy.role,
        started_from: startedBy.clientAddress,
      },
      rows: patientIds.map((patientId, index) => ({ patientId, row: index + 1 })),
      state: "running",
      nowMs,
    },
    (id, some) =>
      db
        .insertInto("report_row")
        .values(
          some.map(({ patientId, row }) => ({
            job_id: id,
            row_number: row,
            patient_id: patientId,
            outcome: "new" as const,
            attempts: 0,
          })),
        )
        .execute(),
  );
}

/** With the names of the patients as they are now. */
async function readRows(db: Kysely<Tables>, id: string): Promise<ReportRow[]> {
  const rows = await rowsOf(db, id)
    .leftJoin("patient", "patient.id", "report_row.patient_id")
    .select([
      "row_number",
      "patient_id",
      "outcome",
      "trouble",
      "patient.name",
      "patient.partner_uid",
      "patient.hospital_number",
    ])
    .orderBy("row_number")
    .execute();
  return rows.map(({ row_number, patient_id, outcome, trouble, name, partner_uid, hospital_number }) => ({
    row: row_number,
    patientId: patient_id,
    patient:
      name === null || partner_uid === null
        ? null
        : { name, partnerUid: partner_uid, hospitalNumber: hospital_number },
    outcome,
    trouble: toTrouble(trouble),
  }));
}

/** `sealer` is for what is made of glucose. */
export function createReportStore({ db }: Pick<Database, "db">, sealer: Sealer): ReportStore {
  const jobs = createJobStore(db, "reports", toReports);
  return {
    ...jobs,
    add: (...reports) => addReports(db, reports),
    move: async (id, from, to, change) => {
      const isMoved = await jobs.move(id, from, to, change);
      if (isMoved && to === "cancelled")
        await db
          .updateTable("report_row")
          .set({ sealed_name: null, sealed_report: null })
          .where("job_id", "=", id)
          .execute();
      return isMoved;
    },
    ofStaff: async (staffId) => {
      const rows = await db
        .selectFrom("import_job")
        .selectAll()
        .where("kind", "=", "reports")
        .where("started_by", "=", staffId)
        .where("state", "!=", "checking")
        .orderBy("created_at_ms", "desc")
        .orderBy("id")
        .execute();
      return rows.map(toReports);
    },
    counts: async (id) => {
      const groups = await rowsOf(db, id)
        .select((eb) => ["outcome", eb.fn.countAll<number>().as("count")])
        .groupBy("outcome")
        .execute();
      const countOf = (outcome: ReportOutcome) => groups.find((one) => one.outcome === outcome)?.count ?? 0;
      return Object.fromEntries(reportOutcomes.map((outcome) => [outcome, countOf(outcome)])) as Record<
        ReportOutcome,
        number
      >;
    },
    rows: (id) => readRows(db, id),
    nextRows: async (id, limit) => {
      const rows = await rowsOf(db, id)
        .select(["row_number", "patient_id", "outcome", "trouble", "attempts"])
        .where("outcome", "=", "new")
        .orderBy("attempts")
        .orderBy("row_number")
        .limit(limit)
        .execute();
      return rows.map(({ row_number, patient_id, outcome, trouble, attempts }) => ({
        row: row_number,
        patientId: patient_id,
        outcome,
        trouble: toTrouble(trouble),
        attempts,
      }));
    },
    setRow: async (id, row, { outcome, attempts, trouble, doneAtMs, report }) => {
      await db
        .updateTable("report_row")
        .set({
          outcome,
          attempts,
          trouble: fromTrouble(trouble),
          done_at_ms: doneAtMs,
          ...(report && {
            sealed_name: sealer.seal(report.name),
            sealed_report: sealer.seal(report.packed),
          }),
        })
        .where("job_id", "=", id)
        .where("row_number", "=", row)
        .where("outcome", "=", "new")
        .where("job_id", "in", (eb) =>
          eb.selectFrom("import_job").select("id").where("state", "in", ["running", "paused"]),
        )
        .execute();
    },
    madeRows: async (id) => {
      const rows = await rowsOf(db, id)
        .select(["row_number", "patient_id"])
        .where("outcome", "in", madeOutcomes)
        .orderBy("row_number")
        .execute();
      return rows.map(({ row_number, patient_id }) => ({ row: row_number, patientId: patient_id }));
    },
    reportAt: async (id, row) => {
      const kept = await rowsOf(db, id)
        .select(["sealed_name", "sealed_report"])
        .where("row_number", "=", row)
        .executeTakeFirst();
      const name = kept?.sealed_name ? sealer.open(kept.sealed_name) : null;
      const packed = kept?.sealed_report ? sealer.openBytes(kept.sealed_report) : null;
      return name === null || packed === null ? null : { name, packed };
    },
  };
}
