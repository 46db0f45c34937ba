import type { Selectable } from "kysely";
import * as z from "zod";
import { type Patient, targetsSet as targetsSetSchema } from "#contract/patient.ts";
import { patientStatus, type RosterRow } from "#contract/roster.ts";
import { type PatientFigures, rangesOf } from "./patient-figures.ts";
import { marksIn } from "./patient-marks.ts";
import type { Tables } from "./schema.ts";
import { toChoice } from "./target-text.ts";

const texts = z.array(z.string());
const listOf = (json: string): string[] => texts.parse(JSON.parse(json));

export const toPatient = (row: Selectable<Tables["patient"]>): Patient => ({
  id: row.id,
  partnerUid: row.partner_uid,
  name: row.name,
  dateOfBirth: row.date_of_birth,
  hospitalNumber: row.hospital_number,
  diabetesType: row.diabetes_type,
  therapy: row.therapy,
  phone: row.phone,
  region: row.region,
  timeZone: row.time_zone,
  openId: row.open_id,
  targets: toChoice(row.targets),
  targetsSet: row.targets_set === null ? null : targetsSetSchema.parse(JSON.parse(row.targets_set)),
  tags: listOf(row.tags),
  careTeam: listOf(row.care_team),
  archivedAtMs: row.archived_at_ms,
  mergedInto: row.merged_into,
  createdAtMs: row.created_at_ms,
});

export const toRosterRow = (
  row: Selectable<Tables["patient"]>,
  figures: PatientFigures | null,
): RosterRow => ({
  ...toPatient(row),
  status: row.status === null ? null : patientStatus.parse(JSON.parse(row.status)),
  ranges: figures && rangesOf(figures),
  marks: marksIn(row.marks),
});
