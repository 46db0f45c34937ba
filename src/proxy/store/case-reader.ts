import { type ExpressionBuilder, type Kysely, sql } from "kysely";
import { type CaseText, caseTexts } from "#contract/case-fields.ts";
import type { CaseQuery, CaseSummary, NewCall, SensorCase } from "#contract/cases.ts";
import { parseSerial } from "#contract/serial.ts";
import { missingIn } from "#sensor/complaint.ts";
import { readSerials } from "#sensor/serials.ts";
import { callNumbers } from "./call-numbers.ts";
import { caseHistory } from "./case-history.ts";
import { recallsOf } from "./recalled-sensors.ts";
import type { Tables } from "./schema.ts";
import type { Sealer } from "./seal.ts";

export const casesPerPage = 50;

/** A case as it is kept; what is known of the sensor is kept elsewhere. */
export type StoredCase = Omit<
  SensorCase,
  | "sensor"
  | "recalls"
  | "box"
  | "isReplacementElsewhere"
  | "isReplacementUnknown"
  | "freeReplacementHours"
  | "isReplacedFree"
>;

export interface CasesAbout {
  cases: CaseSummary[];
  total: number;
  calls: number;
}

type Recalled = Pick<ReadonlyMap<string, unknown>, "has">;
type Filter = Pick<CaseQuery, "state" | "q">;

export type Texts = Record<CaseText, string | null>;
const noTexts = Object.fromEntries(caseTexts.map((name) => [name, null])) as Texts;

/** How a number is found, however it was written. */
export const keyOf = (text: string | null | undefined): string | null =>
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
        .where("withdrawn_at_ms", "is", null)
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

/** Reads cases, whole or in short. */
export function createCaseReader(db: Kysely<Tables>, sealer: Sealer) {
  function textsIn(sealed: string): Texts | null {
    const opened = sealer.open(sealed);
    return opened === null ? null : { ...noTexts, ...(JSON.parse(opened) as Partial<Texts>) };
  }

  function summaryOf(row: Row, texts: Texts | null, recalled: Recalled): CaseSummary {
    return {
      id: row.id,
      serial: row.serial,
      state: row.state,
      receivedAtMs: row.received_at_ms,
      changedAtMs: row.changed_at_ms,
      openedBy: { id: row.by_id, name: row.by_name },
      replacementSerial: row.replacement_serial,
      isReplacementRecalled: row.replacement_serial !== null && recalled.has(row.replacement_serial),
      vendorNumber: row.vendor_number,
      calls: 1 + Number(row.further),
      missing: texts ? missingIn(texts) : [],
      patient:
        row.whole_id === null
          ? null
          : { patientId: row.whole_id, name: row.patient_name ?? "", partnerUid: row.partner_uid ?? "" },
    };
  }

  /** The replacements that are recalled themselves. */
  const recalledAmong = (found: readonly Row[]): Promise<Recalled> =>
    recallsOf(db, [...new Set(found.flatMap((row) => row.replacement_serial ?? []))]);

  async function summaries(found: readonly Row[]): Promise<CaseSummary[]> {
    const recalled = await recalledAmong(found);
    return found.map((row) => summaryOf(row, textsIn(row.sealed_text), recalled));
  }

  async function caseOf(row: Row): Promise<StoredCase> {
    const texts = textsIn(row.sealed_text);
    const { numbers, withdrawn } = await callNumbers(db, row.serial);
    const numberOf = (id: string) => numbers.get(id) ?? numbers.size;
    const calls = await db
      .selectFrom("sensor_case_call")
      .leftJoin("user", "user.id", "sensor_case_call.by_id")
      .select(["sensor_case_call.id", "at_ms", "by_id", "sealed_text", "user.name"])
      .where("case_id", "=", row.id)
      .where("withdrawn_at_ms", "is", null)
      .orderBy("at_ms")
      .orderBy("sensor_case_call.id")
      .execute();
    return {
      ...summaryOf(row, texts, await recalledAmong([row])),
      ...(texts ?? noTexts),
      isUnreadable: texts === null,
      furtherCalls: calls.map(({ id, at_ms, by_id, sealed_text, name }) => {
        const opened = sealer.open(sealed_text);
        const told = opened === null ? null : (JSON.parse(opened) as NewCall);
        return {
          id,
          number: numberOf(id),
          atMs: at_ms,
          by: { id: by_id, name },
          caller: told?.caller ?? null,
          said: told?.said ?? null,
        };
      }),
      history: await caseHistory(db, sealer, row.id),
      number: numberOf(row.id),
      callsAboutSensor: numbers.size - withdrawn,
      callsWithdrawn: withdrawn,
    };
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
          .where("withdrawn_at_ms", "is", null)
          .select((inner) => inner.fn.countAll<number>().as("count"))
          .as("further"),
      ])
      .executeTakeFirstOrThrow();
    return {
      cases: await summaries(found),
      total: Number(total),
      calls: Number(total) + Number(further ?? 0),
    };
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

  return { rowOf, caseOf, byId, about, pageOf, summaries };
}
