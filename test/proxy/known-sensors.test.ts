import { expect, test } from "vitest";
import { device } from "#contract/device.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const openIdOf = async (world: World, partnerUid: string) => {
  const { patient } = await world.proxy.registerPatient(
    world.sandbox.cohort.find((one) => one.partnerUid === partnerUid) as Parameters<
      typeof world.proxy.registerPatient
    >[0],
  );
  return patient;
};

const known = (world: World) => createSensorStore(world.database.db, world.now);

test("a sensor that was looked up is known with its dates and whose it is, its data once that was read too", async () => {
  const world = await createWorld();
  const { openId } = await openIdOf(world, "clinic-0001");
  const cookie = await world.signIn("support");
  await world.request("/api/devices/P225043056", { cookie });
  expect(await known(world).bySerial("P225043056")).toMatchObject({
    state: "activated",
    openId,
    region: "CN",
    askedAtMs: world.now(),
    received: null,
  });
  await world.request("/api/devices/P225043056/journey", { cookie });
  const found = await known(world).bySerial("P225043056");
  expect(found?.received).toBeGreaterThan(3000);
  expect(found?.received).toBeLessThanOrEqual(found?.expected ?? 0);
  expect(found?.uploadDelayMs).toBeGreaterThan(0);
  expect(found?.headline).toBe("working");
  await world.close();
});

test("the sensors of a list that was looked up are known; one that the platform does not tell of is not", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("support");
  const serials = ["P225043050", "P225043060", "P225043062", "P225043087"];
  await world.request("/api/devices/states", { ...json({ serials }), cookie });
  const states = await Promise.all(serials.map((serial) => known(world).bySerial(serial)));
  expect(states.map((one) => one?.state)).toEqual(["unbound", undefined, "activated", "unknown"]);
  expect(states[2]).toMatchObject({ openId: null });
  await world.close();
});

test("a look at a patient's days tells of all the sensors in them, as the look-up of each does", async () => {
  const world = await createWorld();
  const patient = await openIdOf(world, "clinic-0001");
  const cookie = await world.signIn("clinician");
  expect((await world.request(`/api/patients/${patient.id}/ranges`, { cookie })).status).toBe(200);
  const worn = await known(world).wornBy([patient.openId]);
  expect(worn.map(({ serial }) => serial).slice(0, 2)).toEqual(["P225043056", "P225043042"]);
  const [now, before] = worn;
  expect(before).toMatchObject({ state: "ended", partnerId: now?.partnerId });
  await world.request("/api/devices/P225043042/journey", { cookie });
  const journey = await (await world.request("/api/devices/P225043042/journey", { cookie })).json();
  const share = (of: { received: number | null; expected: number | null } | undefined) =>
    (of?.received ?? 0) / (of?.expected ?? 1);
  expect(Math.abs(share(before) - share(journey as { received: number; expected: number }))).toBeLessThan(
    0.01,
  );
  expect(before?.lastDataAtMs).toBe((journey as { lastReadingMs: number }).lastReadingMs);
  await world.close();
});

test("what somebody scans from a box everybody is told, field by field; what contradicts it replaces it on purpose only, and no unsound number; of a device that nobody has seen nothing is kept", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("support");
  const box = { gtin: "06971234560018", lot: "LOT123", expiry: "2027-08-01", producedOn: null };
  const keep = (serial: string, body: object) =>
    world.request(`/api/devices/${serial}/box`, { ...json(body), method: "PUT", cookie });
  expect((await keep("P225043056", box)).status).toBe(404);
  const read = async () =>
    device.parse(await (await world.request("/api/devices/P225043056", { cookie })).json()).box;
  expect(await read()).toEqual({ gtin: null, lot: null, expiry: null, producedOn: null });
  expect((await keep("P225043056", box)).status).toBe(200);
  expect((await keep("P225043056", { ...box, lot: null, producedOn: "2026-08-01" })).status).toBe(200);
  expect(await read()).toEqual({ ...box, producedOn: "2026-08-01" });
  const other = { gtin: "06971234560025", lot: "LOT7A", expiry: null, producedOn: null };
  const contradicting = await keep("P225043056", { ...other, gtin: null });
  expect([contradicting.status, await contradicting.json()]).toEqual([
    200,
    { ...box, producedOn: "2026-08-01" },
  ]);
  expect((await keep("P225043056", { ...other, replaces: true })).status).toBe(200);
  expect(await read()).toEqual(other);
  expect((await keep("P225043056", { ...other, gtin: "06971234567890", replaces: true })).status).toBe(200);
  expect(await read()).toEqual({ ...other, gtin: null });
  const seen = await world.request("/api/devices/P225043056", { cookie });
  expect(device.parse(await seen.json()).boxReplaced).toEqual({
    byName: "Demo support",
    atMs: world.now(),
  });
  const replaced = await world.database.db
    .selectFrom("audit")
    .select(["details", "actor_role"])
    .where("action", "=", "device.box-replace")
    .orderBy("seq", "desc")
    .executeTakeFirstOrThrow();
  expect(JSON.parse(replaced.details ?? "")).toEqual({ "gtin.before": other.gtin, "gtin.after": "null" });
  for (const wrong of [
    { gtin: "1" },
    { lot: "" },
    { lot: "L".repeat(41) },
    { expiry: "1.8.2027" },
    { value: 5 },
  ])
    expect((await keep("P225043056", { ...box, ...wrong })).status).toBe(400);
  const trail = await world.database.db.selectFrom("audit").select(["action", "outcome"]).execute();
  const kept = trail.filter(({ action }) => action.startsWith("device.box"));
  expect(kept.map(({ action, outcome }) => [action, outcome])).toEqual([
    ["device.box", "failed"],
    ["device.box", "ok"],
    ["device.box", "ok"],
    ["device.box", "ok"],
    ["device.box-replace", "ok"],
    ["device.box-replace", "ok"],
  ]);
  await world.close();
});
