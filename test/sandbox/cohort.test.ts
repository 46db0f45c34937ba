import { expect, test } from "vitest";
import type { CohortPerson } from "#sandbox/sandbox.ts";
import { createPartner, dayMs, minuteMs, someDayMs, tidy, type WireRecord } from "./partner.ts";

/** People whose latest sensors depend on when the sandbox started; what they have is tested by serial. */
const startAnchored = [1, 2, 3, 4, 26, 27, 28, 31, 32].map((n) => `clinic-00${String(n).padStart(2, "0")}`);
const isUnanchored = ({ partnerUid }: CohortPerson) => !startAnchored.includes(partnerUid);

test("at least 24 people of several regions have at least 120 days behind them", async () => {
  const partner = createPartner();
  const { cohort } = partner.sandbox;
  expect(cohort.length).toBeGreaterThanOrEqual(24);
  expect(new Set(cohort.map(({ partnerUid }) => partnerUid)).size).toBe(cohort.length);
  expect(new Set(cohort.map(({ region }) => region)).size).toBeGreaterThanOrEqual(6);
  for (const person of cohort) {
    const who = await partner.register(person.partnerUid);
    const records = await partner.userRecords(who, someDayMs - 124 * dayMs, someDayMs - 118 * dayMs);
    expect(records.length, person.name).toBeGreaterThan(480);
  }
});

test("every person's 30 days look like someone's, and the cohort spans good and poor control", async () => {
  const partner = createPartner();
  const inRange: number[] = [];
  const low: number[] = [];
  const deepNightLows: number[] = [];
  for (const { partnerUid } of partner.sandbox.cohort) {
    const who = await partner.register(partnerUid);
    const records = tidy(await partner.userRecords(who, someDayMs - 30 * dayMs, someDayMs));
    const values = records.filter(({ type }) => type === 2).map(({ value }) => value);
    const share = (has: (value: number) => boolean) => values.filter(has).length / values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean, partnerUid).toBeGreaterThan(4.5);
    expect(mean, partnerUid).toBeLessThan(13.5);
    for (const value of values) {
      if (value < 2.2 || value > 25 || Math.round(value * 10) / 10 !== value)
        throw new Error(`${partnerUid}: ${value}`);
    }
    inRange.push(share((value) => value >= 3.9 && value <= 10));
    low.push(share((value) => value < 3.9));
    deepNightLows.push(share((value) => value < 3));
  }
  expect(Math.min(...inRange)).toBeGreaterThan(0.25);
  expect(Math.min(...inRange)).toBeLessThan(0.45);
  expect(Math.max(...inRange)).toBeGreaterThan(0.93);
  expect(Math.max(...low)).toBeLessThan(0.1);
  expect(Math.max(...low)).toBeGreaterThan(0.05);
  expect(Math.max(...deepNightLows)).toBeGreaterThan(0.01);
});

test("neighbouring readings hang together, as a sensor's do", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0011");
  const records = tidy(await partner.userRecords(who, someDayMs - 10 * dayMs, someDayMs));
  const steps = records.slice(1).flatMap((record, i) => {
    const before = records[i];
    const next = before?.type === 2 && before.package_num + 1 === record.package_num;
    return next ? [Math.abs(record.value - before.value)] : [];
  });
  steps.sort((a, b) => a - b);
  expect(steps.length).toBeGreaterThan(3000);
  expect(steps[Math.floor(steps.length / 2)]).toBeLessThanOrEqual(0.2);
  expect(steps.at(-1)).toBeLessThan(1.6);
});

test("the past is the same whenever the sandbox started and however it is asked", async () => {
  const [early, late] = [createPartner(), createPartner({ nowMs: someDayMs + 11.3 * dayMs })];
  const [startMs, endMs] = [someDayMs - 40 * dayMs, someDayMs - 12 * dayMs];
  for (const { partnerUid } of early.sandbox.cohort.filter(isUnanchored)) {
    const [a, b] = [await early.register(partnerUid), await late.register(partnerUid)];
    expect(a.openId).toBe(b.openId);
    const whole = tidy(await early.userRecords(a, startMs, endMs));
    const inTwo = [
      ...(await late.userRecords(b, someDayMs - 20 * dayMs, endMs)),
      ...(await late.userRecords(b, startMs, someDayMs - 20 * dayMs)),
    ];
    expect(shapeOf(tidy(inTwo)), partnerUid).toBe(shapeOf(whole));
  }
});

test("another seed makes other people's days", async () => {
  const [one, two] = [createPartner(), createPartner({ seed: 2 })];
  const read = async (partner: typeof one) =>
    (await partner.userRecords(await partner.register("clinic-0005"), someDayMs - dayMs, someDayMs)).map(
      ({ value }) => value,
    );
  expect(await read(one)).not.toEqual(await read(two));
});

test("at any time most people have a current reading, and the known exceptions are exceptions", async () => {
  const ages = async (nowMs: number) => {
    const partner = createPartner({ nowMs });
    const found: Record<string, number> = {};
    for (const { partnerUid } of partner.sandbox.cohort) {
      const records = await partner.userRecords(await partner.register(partnerUid), nowMs - dayMs, nowMs);
      found[partnerUid] = (nowMs - Math.max(0, ...records.map(({ measured_at }) => measured_at))) / minuteMs;
    }
    return found;
  };
  for (const nowMs of [
    someDayMs,
    someDayMs + 0.61 * dayMs,
    Date.UTC(2027, 5, 3, 0, 2),
    Date.UTC(2023, 0, 1),
  ]) {
    const found = await ages(nowMs);
    const current = Object.values(found).filter((age) => age <= 15).length;
    expect(current / Object.keys(found).length, new Date(nowMs).toISOString()).toBeGreaterThan(0.7);
    expect(found["clinic-0026"]).toBeGreaterThan(1440);
    expect(found["clinic-0027"]).toBeGreaterThan(1440);
    expect(found["clinic-0028"]).toBeLessThan(15);
  }
  const found = await ages(someDayMs);
  expect(found["clinic-0029"]).toBeGreaterThan(19);
  expect(found["clinic-0029"]).toBeLessThan(26);
  expect(found["clinic-0030"]).toBeGreaterThan(120);
});

test("a new reading appears every three minutes as the clock runs", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0001");
  const count = async () => (await partner.userRecords(who, someDayMs - dayMs, someDayMs + dayMs)).length;
  const before = await count();
  partner.setNow(someDayMs + 30 * minuteMs);
  expect((await count()) - before).toBeGreaterThanOrEqual(9);
  expect((await count()) - before).toBeLessThanOrEqual(11);
});

test("no record is shown before the phone has uploaded it", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0031");
  const startMs = someDayMs - 10 * dayMs;
  const known = await partner.userRecords(who, startMs, someDayMs);
  const late = known.find(
    ({ measured_at, app_received_at }) => app_received_at - measured_at > 60 * minuteMs,
  );
  if (!late) throw new Error("nobody uploaded late");
  const at = async (nowMs: number) => {
    partner.setNow(nowMs);
    const again = await partner.register("clinic-0031");
    const records = await partner.userRecords(again, startMs, someDayMs);
    expect(records.every(({ app_received_at }) => app_received_at <= nowMs)).toBe(true);
    return records.some(({ measured_at }) => measured_at === late.measured_at);
  };
  expect(await at(late.app_received_at - 1)).toBe(false);
  expect(await at(late.app_received_at)).toBe(true);
});

test("a month of one person is made whole, even the first time", async () => {
  const partner = createPartner();
  const who = await partner.register("clinic-0013");
  const records = await partner.userRecords(who, someDayMs - 30 * dayMs, someDayMs);
  expect(records.length).toBeGreaterThan(10_000);
});

const shapeOf = (records: readonly WireRecord[]) =>
  records
    .map((r) => `${r.device_sn} ${r.package_num} ${r.measured_at} ${r.value} ${r.trend} ${r.type}`)
    .join("\n");
