import { randomUUID } from "node:crypto";
import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import {
  type CaseState,
  type CaseText,
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
  SensorCase,
} from "#contract/cases.ts";
import { parseSerial } from "#contract/serial.ts";
import { missingIn } from "#sensor/complaint.ts";
import { readSerials } from "#sensor/serials.ts";
import type { Database } from "./database.ts";
import { idsOfWhole } from "./patient-marks.ts";
import type { Actor } from "./patient-reviews.ts";
import { resealRows } from "./reseal-rows.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

const casesPerPage = 50;

/** A case as it is kept; what is known of the sensor is kept elsewhere. */
export type StoredCase = Omit<
  SensorCase,
  "sensor" | "box" | "isReplacementElsewhere" | "freeReplacementHours" | "isReplacedFree"
>;

interface CasesAbout {
  cases: CaseSummary[];
  total: number;
  calls: number;
}

type Filter = Pick<CaseQuery, "state" | "q">;

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
  /** `full` where there are too many already. */
  addCall(id: string, call: NewCall, by: Actor): Promise<StoredCase | "full" | null>;
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

type Texts = Record<CaseText, string | null>;
const noTexts = Object.fromEntries(caseTexts.map((name) => [name, null])) as Texts;

const changesOf = (found: StoredCase, fields: Partial<CaseFields>) =>
  (Object.keys(fields) as (keyof CaseFields)[])
    .map((field) => ({ field, was: found[field], became: fields[field] ?? null }))
    .filter(({ was, became }) => was !== became);

/** How a number is found, however it was written. */
const keyOf = (text: string | null | undefined): string | null =>
  text
    ?.normalize("NFKC")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "") || null;

const containing = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

const rows = (db: Kysely<Tables>) =>
  db
    .selectFrom("sensor_case")
    .leftJoin("user", "user.id", "sensor_case.by_id")
    .leftJoin("patient", "patient.id", "sensor_case.patient_id")
    .leftJoin("patient as whole", "whole.id", "patient.merged_into")
    .selectAll("sensor_case")
    .select(["user.name as by_name"])
    .select(({ fn, selectFrom }) => [
      fn.coalesce("whole.id", "patient.id").as("whole_id"),
      fn.coalesce("whole.name", "patient.name").as("patient_name"),
      fn.coalesce("whole.partner_uid", "patient.partner_uid").as("partner_uid"),
      selectFrom("sensor_case_call")
        .whereRef("case_id", "=", "sensor_case.id")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .as("further"),
    ])
    .orderBy("received_at_ms", "desc")
    .orderBy("sensor_case.id", "desc");

type Row = Awaited<ReturnType<ReturnType<typeof rows>["execute"]>>[number];

const matching =
  ({ state, q }: Filter) =>
  (eb: ExpressionBuilder<Tables, "sensor_case">) => {
    // A hand scanner types the whole code of a box.
    const { found } = readSerials(q);
    const serial = found.length === 1 ? (found[0]?.serial ?? null) : parseSerial(q);
    const key = keyOf(q);
    const like = (column: "serial" | "replacement_serial" | "vendor_key", text: string | null) =>
      text === null
        ? sql<boolean>`1 = 0`
        : sql<boolean>`${sql.ref(`sensor_case.${column}`)} like ${containing(text)} escape '\\'`;
    return eb.and([
      ...(state ? [eb("sensor_case.state", "=", state)] : []),
      ...(q === ""
        ? []
        : [eb.or([like("serial", serial), like("replacement_serial", serial), like("vendor_key", key)])]),
    ]);
  };

/** Complaints about sensors; who called and what they said is sealed. */
export function createSensorCaseStore(
  { db }: Pick<Database, "db" | "kind">,
  sealer: Sealer,
): SensorCaseStore {
  function textsIn(sealed: string): Texts | null {
    const opened = sealer.open(sealed);
    return opened === null ? null : { ...noTexts, ...(JSON.parse(opened) as Partial<Texts>) };
  }

  function summaryOf(row: Row, texts: Texts | null): CaseSummary {
    return {
      id: row.id,
      serial: row.serial,
      state: row.state,
      receivedAtMs: row.received_at_ms,
      changedAtMs: row.changed_at_ms,
      openedBy: { id: row.by_id, name: row.by_name },
      replacementSerial: row.replacement_serial,
      vendorNumber: row.vendor_number,
      calls: 1 + Number(row.further),
      missing: texts ? missingIn(texts) : [],
      patient:
        row.whole_id === null
          ? null
          : { patientId: row.whole_id, name: row.patient_name ?? "", partnerUid: row.partner_uid ?? "" },
    };
  }

  const summaries = (found: readonly Row[]) => found.map((row) => summaryOf(row, textsIn(row.sealed_text)));

  async function callsAbout(serial: string): Promise<number> {
    const { cases, further } = await db
      .selectFrom("sensor_case")
      .where("serial", "=", serial)
      .select((eb) => [
        eb.fn.countAll<number>().as("cases"),
        eb
          .selectFrom("sensor_case_call")
          .innerJoin("sensor_case as of", "of.id", "sensor_case_call.case_id")
          .where("of.serial", "=", serial)
          .select((inner) => inner.fn.countAll<number>().as("count"))
          .as("further"),
      ])
      .executeTakeFirstOrThrow();
    return Number(cases) + Number(further ?? 0);
  }

  async function caseOf(row: Row): Promise<StoredCase> {
    const texts = textsIn(row.sealed_text);
    const calls = await db
      .selectFrom("sensor_case_call")
      .leftJoin("user", "user.id", "sensor_case_call.by_id")
      .select(["sensor_case_call.id", "at_ms", "by_id", "sealed_text", "user.name"])
      .where("case_id", "=", row.id)
      .orderBy("at_ms")
      .orderBy("sensor_case_call.id")
      .execute();
    return {
      ...summaryOf(row, texts),
      ...(texts ?? noTexts),
      isUnreadable: texts === null,
      furtherCalls: calls.map(({ id, at_ms, by_id, sealed_text, name }) => {
        const opened = sealer.open(sealed_text);
        const told = opened === null ? null : (JSON.parse(opened) as NewCall);
        return {
          id,
          atMs: at_ms,
          by: { id: by_id, name },
          caller: told?.caller ?? null,
          said: told?.said ?? null,
        };
      }),
      history: await historyOf(row.id),
      callsAboutSensor: await callsAbout(row.serial),
    };
  }

  async function historyOf(id: string): Promise<CaseEdit[]> {
    const kept = await db
      .selectFrom("sensor_case_change")
      .leftJoin("user", "user.id", "sensor_case_change.by_id")
      .select(["sensor_case_change.id", "at_ms", "by_id", "sealed_text", "user.name"])
      .where("case_id", "=", id)
      .orderBy("version")
      .execute();
    return kept.map((row) => {
      const opened = sealer.open(row.sealed_text);
      return {
        id: row.id,
        atMs: row.at_ms,
        by: { id: row.by_id, name: row.name },
        changes: opened === null ? null : (JSON.parse(opened) as CaseEdit["changes"]),
      };
    });
  }

  const rowOf = (id: string) => rows(db).where("sensor_case.id", "=", id).executeTakeFirst();
  async function byId(id: string): Promise<StoredCase | null> {
    const row = await rowOf(id);
    return row ? caseOf(row) : null;
  }

  async function about(
    condition: (eb: ExpressionBuilder<Tables, "sensor_case">) => ReturnType<typeof eb.and>,
  ): Promise<CasesAbout> {
    const found = await rows(db).where(condition).limit(casesPerPage).execute();
    const { total, further } = await db
      .selectFrom("sensor_case")
      .where(condition)
      .select((eb) => [
        eb.fn.countAll<number>().as("total"),
        eb
          .selectFrom("sensor_case_call")
          .where("case_id", "in", db.selectFrom("sensor_case").select("sensor_case.id").where(condition))
          .select((inner) => inner.fn.countAll<number>().as("count"))
          .as("further"),
      ])
      .executeTakeFirstOrThrow();
    return { cases: summaries(found), total: Number(total), calls: Number(total) + Number(further ?? 0) };
  }

  async function pageOf(
    filter: Filter,
    before: string | undefined,
    most: number,
  ): Promise<{ shown: Row[]; next: string | null }> {
    const [atMs, id] = before?.split("_") ?? [];
    const found = await rows(db)
      .where(matching(filter))
      .$if(before !== undefined, (all) =>
        all.where(sql<boolean>`(received_at_ms, sensor_case.id) < (${Number(atMs)}, ${id})`),
      )
      .limit(most + 1)
      .execute();
    const shown = found.slice(0, most);
    const last = shown.at(-1);
    return { shown, next: found.length > most && last ? `${last.received_at_ms}_${last.id}` : null };
  }

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
      const row = await rows(db).where("sensor_case.id", "=", id).executeTakeFirstOrThrow();
      return caseOf(row);
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
      await db
        .insertInto("sensor_case_call")
        .values({
          id: randomUUID(),
          case_id: id,
          at_ms: by.atMs,
          by_id: by.id,
          sealed_text: sealer.seal(JSON.stringify(call)),
        })
        .execute();
      return byId(id);
    },
    search: async ({ before, ...filter }) => {
      const { shown, next } = await pageOf(filter, before, casesPerPage);
      const counted = await db
        .selectFrom("sensor_case")
        .select((eb) => ["state", eb.fn.countAll<number>().as("count")])
        .groupBy("state")
        .execute();
      return {
        cases: summaries(shown),
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

const resealTable = (
  db: Kysely<Tables>,
  sealer: Sealer,
  table: "sensor_case" | "sensor_case_call" | "sensor_case_change",
): Promise<number> =>
  resealRows(sealer, {
    after: (key, limit) =>
      db
        .selectFrom(table)
        .select(["id as key", "sealed_text as sealed"])
        .where("id", ">", key)
        .orderBy("id")
        .limit(limit)
        .execute(),
    replace: ({ key, sealed }, sealed_text) =>
      db
        .updateTable(table)
        .set({ sealed_text })
        .where("id", "=", key)
        .where("sealed_text", "=", sealed)
        .executeTakeFirst(),
  });

export async function resealCases(db: Kysely<Tables>, sealer: Sealer): Promise<number> {
  let resealed = 0;
  for (const table of ["sensor_case", "sensor_case_call", "sensor_case_change"] as const)
    resealed += await resealTable(db, sealer, table);
  return resealed;
}
