import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createPartner, dayMs, minuteMs, someDayMs, tidy } from "./partner.ts";

test("a token is valid for two hours, several at a time", async () => {
  const partner = createPartner();
  const first = await partner.register("clinic-0001");
  const second = await partner.call({ path: "/partner/v1/user/token", query: { open_id: first.openId } });
  expect(second.data).toMatchObject({ open_id: first.openId, expire_in: 7200 });
  expect(second.data.access_token).not.toBe(first.token);
  const read = (token: string) =>
    partner.call({ path: "/partner/v1/device/info", query: { device_sn: "P225043056" }, token });
  partner.setNow(someDayMs + 7_199_000);
  expect((await read(first.token)).code).toBe(0);
  expect((await read(second.data.access_token)).code).toBe(0);
  partner.setNow(someDayMs + 7_200_000);
  expect(await read(first.token)).toMatchObject({ code: 1001, msg: "token invalid" });
});

test("business endpoints want a token, and a user's token opens that user's data only", async () => {
  const partner = createPartner();
  const [mine, other] = [await partner.register("clinic-0001"), await partner.register("clinic-0002")];
  const query = { open_id: mine.openId, start_time: someDayMs - dayMs, end_time: someDayMs };
  const path = "/partner/v1/user/glucose";
  expect((await partner.call({ path, query })).code).toBe(1001);
  expect((await partner.call({ path, query, token: "made-up" })).code).toBe(1001);
  expect((await partner.call({ path, query, token: other.token })).code).toBe(1002);
  expect((await partner.call({ path, query, token: mine.token })).code).toBe(0);
  const device = { path: "/partner/v1/device/glucose", query: { device_sn: "P225043056" } };
  expect((await partner.call({ ...device, token: other.token })).code).toBe(1002);
  expect((await partner.call({ ...device, token: mine.token })).code).toBe(0);
});

test("bad parameters get codes of their own, never 0, 1001 or 1002", async () => {
  const partner = createPartner();
  const { openId, token } = await partner.register("clinic-0001");
  const glucose = (query: Record<string, string | number>) =>
    partner.call({ path: "/partner/v1/user/glucose", query, token });
  const start = someDayMs - 30 * dayMs;
  expect((await glucose({ open_id: openId, start_time: start, end_time: someDayMs })).code).toBe(0);
  const answers = [
    await glucose({ open_id: openId, start_time: start - 1, end_time: someDayMs }),
    await glucose({ open_id: openId, start_time: someDayMs, end_time: start }),
    await glucose({ open_id: openId, start_time: someDayMs, end_time: someDayMs }),
    await glucose({ open_id: openId, start_time: "yesterday", end_time: someDayMs }),
    await glucose({ open_id: openId }),
    await glucose({ start_time: start, end_time: someDayMs }),
    await glucose({ open_id: "user_nobody", start_time: start, end_time: someDayMs }),
    await partner.call({ path: "/partner/v1/user/token", query: { open_id: "user_nobody" } }),
    await partner.call({ path: "/partner/v1/device/info", token }),
    await partner.call({ method: "POST", path: "/partner/v1/user/register", body: "{}" }),
    await partner.call({ method: "POST", path: "/partner/v1/user/register", body: "not JSON" }),
    await partner.call({ method: "POST", path: "/partner/v1/user/token", body: "{}" }),
  ];
  expect(answers.map(({ code }) => code)).toEqual([
    2002, 2001, 2001, 2001, 2001, 2001, 3002, 3002, 2001, 2001, 2001, 4004,
  ]);
});

test("registering again gives the same user", async () => {
  const partner = createPartner();
  expect((await partner.register("clinic-0001")).openId).toBe((await partner.register("clinic-0001")).openId);
  expect((await partner.register("new-1")).openId).toBe((await partner.register("new-1")).openId);
  expect((await partner.register("new-2")).openId).not.toBe((await partner.register("new-1")).openId);
});

test("a user registered later is bound within a minute, active within two, and then warms up", async () => {
  const partner = createPartner();
  const who = await partner.register("new-1", "DE");
  const readings = async () => tidy(await partner.userRecords(who, someDayMs - dayMs, someDayMs + dayMs));
  const renew = async () => Object.assign(who, await partner.register("new-1"));
  expect(await readings()).toEqual([]);

  partner.setNow(someDayMs + 6 * minuteMs);
  const first = (await readings())[0];
  expect(first).toMatchObject({ type: 1, package_num: 1 });
  const serial = first?.device_sn ?? "";

  partner.setNow(someDayMs + 3 * 60 * minuteMs);
  await renew();
  const { data } = await partner.device(serial);
  expect(data).toMatchObject({ status: 2, open_id: who.openId });
  expect(Number(data.bound_at) - someDayMs).toBeLessThanOrEqual(minuteMs);
  expect(Number(data.activated_at) - someDayMs).toBeLessThanOrEqual(2 * minuteMs);
  expect(data.bound_at).toBeLessThan(Number(data.activated_at));
  const types = (await readings()).map(({ type }) => type);
  expect(types.indexOf(2)).toBeGreaterThanOrEqual(19);
  expect(types.slice(types.indexOf(2))).not.toContain(1);

  partner.setNow(someDayMs + minuteMs);
  expect((await partner.device(serial)).data).toMatchObject({ status: 1 });
  partner.setNow(someDayMs);
  expect(await partner.device(serial)).toMatchObject({ code: 3001, msg: "device not found" });
});

test("users registered later survive a restart, tokens and glucose are not written down", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const usersFile = join(folder, "users.json");
  const before = createPartner({ usersFile });
  const who = await before.register("new-1", "SG");
  await before.register("clinic-0001");
  before.setNow(someDayMs + dayMs);
  Object.assign(who, await before.register("new-1"));
  const readings = await before.userRecords(who, someDayMs, someDayMs + dayMs);
  expect(readings.length).toBeGreaterThan(400);

  const after = createPartner({ usersFile, nowMs: someDayMs + dayMs });
  const again = { openId: who.openId, token: who.token };
  const query = { open_id: who.openId, start_time: someDayMs, end_time: someDayMs + dayMs };
  expect(await after.call({ path: "/partner/v1/user/glucose", query, token: who.token })).toMatchObject({
    code: 1001,
  });
  const renewed = await after.call({ path: "/partner/v1/user/token", query: { open_id: who.openId } });
  again.token = renewed.data.access_token;
  expect(await after.userRecords(again, someDayMs, someDayMs + dayMs)).toEqual(readings);
  expect(JSON.parse(readFileSync(usersFile, "utf8"))).toEqual({
    partnerUid: "new-1",
    region: "SG",
    openId: who.openId,
    registeredAtMs: someDayMs,
  });
});

test("a user registered while the clock ran ahead gets a sensor after a restart at the real time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const usersFile = join(folder, "users.json");
  await createPartner({ usersFile, nowMs: someDayMs + 5 * dayMs }).register("new-1");
  const after = createPartner({ usersFile });
  after.setNow(someDayMs + 10 * minuteMs);
  const who = await after.register("new-1");
  expect((await after.userRecords(who, someDayMs, someDayMs + dayMs)).length).toBeGreaterThan(1);
});

test("a line that was cut off when the disk was full or the machine stopped spoils neither itself nor the next", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-sandbox-"));
  const usersFile = join(folder, "users.json");
  await createPartner({ usersFile }).register("whole");
  appendFileSync(usersFile, '{"partnerUid":"cut');
  await createPartner({ usersFile }).register("next");
  const lines = readFileSync(usersFile, "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).partnerUid)).toEqual(["whole", "next"]);
  rmSync(folder, { recursive: true });
});
