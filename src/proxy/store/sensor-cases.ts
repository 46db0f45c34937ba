import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import {
  type CaseState,
  caseStates,
  caseTexts,
  mostExportedCases,
  mostFurtherCalls,
} from "#contract/case-fields.ts";
import type {
  CaseEdit,
  CaseFields,
  CaseQuery,
  CaseSummary,
  CasesAboutSensor,
  NewCall,
  NewCase,
} from "#contract/cases.ts";
import {
  type CasesAbout,
  casesPerPage,
  createCaseReader,
  keyOf,
  type StoredCase,
  type Texts,
} from "./case-reader.ts";
import type { Database } from "./database.ts";
import { latestCases, type RowCase } from "./latest-cases.ts";
import { idsOfWhole } from "./patient-marks.ts";
import type { Actor } from "./patient-reviews.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export interface SensorCaseStore {
  /** `patientId` is the wearer's as known now. */
  open(given: NewCase, patientId: string | null, by: Actor): Promise<StoredCase>;
  byId(id: string): Promise<StoredCase | null>;
  /** The newest ones first, fifty at most. */
  aboutSensor(serial: string): Promise<CasesAbout>;
  /** The cases whose sensor this one replaces; fifty at most. */
  replacedBy(serial: string): Promise<CasesAboutSensor["replacementOf"]>;
  /** Of the records that are a part of this one too. */
  aboutPatient(wholeId: string): Promise<CasesAbout>;
  /** Null where somebody has changed it since it was of this version, or nobody has this ID. */
  change(known: VersionedCase, fields: Partial<CaseFields>, by: Actor): Promise<StoredCase | null>;
  versioned(id: string): Promise<VersionedCase | null>;
  /** `full` where there are too many already. A case that was closed is open again. */
  addCall(id: string, call: NewCall, by: Actor): Promise<StoredCase | "full" | null>;
  /**
   * Corrects a further call, or withdraws it where nothing is told; the history keeps what it was before a correction. Null where there is no
   * such call.
   */
  changeCall(
    id: string,
    callId: string,
    told: NewCall | null,
    by: Actor,
  ): Promise<"changed" | "not-yours" | "unreadable" | null>;
  /** By the serial number, of each sensor its newest case, with all calls about it. */
  latestOf(serials: readonly string[]): Promise<ReadonlyMap<string, RowCase>>;
  search(query: CaseQuery): Promise<{
    cases: CaseSummary[];
    next: string | null;
    counts: Record<CaseState, number>;
  }>;
  whole(query: CaseQuery): Promise<{ cases: StoredCase[]; next: string | null }>;
}

/** What somebody read before they change it. */
interface VersionedCase {
  readonly version: number;
  readonly found: StoredCase;
}

const changesOf = (found: StoredCase, fields: Partial<CaseFields>) =>
  (Object.keys(fields) as (keyof CaseFields)[])
    .map((field) => ({ field, was: found[field], became: fields[field] ?? null }))
    .filter(({ was, became }) => was !== became);

const lineOf = ({ caller, said }: NewCall) => (caller === null ? said : `${caller}: ${said}`);

/** Complaints about sensors; who called and what they said is sealed. */
export function createSensorCaseStore(
  { db }: Pick<Database, "db" | "kind">,
  sealer: Sealer,
): SensorCaseStore {
  const { rowOf, caseOf, byId, about, pageOf, summaries } = createCaseReader(db, sealer);
  const sealedOf = (texts: Texts) => sealer.seal(JSON.stringify(texts));

  const noteChange = (
    trx: Kysely<Tables>,
    caseId: string,
    version: number,
    by: Actor,
    changes: CaseEdit["changes"],
  ) =>
    trx
      .insertInto("sensor_case_change")
      .values({
        id: randomUUID(),
        case_id: caseId,
        version,
        at_ms: by.atMs,
        by_id: by.id,
        sealed_text: sealer.seal(JSON.stringify(changes)),
      })
      .execute();

  /** What a case was read as before is no longer what it is. */
  const raiseVersion = (
    trx: Kysely<Tables>,
    id: string,
    by: Actor,
    changed: Partial<Pick<Tables["sensor_case"], "state">> = {},
  ) =>
    trx
      .updateTable("sensor_case")
      .set(({ eb }) => ({ ...changed, version: eb("version", "+", 1), changed_at_ms: by.atMs }))
      .where("id", "=", id)
      .returning("version");

  return {
    byId,
    open: async (given, patientId, by) => {
      const id = randomUUID();
      const texts = Object.fromEntries(caseTexts.map((name) => [name, given[name] ?? null])) as Texts;
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto("sensor_case")
          .values({
            id,
            serial: given.serial,
            patient_id: patientId,
            state: given.state ?? "open",
            received_at_ms: given.receivedAtMs,
            replacement_serial: given.replacementSerial ?? null,
            vendor_number: given.vendorNumber ?? null,
            vendor_key: keyOf(given.vendorNumber),
            by_id: by.id,
            changed_at_ms: by.atMs,
            version: 0,
            sealed_text: sealedOf(texts),
          })
          .execute();
        await noteChange(trx, id, 0, by, []);
      });
      const opened = await byId(id);
      if (!opened) throw new Error("the case that was opened is not there");
      return opened;
    },
    aboutSensor: (serial) => about((eb) => eb.and([eb("sensor_case.serial", "=", serial)])),
    replacedBy: (serial) =>
      db
        .selectFrom("sensor_case")
        .select(["id", "serial", "received_at_ms as receivedAtMs"])
        .where("replacement_serial", "=", serial)
        .orderBy("received_at_ms", "desc")
        .orderBy("id", "desc")
        .limit(casesPerPage)
        .execute(),
    aboutPatient: (wholeId) =>
      about((eb) => eb.and([eb("sensor_case.patient_id", "in", idsOfWhole(db, wholeId))])),
    versioned: async (id) => {
      const row = await rowOf(id);
      return row ? { version: row.version, found: await caseOf(row) } : null;
    },
    change: async ({ version, found }, fields, by) => {
      const next = { ...found, ...fields };
      const texts = Object.fromEntries(caseTexts.map((name) => [name, next[name]])) as Texts;
      const isChanged = await db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable("sensor_case")
          .set({
            state: next.state,
            received_at_ms: next.receivedAtMs,
            replacement_serial: next.replacementSerial,
            vendor_number: next.vendorNumber,
            vendor_key: keyOf(next.vendorNumber),
            changed_at_ms: by.atMs,
            version: version + 1,
            // What cannot be read is not written over.
            ...(!found.isUnreadable && { sealed_text: sealedOf(texts) }),
          })
          .where("id", "=", found.id)
          .where("version", "=", version)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return false;
        const changes = changesOf(found, fields);
        if (changes.length > 0) await noteChange(trx, found.id, version + 1, by, changes);
        return true;
      });
      return isChanged ? byId(found.id) : null;
    },
    addCall: async (id, call, by) => {
      const row = await rowOf(id);
      if (!row) return null;
      if (Number(row.further) >= mostFurtherCalls) return "full";
      await db.transaction().execute(async (trx) => {
        await trx
          .insertInto("sensor_case_call")
          .values({
            id: randomUUID(),
            case_id: id,
            at_ms: by.atMs,
            by_id: by.id,
            sealed_text: sealer.seal(JSON.stringify(call)),
          })
          .execute();
        const reopened = await raiseVersion(trx, id, by, { state: "open" })
          .where("state", "=", "closed")
          .executeTakeFirst();
        if (reopened)
          await noteChange(trx, id, reopened.version, by, [
            { field: "state", was: "closed", became: "open" },
          ]);
      });
      return byId(id);
    },
    changeCall: async (id, callId, told, by) =>
      db.transaction().execute(async (trx) => {
        const kept = await trx
          .selectFrom("sensor_case_call")
          .selectAll()
          .where("id", "=", callId)
          .where("case_id", "=", id)
          .where("withdrawn_at_ms", "is", null)
          .executeTakeFirst();
        if (!kept) return null;
        if (kept.by_id !== by.id) return "not-yours";
        const opened = sealer.open(kept.sealed_text);
        if (opened === null) return "unreadable";
        const isThere = await trx
          .updateTable("sensor_case_call")
          .set({ sealed_text: sealer.seal(JSON.stringify(told)), withdrawn_at_ms: told ? null : by.atMs })
          .where("id", "=", callId)
          .where("withdrawn_at_ms", "is", null)
          .returning("id")
          .executeTakeFirst();
        if (!isThere) return null;
        const { version } = await raiseVersion(trx, id, by).executeTakeFirstOrThrow();
        const was = lineOf(JSON.parse(opened) as NewCall);
        const change = { field: "call", callAtMs: kept.at_ms, was, became: told && lineOf(told) } as const;
        await noteChange(trx, id, version, by, [change]);
        return "changed";
      }),
    latestOf: (serials) => latestCases(db, serials),
    search: async ({ before, ...filter }) => {
      const { shown, next } = await pageOf(filter, before, casesPerPage);
      const counted = await db
        .selectFrom("sensor_case")
        .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
        .groupBy("state")
        .execute();
      return {
        cases: await summaries(shown),
        next,
        counts: Object.fromEntries(
          caseStates.map((one) => [one, Number(counted.find(({ state }) => state === one)?.count ?? 0)]),
        ) as Record<CaseState, number>,
      };
    },
    whole: async ({ before, ...filter }) => {
      const { shown, next } = await pageOf(filter, before, mostExportedCases);
      const cases: StoredCase[] = [];
      for (const row of shown) cases.push(await caseOf(row));
      return { cases, next };
    },
  };
}
