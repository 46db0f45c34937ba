import { type Kysely, sql } from "kysely";
import type { Device } from "#contract/device.ts";
import type { DeviceFacts } from "#glucose/device-reasons.ts";
import { dayMs } from "#glucose/time.ts";
import { type NearSensors, nearSensors } from "./near-sensors.ts";
import { withParts } from "./patient-merges.ts";
import { untoldRecalls } from "./recall-contacts.ts";
import { joinIfNew } from "./recalled-sensors.ts";
import type { Tables } from "./schema.ts";

/** How much of its data came, and how late; no value. */
export interface SensorData {
  readonly lastDataAtMs: number | null;
  readonly received: number;
  readonly expected: number;
  readonly packetsLost: number | null;
  readonly uploadDelayMs: number | null;
}

/** What the platform said of a sensor at `askedAtMs`. `data` is left as it is known where there is none. */
export interface SensorFacts {
  readonly serial: string;
  readonly state: Device["state"];
  readonly boundAtMs: number | null;
  readonly activatedAtMs: number | null;
  readonly estimatedEndAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly partnerId: string | null;
  /** Kept only where it is one of our patients. */
  readonly openId: string | null;
  readonly askedAtMs: number;
  readonly data?: SensorData | null;
  /** The verdict's code; left as it is known where there is none and the state is the same. */
  readonly headline?: string | null;
}

/** What is printed on a box; dates as "2027-03-31". */
export interface SensorBox {
  readonly gtin?: string | null;
  readonly lot?: string | null;
  readonly expiryDate?: string | null;
  readonly producedOn?: string | null;
}

export interface KnownSensor extends Omit<SensorFacts, "state" | "askedAtMs" | "data" | "headline"> {
  /** Null, as the dates, where the platform was not asked about it yet. */
  readonly state: Device["state"] | null;
  readonly askedAtMs: number | null;
  readonly lastDataAtMs: number | null;
  readonly dataAskedAtMs: number | null;
  readonly received: number | null;
  readonly expected: number | null;
  readonly packetsLost: number | null;
  readonly uploadDelayMs: number | null;
  readonly headline: string | null;
  readonly box: { readonly [Field in keyof SensorBox]-?: string | null };
  /** Who has put it in place of another, and when. */
  readonly boxReplaced: { readonly byId: string; readonly atMs: number } | null;
  readonly region: string | null;
  readonly firstSeenAtMs: number;
}

export interface SensorStore {
  /**
   * Writes what has changed since it was written last, and what was written a day ago or more. What was asked earlier
   * than that changes nothing.
   */
  note(facts: readonly SensorFacts[]): Promise<void>;
  /** Adds what is not known yet; nothing of a box that contradicts what is. */
  noteBox(serial: string, box: SensorBox): Promise<void>;
  /** In place of all that is known of this one's box. */
  replaceBox(serial: string, box: SensorBox, byId: string): Promise<void>;
  noteBoxes(boxes: readonly (SensorBox & { readonly serial: string })[]): Promise<void>;
  bySerial(serial: string): Promise<KnownSensor | null>;
  /** Those of them that are known, by their serials. */
  known(serials: readonly string[]): Promise<ReadonlyMap<string, KnownSensor>>;
  /** What a list has to know of the sensors of these accounts besides that of the latest reading. */
  factsOf(
    patientId: string,
    openIds: readonly string[],
  ): Promise<{
    bound: (NonNullable<DeviceFacts["bound"]> & { askedAtMs: number }) | null;
    recalledAtMs: number | null;
    recalledSerial: string | null;
    recallChangedAtMs: number | null;
  }>;
  near(serial: string): Promise<NearSensors>;
  /** Of these accounts, those activated last first; five hundred at most. */
  wornBy(openIds: readonly string[]): Promise<KnownSensor[]>;
}

const mostOfWearer = 500;

/** A patient's own account or region; nobody's where the patient, or the record they are a part of, is archived. */
const ofWearer = (column: "open_id" | "region", openId: string | null) =>
  openId === null
    ? null
    : sql<string | null>`(select patient.${sql.raw(column)} from patient
        left join patient as whole on whole.id = patient.merged_into
        where patient.open_id = ${openId} and patient.archived_at_ms is null and whole.archived_at_ms is null)`;

const wearerOf = (openId: string | null) => ({
  open_id: ofWearer("open_id", openId),
  region: ofWearer("region", openId),
});

/** The sensors are this account's, whatever else is known of them. */
export async function rememberWearer(
  db: Kysely<Tables>,
  openId: string,
  serials: readonly string[],
  nowMs: number,
): Promise<void> {
  const whose = wearerOf(openId);
  await joinIfNew(db, serials);
  await db
    .insertInto("sensor")
    .values(serials.map((serial) => ({ serial, ...whose, first_seen_at_ms: nowMs })))
    .onConflict((conflict) =>
      conflict.column("serial").doUpdateSet((eb) => ({
        open_id: eb.ref("excluded.open_id"),
        region: eb.fn.coalesce("excluded.region", "sensor.region"),
      })),
    )
    .execute();
}

/** Who is archived wears none of them any more for us; the sensors stay. Who comes back wears them again. */
export async function moveWearer(db: Kysely<Tables>, patientId: string, archived: boolean): Promise<void> {
  const accounts = db.selectFrom("patient").select("open_id").where("id", "in", withParts(db, patientId));
  if (archived)
    await db.updateTable("sensor").set({ open_id: null }).where("open_id", "in", accounts).execute();
  else
    await db
      .updateTable("sensor")
      .set((eb) => ({
        open_id: eb
          .selectFrom("sensor_owner")
          .select("sensor_owner.open_id")
          .whereRef("sensor_owner.serial", "=", "sensor.serial"),
      }))
      .where("serial", "in", db.selectFrom("sensor_owner").select("serial").where("open_id", "in", accounts))
      .execute();
}

type Row = Tables["sensor"];

/** What another answer of the platform replaces, null included. */
const dates = ["state", "bound_at_ms", "activated_at_ms", "estimated_end_at_ms", "ended_at_ms"] as const;
/** What stays known where the new answer does not say it. */
const rest = ["partner_id", "open_id", "region", "headline"] as const;
const counts = [
  "last_data_at_ms",
  "data_asked_at_ms",
  "received",
  "expected",
  "packets_lost",
  "upload_delay_ms",
] as const;
const box = ["gtin", "lot", "expiry_date", "produced_on"] as const;

const rowOf = (facts: SensorFacts) => ({
  serial: facts.serial,
  ...wearerOf(facts.openId),
  partner_id: facts.partnerId,
  state: facts.state,
  bound_at_ms: facts.boundAtMs,
  activated_at_ms: facts.activatedAtMs,
  estimated_end_at_ms: facts.estimatedEndAtMs,
  ended_at_ms: facts.endedAtMs,
  asked_at_ms: facts.askedAtMs,
  last_data_at_ms: facts.data?.lastDataAtMs ?? null,
  data_asked_at_ms: facts.data ? facts.askedAtMs : null,
  received: facts.data?.received ?? null,
  expected: facts.data?.expected ?? null,
  packets_lost: facts.data?.packetsLost ?? null,
  upload_delay_ms: facts.data?.uploadDelayMs ?? null,
  headline: facts.headline ?? null,
  first_seen_at_ms: facts.askedAtMs,
});

const knownOf = (row: Row): KnownSensor => ({
  serial: row.serial,
  openId: row.open_id,
  region: row.region,
  partnerId: row.partner_id,
  state: row.state as Device["state"] | null,
  boundAtMs: row.bound_at_ms,
  activatedAtMs: row.activated_at_ms,
  estimatedEndAtMs: row.estimated_end_at_ms,
  endedAtMs: row.ended_at_ms,
  askedAtMs: row.asked_at_ms,
  lastDataAtMs: row.last_data_at_ms,
  dataAskedAtMs: row.data_asked_at_ms,
  received: row.received,
  expected: row.expected,
  packetsLost: row.packets_lost,
  uploadDelayMs: row.upload_delay_ms,
  headline: row.headline,
  box: { gtin: row.gtin, lot: row.lot, expiryDate: row.expiry_date, producedOn: row.produced_on },
  boxReplaced:
    row.box_by_id === null || row.box_at_ms === null ? null : { byId: row.box_by_id, atMs: row.box_at_ms },
  firstSeenAtMs: row.first_seen_at_ms,
});

const isOther = (column: keyof Row) =>
  sql<boolean>`${sql.ref(`sensor.${column}`)} is distinct from ${sql.ref(`excluded.${column}`)}`;
const isNews = (column: keyof Row) =>
  sql<boolean>`${sql.ref(`excluded.${column}`)} is not null and ${isOther(column)}`;

const isContradicted = (column: keyof Row) =>
  sql<boolean>`${sql.ref(`sensor.${column}`)} is not null and ${isNews(column)}`;

/** A use-by date of one and a production of the other that cannot both be. */
const isCrossed = sql<boolean>`coalesce(
  coalesce(sensor.expiry_date, excluded.expiry_date) < coalesce(sensor.produced_on, excluded.produced_on), false)`;

/** What of every sensor is known here: facts of the device, and no glucose value. */
export function createSensorStore(db: Kysely<Tables>, now: () => number): SensorStore {
  const noteBoxes: SensorStore["noteBoxes"] = async (boxes) => {
    if (boxes.length === 0) return;
    await joinIfNew(
      db,
      boxes.map(({ serial }) => serial),
    );
    await db
      .insertInto("sensor")
      .values(
        boxes.map(({ serial, gtin, lot, expiryDate, producedOn }) => ({
          serial,
          gtin: gtin ?? null,
          lot: lot ?? null,
          expiry_date: expiryDate ?? null,
          produced_on: producedOn ?? null,
          first_seen_at_ms: now(),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .column("serial")
          .doUpdateSet((eb) =>
            Object.fromEntries(
              box.map((name) => [name, eb.fn.coalesce(`sensor.${name}`, `excluded.${name}`)]),
            ),
          )
          .where((eb) =>
            eb.and([eb.or(box.map(isNews)), eb.not(eb.or([...box.map(isContradicted), isCrossed]))]),
          ),
      )
      .execute();
  };
  return {
    note: async (facts) => {
      if (facts.length === 0) return;
      await joinIfNew(
        db,
        facts.map(({ serial }) => serial),
      );
      await db
        .insertInto("sensor")
        .values(facts.map(rowOf))
        .onConflict((conflict) =>
          conflict
            .column("serial")
            .doUpdateSet((eb) => ({
              ...Object.fromEntries(
                ["asked_at_ms" as const, ...dates].map((name) => [name, eb.ref(`excluded.${name}`)]),
              ),
              ...Object.fromEntries(
                [...rest, ...counts].map((name) => [
                  name,
                  eb.fn.coalesce(`excluded.${name}`, `sensor.${name}`),
                ]),
              ),
              // A verdict of another state is none any more.
              headline: sql`case when excluded.headline is null and sensor.state = excluded.state
                then sensor.headline else excluded.headline end`,
            }))
            .where((eb) =>
              eb.or([
                eb("sensor.asked_at_ms", "is", null),
                eb.and([
                  sql<boolean>`excluded.asked_at_ms >= sensor.asked_at_ms`,
                  eb.or([
                    sql<boolean>`excluded.asked_at_ms - sensor.asked_at_ms >= ${dayMs}`,
                    ...dates.map(isOther),
                    ...rest.map(isNews),
                    sql<boolean>`excluded.received is not null and sensor.received is null`,
                  ]),
                ]),
              ]),
            ),
        )
        .execute();
    },
    noteBoxes,
    noteBox: (serial, own) => noteBoxes([{ serial, ...own }]),
    replaceBox: async (serial, { gtin = null, lot = null, expiryDate = null, producedOn = null }, byId) => {
      await db
        .updateTable("sensor")
        .set({
          gtin,
          lot,
          expiry_date: expiryDate,
          produced_on: producedOn,
          box_by_id: byId,
          box_at_ms: now(),
        })
        .where("serial", "=", serial)
        .execute();
    },
    bySerial: async (serial) => {
      const row = await db.selectFrom("sensor").selectAll().where("serial", "=", serial).executeTakeFirst();
      return row ? knownOf(row) : null;
    },
    known: async (serials) => {
      if (serials.length === 0) return new Map();
      const rows = await db.selectFrom("sensor").selectAll().where("serial", "in", serials).execute();
      return new Map(rows.map((row) => [row.serial, knownOf(row)]));
    },
    factsOf: async (patientId, openIds) => {
      const rows = await db
        .selectFrom("sensor")
        .where("open_id", "in", openIds)
        .where("state", "in", ["bound", "activated"])
        .where((eb) => eb.or([eb("ended_at_ms", "is", null), eb("ended_at_ms", ">", now())]))
        .select((eb) => [
          "serial",
          "state",
          "bound_at_ms",
          "asked_at_ms",
          eb
            .selectFrom("recall_sensor")
            .innerJoin("recall", "recall.id", "recall_sensor.recall_id")
            .whereRef("recall_sensor.serial", "=", "sensor.serial")
            .where("recall.is_begun", "=", 1)
            .select(({ fn }) => fn.countAll<number>().as("recalls"))
            .as("recalls"),
        ])
        .orderBy(sql`coalesce(bound_at_ms, first_seen_at_ms)`, "desc")
        .limit(mostOfWearer)
        .execute();
      // Nobody is asked to start one that is recalled, whether they were told or not.
      const bound = rows.find(({ state, recalls }) => state === "bound" && !Number(recalls));
      const inRecalls = rows.flatMap(({ serial, recalls }) => (Number(recalls) ? serial : []));
      const untold = inRecalls.length > 0 ? await untoldRecalls(db, patientId, inRecalls) : [];
      const [recalled] = untold.toSorted((a, b) => a.begunAtMs - b.begunAtMs);
      return {
        bound: bound
          ? { serial: bound.serial, atMs: bound.bound_at_ms, askedAtMs: bound.asked_at_ms ?? 0 }
          : null,
        recalledAtMs: recalled?.begunAtMs ?? null,
        recalledSerial: recalled?.serial ?? null,
        recallChangedAtMs: recalled?.changedAtMs ?? null,
      };
    },
    near: (serial) => nearSensors(db, serial),
    wornBy: async (openIds) => {
      if (openIds.length === 0) return [];
      const rows = await db
        .selectFrom("sensor")
        .selectAll()
        .where("open_id", "in", openIds)
        .orderBy(sql`coalesce(activated_at_ms, bound_at_ms, first_seen_at_ms)`, "desc")
        .orderBy("serial")
        .limit(mostOfWearer)
        .execute();
      return rows.map(knownOf);
    },
  };
}
