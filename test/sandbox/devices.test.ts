import { expect, test } from "vitest";
import { createCohort } from "#sandbox/cohort.ts";
import { fixedDevices, fixedPlans } from "#sandbox/fixed-devices.ts";
import { createWearList } from "#sandbox/wear.ts";
import { createPartner, dayMs, minuteMs, someDayMs, tidy } from "./partner.ts";

const hours = (from: unknown, to: unknown) => (Number(to) - Number(from)) / 3_600_000;

test("unbound and bound devices have no later dates, told as absent, null or 0", async () => {
  const partner = createPartner();
  const unbound = (await partner.device("P225043050")).data;
  expect(unbound).toMatchObject({ status: 0 });
  expect([unbound.bound_at, unbound.activated_at, unbound.ended_at].every((time) => !time)).toBe(true);
  const bound = (await partner.device("P225043051")).data;
  expect(bound).toMatchObject({ status: 1, open_id: (await partner.register("clinic-0027")).openId });
  expect(bound.bound_at).toBeGreaterThan(someDayMs - 2 * dayMs);
  expect([bound.activated_at, bound.estimated_end_at, bound.ended_at].every((time) => !time)).toBe(true);
  expect(await partner.deviceRecords("P225043051")).toEqual([]);
});

test("activated and ended devices, each by its serial", async () => {
  const partner = createPartner();
  const info = async (serial: string) => (await partner.device(serial)).data;
  const active = await info("P225043056");
  expect(active).toMatchObject({ status: 2 });
  expect(hours(active.activated_at, active.estimated_end_at)).toBe(14 * 24);
  expect(Boolean(active.ended_at)).toBe(false);
  const onTime = await info("P225043042");
  expect(onTime).toMatchObject({ status: 3, ended_at: onTime.estimated_end_at });
  const early = await info("P225043043");
  expect(early.status).toBe(3);
  expect(hours(early.ended_at, early.estimated_end_at)).toBeGreaterThan(24);
  const late = await info("P225043044");
  expect(late.status).toBe(3);
  expect(hours(late.estimated_end_at, late.ended_at)).toBe(11);
});

test("a device's readings are those its wearer's history shows", async () => {
  const partner = createPartner();
  for (const { serial, wearer } of fixedDevices) {
    if (!wearer?.startsWith("clinic")) continue;
    const who = await partner.register(wearer);
    const window = async (from: number, to: number) =>
      partner.userRecords(who, someDayMs - from * dayMs, someDayMs - to * dayMs);
    const all = [...(await window(60, 30)), ...(await window(30, 0))];
    const own = await partner.call({
      path: "/partner/v1/device/glucose",
      query: { device_sn: serial },
      token: who.token,
    });
    expect(own.data.records, serial).toEqual(all.filter(({ device_sn }) => device_sn === serial));
    if (serial !== "P225043051") expect(own.data.records.length, serial).toBeGreaterThan(5);
  }
});

test("a sensor warms up for its first hour and counts its packets from 1", async () => {
  const partner = createPartner();
  const records = tidy(await partner.deviceRecords("P225043042"));
  expect(records[0]).toMatchObject({ type: 1, package_num: 1 });
  for (const { type, package_num } of records) expect(type).toBe(package_num <= 20 ? 1 : 2);
  const last = records.at(-1);
  expect(last?.package_num).toBe(6720);
  // Two weeks of drift move the last packet by minutes, and only in whole seconds.
  const drifts = records.map(
    (r) => r.measured_at - (records[0]?.measured_at ?? 0) - (r.package_num - 1) * 180_000,
  );
  expect(drifts.every((drift) => drift % 1000 === 0)).toBe(true);
  expect(new Set(drifts).size).toBeGreaterThan(20);
  expect(Math.max(...drifts.map(Math.abs))).toBeLessThan(10 * minuteMs);
  expect(new Set(records.map(({ trend }) => trend))).toEqual(new Set([0, 1, 5, 10, 15, 20, 99]));
});

test("somebody is warming up just after the start", async () => {
  const partner = createPartner();
  const records = await partner.deviceRecords("P225043057");
  expect(records.length).toBeGreaterThan(3);
  expect(records.every(({ type }) => type === 1)).toBe(true);
});

test("refusals: to everybody, or to the service user alone", async () => {
  const partner = createPartner();
  expect((await partner.device("P225043060")).code).toBe(1002);
  expect((await partner.device("P225043061")).code).toBe(1002);
  const { token } = await partner.register("clinic-0004");
  for (const [serial, code] of [
    ["P225043061", 0],
    ["P225043060", 1002],
  ] as const) {
    for (const path of ["/partner/v1/device/info", "/partner/v1/device/glucose"]) {
      expect((await partner.call({ path, query: { device_sn: serial }, token })).code).toBe(code);
    }
  }
});

test("another partner's device can be read, and says whose it is", async () => {
  const partner = createPartner();
  const ours = (await partner.device("P225043056")).data;
  const theirs = (await partner.device("P225043062")).data;
  expect(theirs.status).toBe(2);
  expect(theirs.partner_id).not.toBe(ours.partner_id);
  expect(theirs.app_id).not.toBe(ours.app_id);
  expect((await partner.deviceRecords("P225043062")).length).toBeGreaterThan(1000);
});

test("contradictory devices contradict themselves", async () => {
  const partner = createPartner();
  const undated = (await partner.device("P225043070")).data;
  expect([undated.status, Boolean(undated.activated_at)]).toEqual([2, false]);
  const reversed = (await partner.device("P225043071")).data;
  expect(reversed.ended_at).toBeLessThan(Number(reversed.activated_at));
  const outlived = (await partner.device("P225043072")).data;
  const last = tidy(await partner.deviceRecords("P225043072")).at(-1);
  expect(last?.measured_at).toBeGreaterThan(Number(outlived.ended_at) + dayMs);
});

test("the lossy device loses packets, uploads late and repeats itself", async () => {
  const partner = createPartner();
  const records = await partner.deviceRecords("P225043073");
  const once = tidy(records);
  expect(records.length - once.length).toBeGreaterThan(500);
  const jumps = once.slice(1).filter((r, i) => r.package_num - (once[i]?.package_num ?? 0) > 1);
  expect(jumps.length).toBeGreaterThan(10);
  expect(once.filter((r) => r.app_received_at - r.measured_at > 30 * minuteMs).length).toBeGreaterThan(50);
  const times = records.map(({ measured_at }) => measured_at);
  expect(times).not.toEqual([...times].sort((a, b) => a - b));
});

test("an unknown serial is not found", async () => {
  const partner = createPartner();
  expect(await partner.device("P000000000")).toMatchObject({ code: 3001, msg: "device not found" });
});

test("no two sensors share a serial, in many years of the whole cohort", () => {
  const plans = fixedPlans(1, someDayMs);
  const serials = createCohort(1).flatMap(({ person, subject }) =>
    createWearList(
      subject,
      plans[person.partnerUid] ?? {},
    )(someDayMs + 730 * dayMs).map(({ serial }) => serial),
  );
  expect(serials.length).toBeGreaterThan(5000);
  expect(new Set(serials).size).toBe(serials.length);
});

test("asked about an earlier moment again, somebody has had no sensor that came after it", () => {
  for (const { subject } of createCohort(1).slice(0, 5)) {
    const wearsAt = createWearList(subject, {});
    const before = [...wearsAt(someDayMs - 60 * dayMs)];
    expect(wearsAt(someDayMs).length).toBeGreaterThan(before.length);
    expect(wearsAt(someDayMs - 60 * dayMs)).toEqual(before);
    expect(wearsAt(0)).toEqual([]);
  }
});
