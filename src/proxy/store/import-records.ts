import type { Insertable, Selectable } from "kysely";
import * as z from "zod";
import {
  type ImportJob,
  type ImportRow,
  importColumns,
  importFaults,
  rowDuplicate,
} from "#contract/import.ts";
import { type StoredJob, toStoredJob, toTrouble } from "./job-records.ts";
import type { Tables } from "./schema.ts";

/** A row of a file before anything has happened to it. */
export type CheckedRow = Omit<ImportRow, "attempts" | "trouble" | "openId">;

/** A file of patients as it is kept. */
export interface StoredImport extends StoredJob, Pick<ImportJob, "encoding" | "delimiter" | "columns"> {}

const texts = z.array(z.string());

export const toJob = (row: Selectable<Tables["import_job"]>): StoredImport => ({
  ...toStoredJob(row),
  encoding: row.encoding,
  delimiter: row.delimiter,
  columns: importColumns.parse(JSON.parse(row.columns)),
});

export const toRow = (row: Selectable<Tables["import_row"]>): ImportRow => ({
  row: row.row_number,
  outcome: row.outcome,
  partnerUid: row.partner_uid,
  name: row.name,
  region: row.region,
  timeZone: row.time_zone,
  tags: texts.parse(JSON.parse(row.tags)),
  dateOfBirth: row.date_of_birth,
  hospitalNumber: row.hospital_number,
  diabetesType: row.diabetes_type,
  therapy: row.therapy,
  phone: row.phone,
  duplicate: row.duplicate === null ? null : rowDuplicate.parse(JSON.parse(row.duplicate)),
  field: row.field,
  reason: row.reason,
  otherFaults: row.other_faults === null ? [] : importFaults.parse(JSON.parse(row.other_faults)),
  firstRow: row.first_row,
  nameHere: row.name_here,
  attempts: row.attempts,
  trouble: toTrouble(row.trouble),
  patientId: row.patient_id,
  openId: row.open_id,
});

export const fromChecked = (jobId: string, row: CheckedRow): Insertable<Tables["import_row"]> => ({
  job_id: jobId,
  row_number: row.row,
  outcome: row.outcome,
  partner_uid: row.partnerUid,
  name: row.name,
  region: row.region,
  time_zone: row.timeZone,
  tags: JSON.stringify(row.tags),
  date_of_birth: row.dateOfBirth,
  hospital_number: row.hospitalNumber,
  diabetes_type: row.diabetesType,
  therapy: row.therapy,
  phone: row.phone,
  duplicate: row.duplicate && JSON.stringify(row.duplicate),
  field: row.field,
  reason: row.reason,
  other_faults: row.otherFaults.length > 0 ? JSON.stringify(row.otherFaults) : null,
  first_row: row.firstRow,
  name_here: row.nameHere,
  attempts: 0,
  patient_id: row.patientId,
});
