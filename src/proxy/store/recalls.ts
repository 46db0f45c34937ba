import { randomUUID } from "node:crypto";
import { type RawBuilder, sql } from "kysely";
import * as z from "zod";
import {
  type ContactOutcome,
  contactOutcomes,
  type PlacedSensor,
  type RecallAlike,
  type RecallInstruction,
  type RecallPerson,
  type RecallPlace,
  type RecallShown,
  recall,
  recallPlaces,
  recallShown,
} from "#contract/recalls.ts";
import { dayMs } from "#glucose/time.ts";
import type { Database } from "./database.ts";
import type { FingerprintPart } from "./fingerprints.ts";
import { type ContactTry, isToldBefore, noteTry, takeBackTry, triesOfAll } from "./recall-contacts.ts";
import { joinRecalls, recallsOf } from "./recalled-sensors.ts";

export interface StoredRecall extends FoundInFile {
  id: string;
  name: string;
  createdAtMs: number;
  isBegun: boolean;
  instruction: RecallInstruction;
  instructedAtMs: number | null;
}

/** What is counted of a file besides the sensors of ours that it names. */
export interface FoundInFile {
  lines: number;
  notOurs: number;
  unusable: number;
  repeated: number | null;
  alike: RecallAlike[];
  alikeCount: number;
  shown: RecallShown | null;
}

type Person = Omit<RecallPerson, "tries"> & { tries: ContactTry[] };

export interface RecallStore {
  countKnown(): Promise<number>;
  /** Serials of ours in their order, the next ones after this one. */
  knownAfter(serial: string): Promise<string[]>;
  /** Those of these words, in upper case, that are lots of sensors known here, and of how many. */
  lotsAmong(words: readonly string[]): Promise<{ lot: string; sensors: number }[]>;
  /** One that is only compared: none sees it before it is begun, and those of a day ago are forgotten. Answers with its ID. */
  compare(name: string, nowMs: number): Promise<string>;
  /** Those that are ours, each once. */
  addSensors(id: string, serials: readonly string[]): Promise<void>;
  /** What is kept of the serials that are not ours; a sensor that is noted for the first time is looked for in it. */
  keepRest(id: string, parts: Iterable<FingerprintPart>): Promise<void>;
  /** Looks for the sensors that were noted for the first time since the recall was begun. */
  catchUp(id: string): Promise<void>;
  noteFound(id: string, found: FoundInFile): Promise<void>;
  /** False where there is none that was only compared. */
  begin(id: string, name: string, nowMs: number): Promise<boolean>;
  /** `tellAgainMs`: who was told before this is told again; null of a correction of the wording. */
  setInstruction(id: string, instruction: RecallInstruction, tellAgainMs: number | null): Promise<void>;
  /** Those of these serials that are in a recall, whether they are known here or not. */
  recalledOf(serials: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those that are begun. */
  all(): Promise<StoredRecall[]>;
  byId(id: string): Promise<StoredRecall | null>;
  remove(id: string): Promise<void>;
  places(id: string, nowMs: number): Promise<Record<RecallPlace, number>>;
  contacts(id: string): Promise<Record<ContactOutcome, number>>;
  /** How many are to be told again: contacted last before what they are to be told was changed last. */
  countToldBefore(id: string): Promise<number>;
  people(
    id: string,
    page: { open: boolean; offset: number; limit: number },
    nowMs: number,
  ): Promise<{ people: Person[]; total: number }>;
  countWithoutWearer(id: string): Promise<number>;
  /** Sensors of which nobody here is known to wear or to have worn one. */
  withoutWearer(id: string, page: { offset: number; limit: number }, nowMs: number): Promise<PlacedSensor[]>;
  /** The recalls that have this sensor, the latest first, with what became of whoever wears or wore it. */
  ofSensor(serial: string): Promise<(StoredRecall & { contact: ContactTry | null; isToldBefore: boolean })[]>;
  /** The patients who wear one of them, or have one that is bound to them. */
  wearers(id: string): Promise<string[]>;
  /** False where this patient has none of them. */
  isOf(id: string, patientId: string): Promise<boolean>;
  /** False where no more can be kept. */
  noteTry(id: string, patientId: string, contact: ContactTry): Promise<boolean>;
  /** The last one, which it answers with; null where there was none. */
  takeBackTry(id: string, patientId: string): Promise<ContactOutcome | null>;
}

const knownPerRead = 20_000;
const mostListed = 200;
const alikes = recall.shape.alike;

/** Places in their order, as numbers that SQL can take the least of. */
const placeOf = (nowMs: number): RawBuilder<number> => sql`case
  when sensor.state = 'activated' and (sensor.ended_at_ms is null or sensor.ended_at_ms > ${nowMs}) then 0
  when sensor.state in ('bound', 'unbound') then 1
  when sensor.state in ('ended', 'activated') then 3
  else 2 end`;

/** Sensors of a recall with their wearers, archived ones and those who became a part of another record included. */
const worn = (id: string) => sql`recall_sensor
  join sensor on sensor.serial = recall_sensor.serial
  left join sensor_owner on sensor_owner.serial = sensor.serial
  join patient on patient.open_id = coalesce(sensor_owner.open_id, sensor.open_id)
  where recall_sensor.recall_id = ${id}`;
const whole = sql`coalesce(patient.merged_into, patient.id)`;

/** What became of each patient: the latest that was noted of them or of a record that became a part of theirs. */
const contactsOf = (id: string) => sql`(select patient_id, outcome, by_id, at_ms,
    outcome = 'contacted' and at_ms < coalesce((select instructed_at_ms from recall where id = ${id}), 0)
      as is_told_before
  from (
    select ${whole} as patient_id, outcome, by_id, at_ms,
      row_number() over (partition by ${whole} order by at_ms desc, patient.id) as place
    from recall_contact join patient on patient.id = recall_contact.patient_id
    where recall_contact.recall_id = ${id}) as noted
  where place = 1) as contact`;

export function createRecallStore({ db, kind }: Pick<Database, "db" | "kind">): RecallStore {
  const among = (texts: readonly string[]) =>
    kind === "postgres"
      ? sql`= any(${[...texts]}::text[])`
      : sql`in (select value from json_each(${JSON.stringify(texts)}))`;
  /** Their places and serials: "0P225043056 3P225043042". */
  const listOf = (nowMs: number) => {
    const one = sql`${placeOf(nowMs)} || sensor.serial`;
    return kind === "postgres" ? sql`string_agg(${one}, ' ')` : sql`group_concat(${one}, ' ')`;
  };

  const toRecall = (row: {
    id: string;
    name: string;
    created_at_ms: number;
    is_begun: number;
    lines: number;
    not_ours: number;
    unusable: number;
    alike: string;
    alike_count: number;
    instruction: string | null;
    instruction_zh: string | null;
    instructed_at_ms: number | null;
    repeated: number | null;
    shown: string | null;
  }): StoredRecall => ({
    id: row.id,
    name: row.name,
    createdAtMs: row.created_at_ms,
    isBegun: row.is_begun === 1,
    instruction: { en: row.instruction, "zh-CN": row.instruction_zh },
    instructedAtMs: row.instructed_at_ms,
    repeated: row.repeated,
    lines: row.lines,
    notOurs: row.not_ours,
    unusable: row.unusable,
    alike: alikes.parse(JSON.parse(row.alike)),
    alikeCount: row.alike_count,
    shown: row.shown === null ? null : recallShown.parse(JSON.parse(row.shown)),
  });
  const begun = () => db.selectFrom("recall").selectAll().where("is_begun", "=", 1);
  const remove = (id: string) =>
    db.transaction().execute(async (trx) => {
      for (const table of ["recall_try", "recall_contact", "recall_rest", "recall_sensor"] as const)
        await trx.deleteFrom(table).where("recall_id", "=", id).execute();
      await trx.deleteFrom("recall").where("id", "=", id).execute();
    });
  const unworn = (id: string) => sql`recall_sensor.recall_id = ${id}
    and recall_sensor.serial not in (select recall_sensor.serial from ${worn(id)})`;
  const inAll = <Key extends string>(keys: readonly Key[], countOf: (key: Key) => number) =>
    Object.fromEntries(keys.map((key) => [key, countOf(key)])) as Record<Key, number>;

  return {
    countKnown: async () => {
      const { count } = await db
        .selectFrom("sensor")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return count;
    },
    knownAfter: async (serial) => {
      // As one text: a row for each of a million takes longer than all the rest.
      const { rows } = await sql<{
        serials: string | null;
      }>`select string_agg(serial, ' ' order by serial) as serials
        from (select serial from sensor where serial > ${serial} order by serial limit ${knownPerRead}) as next`.execute(
        db,
      );
      return rows[0]?.serials?.split(" ") ?? [];
    },
    lotsAmong: async (words) => {
      if (words.length === 0) return [];
      const { rows } = await sql<{ lot: string; sensors: number }>`
        select upper(lot) as lot, count(*) as sensors from sensor
        where lot is not null and upper(lot) ${among(words)} group by 1 order by 1`.execute(db);
      return rows.slice(0, mostListed).map(({ lot, sensors }) => ({ lot, sensors: Number(sensors) }));
    },
    compare: async (name, nowMs) => {
      const old = db.selectFrom("recall").select("id").where("is_begun", "=", 0);
      for (const { id } of await old.where("created_at_ms", "<", nowMs - dayMs).execute()) await remove(id);
      // A database that was filled a moment ago knows nothing of it yet, and would read all of it for each part of a file.
      if (kind === "postgres") await sql`analyze sensor`.execute(db);
      const id = randomUUID();
      await db
        .insertInto("recall")
        .values({
          id,
          name,
          created_at_ms: nowMs,
          is_begun: 0,
          lines: 0,
          not_ours: 0,
          unusable: 0,
          alike: "[]",
          alike_count: 0,
        })
        .execute();
      return id;
    },
    addSensors: async (id, serials) => {
      await sql`insert into recall_sensor (recall_id, serial)
        select ${id}, serial from sensor where serial ${among(serials)}
        on conflict do nothing`.execute(db);
    },
    keepRest: async (id, parts) => {
      for (const { first, last, packed } of parts)
        await db
          .insertInto("recall_rest")
          .values({ recall_id: id, first_fingerprint: first, last_fingerprint: last, packed })
          .execute();
    },
    catchUp: async (id) => {
      const recall = await db
        .selectFrom("recall")
        .select("created_at_ms")
        .where("id", "=", id)
        .executeTakeFirst();
      const rows = await db
        .selectFrom("sensor")
        .select("serial")
        .where("first_seen_at_ms", ">=", recall?.created_at_ms ?? 0)
        .execute();
      await joinRecalls(
        db,
        rows.map(({ serial }) => serial),
      );
    },
    noteFound: async (id, { lines, notOurs, unusable, repeated, alike, alikeCount, shown }) => {
      await db
        .updateTable("recall")
        .set({
          lines,
          not_ours: notOurs,
          unusable,
          repeated,
          alike: JSON.stringify(alike),
          alike_count: alikeCount,
          shown: JSON.stringify(shown),
        })
        .where("id", "=", id)
        .execute();
    },
    begin: async (id, name, nowMs) => {
      const { numUpdatedRows } = await db
        .updateTable("recall")
        .set({ is_begun: 1, name, created_at_ms: nowMs })
        .where("id", "=", id)
        .where("is_begun", "=", 0)
        .where("lines", ">", 0)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    all: async () => {
      const rows = await begun().orderBy("created_at_ms", "desc").orderBy("id").limit(mostListed).execute();
      return rows.map(toRecall);
    },
    byId: async (id) => {
      const row = await db.selectFrom("recall").selectAll().where("id", "=", id).executeTakeFirst();
      return row ? toRecall(row) : null;
    },
    remove,
    places: async (id, nowMs) => {
      const { rows } = await sql<{ place: number; count: number }>`
        select ${placeOf(nowMs)} as place, count(*) as count
        from recall_sensor join sensor on sensor.serial = recall_sensor.serial
        where recall_sensor.recall_id = ${id} group by 1`.execute(db);
      return inAll(
        recallPlaces,
        (place) => rows.find((row) => recallPlaces[row.place] === place)?.count ?? 0,
      );
    },
    contacts: async (id) => {
      const { rows } = await sql<{ outcome: ContactOutcome; count: number }>`
        select outcome, count(*) as count from ${contactsOf(id)}
        where not is_told_before group by outcome`.execute(db);
      return inAll(contactOutcomes, (outcome) => rows.find((row) => row.outcome === outcome)?.count ?? 0);
    },
    countToldBefore: async (id) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${contactsOf(id)}
        where is_told_before`.execute(db);
      return Number(rows[0]?.count ?? 0);
    },
    people: async (id, { open, offset, limit }, nowMs) => {
      const contact = sql`left join ${contactsOf(id)} on contact.patient_id = wearer.id`;
      const wearers = sql`(select ${whole} as id, min(${placeOf(nowMs)}) as place, ${listOf(nowMs)} as sensors
        from ${worn(id)} group by 1) as wearer ${contact}
        ${open ? sql`where contact.outcome is null or contact.outcome = 'not-reached' or contact.is_told_before` : sql``}`;
      const [total] = (await sql<{ total: number }>`select count(*) as total from ${wearers}`.execute(db))
        .rows;
      const { rows } = await sql<{
        id: string;
        place: number;
        sensors: string;
      }>`select wearer.id, wearer.place, wearer.sensors
        from ${wearers} order by wearer.place, wearer.id limit ${limit} offset ${offset}`.execute(db);
      const ids = rows.map((row) => row.id);
      const named =
        ids.length === 0
          ? []
          : await db
              .selectFrom("patient")
              .select(["id", "name", "partner_uid", "phone", "archived_at_ms"])
              .where("id", "in", ids)
              .execute();
      const tries = await triesOfAll(db, id, ids);
      const byId = new Map(named.map((one) => [one.id, one]));
      const people = rows.map((row): Person => {
        const patient = byId.get(row.id);
        return {
          patientId: row.id,
          name: patient?.name ?? "",
          partnerUid: patient?.partner_uid ?? "",
          phone: patient?.phone ?? null,
          isArchived: (patient?.archived_at_ms ?? null) !== null,
          place: recallPlaces[row.place] ?? "unsure",
          sensors: z
            .string()
            .parse(row.sensors)
            .split(" ")
            .sort()
            .map((one) => ({ serial: one.slice(1), place: recallPlaces[Number(one[0])] ?? "unsure" })),
          tries: tries.get(row.id) ?? [],
        };
      });
      return { people, total: total?.total ?? 0 };
    },
    countWithoutWearer: async (id) => {
      const { rows } = await sql<{
        total: number;
      }>`select count(*) as total from recall_sensor where ${unworn(id)}`.execute(db);
      return rows[0]?.total ?? 0;
    },
    withoutWearer: async (id, { offset, limit }, nowMs) => {
      const { rows } = await sql<{ serial: string; place: number }>`
        select sensor.serial, ${placeOf(nowMs)} as place
        from recall_sensor join sensor on sensor.serial = recall_sensor.serial
        where ${unworn(id)} order by 2, 1 limit ${limit} offset ${offset}`.execute(db);
      return rows.map(({ serial, place }) => ({ serial, place: recallPlaces[place] ?? "unsure" }));
    },
    ofSensor: async (serial) => {
      const ids = (await recallsOf(db, [serial])).get(serial);
      if (!ids) return [];
      const rows = await begun()
        .where("id", "in", ids)
        .orderBy("created_at_ms", "desc")
        .limit(mostListed)
        .execute();
      const standing = async (recallId: string) => {
        const { rows: found } = await sql<{ outcome: ContactOutcome; by_id: string; at_ms: number }>`
          select contact.outcome, contact.by_id, contact.at_ms from ${contactsOf(recallId)}
          where contact.patient_id in (select ${whole} from ${worn(recallId)} and sensor.serial = ${serial})`.execute(
          db,
        );
        const [contact] = found;
        return contact ? { outcome: contact.outcome, byId: contact.by_id, atMs: contact.at_ms } : null;
      };
      return Promise.all(
        rows.map(async (row) => {
          const contact = await standing(row.id);
          return { ...toRecall(row), contact, isToldBefore: isToldBefore(contact, row.instructed_at_ms) };
        }),
      );
    },
    recalledOf: async (serials) => new Set((await recallsOf(db, serials)).keys()),
    setInstruction: async (id, { en, "zh-CN": zh }, tellAgainMs) => {
      await db
        .updateTable("recall")
        .set({
          instruction: en,
          instruction_zh: zh,
          ...(tellAgainMs !== null && { instructed_at_ms: tellAgainMs }),
        })
        .where("id", "=", id)
        .where(sql<boolean>`(instruction is distinct from ${en} or instruction_zh is distinct from ${zh})`)
        .execute();
    },
    wearers: async (id) => {
      const { rows } = await sql<{ id: string }>`select distinct ${whole} as id
        from ${worn(id)} and sensor.state in ('activated', 'bound')`.execute(db);
      return rows.map((row) => row.id);
    },
    isOf: async (id, patientId) => {
      const { rows } = await sql`select 1 from ${worn(id)} and ${whole} = ${patientId} limit 1`.execute(db);
      return rows.length > 0;
    },
    noteTry: (id, patientId, contact) => noteTry(db, id, patientId, contact),
    takeBackTry: (id, patientId) => takeBackTry(db, id, patientId),
  };
}
