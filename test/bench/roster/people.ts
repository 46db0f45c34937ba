import { appendFileSync } from "node:fs";
import type { Insertable } from "kysely";
import { type Band, bands } from "#glucose/bands.ts";
import type { Database } from "#proxy/store/database.ts";
import { sealFigures } from "#proxy/store/patient-figures.ts";
import type { Tables } from "#proxy/store/schema.ts";
import type { Sealer } from "#proxy/store/seal.ts";
import { buildFigures } from "#test/support/figures.ts";

const dayMs = 86_400_000;
const given =
  "Anna Émilie Søren José Zoë Łukasz Giulia Björn Chloé Noah Ingrid Tomáš Aylin Mehmet Nuñez Olivia".split(
    " ",
  );
const family =
  "Schröder Müller García Nguyen Øster Dvořák Kowalska O'Neill Rossi Yılmaz Hernández Åberg Smith van-Dijk Lefèvre Petrović".split(
    " ",
  );
const chineseFamily = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗".split("");
const chineseGiven = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉思雨子涵浩宇欣怡".split("");
const regions = ["CN", "CN", "CN", "DE", "FR", "GB", "US", "ES"];
const tagSets = ["[]", "[]", '["pump"]', '["type 1"]', '["pregnant","type 1"]'];

/** The same numbers at every run. */
function createRandom() {
  let state = 12_345;
  return (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

export interface Person {
  number: number;
  name: string;
  partnerUid: string;
  openId: string;
  serial: string;
  region: string;
}

/** Half of them with Chinese names. */
export function createPeople(count: number): Person[] {
  const random = createRandom();
  const one = <T>(of: readonly T[]): T => of[random(of.length)] as T;
  return Array.from({ length: count }, (_, number) => {
    const name =
      number % 2 === 0
        ? one(chineseFamily) + one(chineseGiven) + (random(3) > 0 ? one(chineseGiven) : "")
        : `${one(given)} ${random(4) === 0 ? `${one(given)} ` : ""}${one(family)}`;
    const openId = `ou_${(number * 7_919 + 13).toString(36).padStart(7, "0")}`;
    const partnerUid = `clinic${number % 7}-${String(number).padStart(6, "0")}`;
    return {
      number,
      name,
      partnerUid,
      openId,
      serial: `P2${String(61_000_000 + number)}`,
      region: one(regions),
    };
  });
}

function rowOf(person: Person, nowMs: number, sealer: Sealer): Insertable<Tables["patient"]> {
  const { number, serial } = person;
  const activatedAtMs = nowMs - (number % 14) * dayMs;
  const checkedAtMs = nowMs - (number % 900) * 1000;
  const isChecked = number % 10 > 0;
  const share = 0.35 + (number % 60) / 100;
  const left = 1 - share;
  const sensor = { serial, activatedAtMs, estimatedEndAtMs: activatedAtMs + 14 * dayMs, endedAtMs: null };
  const status = {
    checkedAtMs,
    stage: "reading",
    lastReadingAtMs: checkedAtMs - (number % 240) * 60_000,
    sensor,
  };
  const shares = [left * 0.1, left * 0.2, share, left * 0.4, left * 0.3];
  const timeIn = Object.fromEntries(bands.map((band, i) => [band, shares[i] ?? 0])) as Record<Band, number>;
  const figures = buildFigures({ asOfMs: nowMs, fortnight: { n: 6000, activeShare: 0.93, timeIn } });
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    partner_uid: person.partnerUid,
    name: person.name,
    region: person.region,
    time_zone: "Asia/Shanghai",
    targets: "most-adults",
    open_id: person.openId,
    tags: tagSets[number % tagSets.length] ?? "[]",
    care_team: "[]",
    archived_at_ms: null,
    merged_into: null,
    merged_directly_into: null,
    status: isChecked ? JSON.stringify(status) : null,
    figures: isChecked ? sealFigures(sealer, figures) : null,
    check_due_ms: nowMs + dayMs,
    created_at_ms: nowMs - 30 * dayMs,
  };
}

/** Writes people straight into the tables, as if they had been registered and looked at. */
export async function seed(
  { db }: Database,
  people: readonly Person[],
  nowMs: number,
  sealer: Sealer,
): Promise<void> {
  for (let i = 0; i < people.length; i += 500) {
    const batch = people.slice(i, i + 500);
    await db
      .insertInto("patient")
      .values(batch.map((person) => rowOf(person, nowMs, sealer)))
      .execute();
    await db
      .insertInto("sensor_owner")
      .values(batch.map(({ serial, openId }) => ({ serial, open_id: openId, seen_at_ms: nowMs })))
      .execute();
  }
}

/** Makes people known to a sandbox that is yet to start, three weeks registered. */
export function introduce(file: string, people: readonly Person[], nowMs: number): void {
  for (let i = 0; i < people.length; i += 10_000) {
    const lines = people
      .slice(i, i + 10_000)
      .map(({ partnerUid, region, openId }) =>
        JSON.stringify({ partnerUid, region, openId, registeredAtMs: nowMs - 21 * dayMs }),
      );
    appendFileSync(file, `${lines.join("\n")}\n`);
  }
}
