import type { Patient, TargetsSet } from "#contract/patient.ts";
import type { NewPatient, PatientChange } from "#contract/patient-change.ts";
import type { RosterRow } from "#contract/roster.ts";
import type { Database } from "./database.ts";
import { addPatient, changePatient } from "./patient-changes.ts";
import { type Check, checksDue, keepCheck, takeDue } from "./patient-checks.ts";
import type { PatientFigures } from "./patient-figures.ts";
import { type Merged, mergePatient } from "./patient-merges.ts";
import {
  type ChangedRow,
  changedAfter,
  createFiguresOf,
  createMergedInto,
  patientBy,
  patientsWith,
  statusOf,
  wholePatientBy,
} from "./patient-reads.ts";
import type { Sealer } from "./seal.ts";
import { wearersOf } from "./sensor-wearers.ts";

export interface PatientStore {
  /** The record itself, also when it has become a part of another one. */
  byId(id: string): Promise<Patient | null>;
  /** The record with what was found when its data was last looked at. */
  statusOf(id: string): Promise<(Patient & Pick<RosterRow, "status">) | null>;
  /** The patient with this ID; the record it is now a part of where it was merged. */
  byPartnerUid(partnerUid: string): Promise<Patient | null>;
  /** Who has one of these numbers, archived or not, by the record that theirs became a part of. */
  with(hospitalNumbers: readonly string[], partnerUids: readonly string[]): Promise<Patient[]>;
  byOpenId(openId: string): Promise<Patient | null>;
  /** The records that have become a part of this one. */
  mergedInto(id: string): Promise<Patient[]>;
  /** The platform's accounts of a person: of the record and of those that have become a part of it. */
  openIdsOf(patient: Pick<Patient, "id" | "openId">): Promise<string[]>;
  /**
   * The IDs of patients who were seen to wear a sensor whose serial number begins so, or ends so when it is
   * six digits or more; fifty of each at most.
   */
  wearersOf(part: string): Promise<string[]>;
  /**
   * Adds a patient unless the partner user ID is here already, and returns the patient with that ID. Null
   * when the open ID is another patient's.
   */
  add(
    patient: NewPatient & { openId: string; tags?: readonly string[] },
    nowMs: number,
  ): Promise<{ patient: Patient; created: boolean } | null>;
  /**
   * The patient with this ID afterwards; not `changed` when a part is no longer what the change started
   * `from`, or the targets no longer those that `targetsSet` names as the ones before, or when it is to be
   * archived and is a part of another record or has parts that `from` does not name.
   */
  change(
    id: string,
    change: PatientChange,
    nowMs: number,
    targetsSet?: TargetsSet,
  ): Promise<{ patient: Patient | null; changed: boolean }>;
  /** Makes one record, and what was merged into it, a part of another; null takes it out again. */
  merge(id: string, into: string | null): Promise<Merged>;
  /** Stores the result of a check and when the next one is due. */
  keep(id: string, found: Check): Promise<void>;
  /** What is kept of these patients' figures. */
  figuresOf(ids: readonly string[]): Promise<ReadonlyMap<string, PatientFigures>>;
  /** The patients changed after this sequence number, in the order of their changes. */
  changedAfter(seq: number, limit: number): Promise<ChangedRow[]>;
  /** Up to `most` patients due for a check, reserved for the caller until `untilMs`. */
  takeDue(nowMs: number, untilMs: number, most: number, first?: readonly string[]): Promise<Patient[]>;
  checksDue(): Promise<{ patients: number; oldestDueMs: number | null }>;
}

/** `sealer` is for what is derived from glucose. */
export function createPatientStore(database: Pick<Database, "db" | "kind">, sealer: Sealer): PatientStore {
  const { db } = database;
  const mergedInto = createMergedInto(db);
  return {
    byId: (id) => patientBy(db, "id", id),
    statusOf: (id) => statusOf(db, id),
    byPartnerUid: (partnerUid) => wholePatientBy(db, "partner_uid", partnerUid),
    byOpenId: (openId) => wholePatientBy(db, "open_id", openId),
    with: (hospitalNumbers, partnerUids) => patientsWith(db, hospitalNumbers, partnerUids),
    mergedInto,
    openIdsOf: async ({ id, openId }) => [openId, ...(await mergedInto(id)).map((part) => part.openId)],
    wearersOf: (part) => wearersOf(database, part),
    add: (patient, nowMs) => addPatient(db, patient, nowMs),
    change: (id, change, nowMs, targetsSet) => changePatient(database, id, change, nowMs, targetsSet),
    merge: (id, into) => mergePatient(database, id, into),
    keep: (id, found) => keepCheck(db, sealer, id, found),
    figuresOf: createFiguresOf(db, sealer),
    changedAfter: (seq, limit) => changedAfter(db, sealer, seq, limit),
    takeDue: (nowMs, untilMs, most, first) => takeDue(database, nowMs, untilMs, most, first),
    checksDue: () => checksDue(db),
  };
}
