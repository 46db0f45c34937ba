import { expect, test } from "vitest";
import { device, deviceJourney } from "#contract/device.ts";
import { lookupList, lookupRows } from "#contract/lookups.ts";
import { fixedDevices } from "#sandbox/fixed-devices.ts";
import { adviceOf } from "#sensor/advice.ts";
import { verdictOf } from "#sensor/verdict.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

/** The sensors that the wearers of the three that have ended wear now. */
const worn = { P225043042: "P225043056", P225043043: "P225240118", P225043044: "P225240205" };

/** Each rule of the verdict on a sandbox device that provokes it, over the real proxy, and what the caller is told. */
const expected: [serial: string, headline: string, claims: string[], saying: string, step: string][] = [
  ["P225043050", "unbound", [], "unbound", "bind"],
  ["P225043051", "bound", [], "bound", "start"],
  ["P225043056", "working", ["share"], "working", "nothing"],
  ["P225043057", "warming-up", [], "warming-up", "wait"],
  ["P225043042", "ended-on-time", ["late-uploads"], "ended-on-time", "nothing"],
  ["P225043043", "ended-early", [], "ended-early", "report"],
  ["P225043044", "ended-late", [], "ended-late", "nothing"],
  ["P225043088", "silent", [], "silent", "phone"],
  ["P225043073", "patchy", ["late-uploads", "packets-lost", "new-phone"], "patchy", "phone-stays-near"],
  ["P225043070", "irregular", ["contradiction"], "contradiction-in-use", "report"],
  ["P225043071", "ended-doubtful", ["contradiction", "after-end"], "contradiction-ended", "report"],
  ["P225043072", "ended-doubtful", ["after-end"], "data-after-end-over", "report"],
  ["P225043080", "never-sent", [], "never-sent", "phone"],
  ["P225043081", "poor", ["packets-lost"], "poor-for-long", "refer"],
  ["P225043082", "patchy", ["packets-lost"], "patchy", "phone-stays-near"],
  ["P225043083", "irregular", ["sensor-silent"], "sensor-faulty", "refer"],
  ["P225043084", "irregular", ["restarts"], "clock-off", "refer"],
  ["P225043085", "irregular", ["time-jumps", "drift"], "clock-off", "refer"],
  ["P225043086", "overdue", [], "overdue", "refer"],
  ["P225043087", "unknown", [], "unknown", "refer"],
  ["P225043062", "working", [], "upload-late", "phone"],
];

async function toldOf(world: World, cookie: string, serial: string) {
  const read = async (path: string): Promise<unknown> => (await world.request(path, { cookie })).json();
  const found = device.parse(await read(`/api/devices/${serial}`));
  const journey = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
  const { headline, claims } = verdictOf(found, journey, world.now());
  const { saying, step } = adviceOf(found, journey, world.now());
  return [serial, headline, claims.map(({ code }) => code), saying, step] as const;
}

test("every verdict, every claim and every piece of advice has a sandbox device that provokes it", async () => {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("support");
  const serials = Object.values(worn);
  await world.request("/api/devices/states", { ...json({ serials }), cookie });
  const told = await Promise.all(expected.map(([serial]) => toldOf(world, cookie, serial)));
  expect(told).toEqual(
    expected.map(([serial, headline, codes, ...advice]) => [
      serial,
      headline,
      expect.arrayContaining(codes),
      ...advice,
    ]),
  );
});

test("who is told until when to wait for a first value has one by then", async () => {
  const world = await createWorld();
  const registered: Awaited<ReturnType<typeof world.proxy.registerPatient>>["patient"][] = [];
  for (const person of world.sandbox.cohort)
    registered.push((await world.proxy.registerPatient(person)).patient);
  const cookie = await world.signIn("support");
  const serial = "P225043057";
  const read = async (path: string): Promise<unknown> => (await world.request(path, { cookie })).json();
  const found = device.parse(await read(`/api/devices/${serial}`));
  const journey = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
  const { saying, atMs } = adviceOf(found, journey, world.now());
  expect([saying, atMs]).toEqual(["warming-up", (found.activatedAtMs ?? 0) + 2 * 3_600_000]);
  // Of the wearer's sensor before it nothing is known here until it was looked up.
  expect(journey.usualWarmUpMs).toBeNull();
  const wearer = registered.find(({ partnerUid }) => partnerUid === "clinic-0028");
  const clinician = await world.signIn("clinician");
  await world.request(`/api/patients/${wearer?.id}/ranges`, { cookie: clinician });
  const again = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
  expect(again.usualWarmUpMs).toBeGreaterThan(60 * 60_000);
  expect(again.usualWarmUpMs).toBeLessThan(70 * 60_000);
  expect(adviceOf(found, again, world.now())).toMatchObject({ atMs, durationMs: again.usualWarmUpMs });
  world.advance((atMs ?? 0) - world.now());
  expect(await toldOf(world, cookie, serial)).toEqual([
    serial,
    "working",
    expect.anything(),
    "working",
    "nothing",
  ]);
  await world.close();
});

test("of a sensor that has ended its wearer's other one is named, once that is known here", async () => {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("support");
  const otherOf = async (serial: string) =>
    device.parse(await (await world.request(`/api/devices/${serial}`, { cookie })).json()).other;
  const [bound, before, nobodys] = ["P225043051", "P225043042", "P225043062"];
  expect(await otherOf(before)).toBeNull();
  const serials = Object.values(worn);
  await world.request("/api/devices/states", { ...json({ serials }), cookie });
  for (const [serial, other] of Object.entries(worn))
    expect(await otherOf(serial)).toEqual({ serial: other, state: "activated", isRecalled: false });
  expect(await otherOf("P225043056")).toBeNull();
  expect(await otherOf(bound)).toBeNull();
  expect(await otherOf(nobodys)).toBeNull();
  world.advance(8 * 86_400_000);
  expect(await otherOf(before)).toBeNull();
  await world.close();
});

test("all of a sensor that ended years ago is read", async () => {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("support");
  const serial = "P224061417";
  const read = async (path: string): Promise<unknown> => (await world.request(path, { cookie })).json();
  const { endedAtMs } = device.parse(await read(`/api/devices/${serial}`));
  expect(endedAtMs).toBeLessThan(world.now() - 600 * 86_400_000);
  const { received, expected, leftOut } = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
  expect(received / expected).toBeGreaterThan(0.95);
  expect(leftOut.malformed).toBe(0);
  await world.close();
});

test("a quirk shows at whatever hour the sandbox starts", async () => {
  const quirks = expected.filter(([serial]) => /^P22504308[1-5]$/.test(serial));
  for (let hour = 0; hour < 24; hour += 3) {
    const world = await createWorld({ startMs: Date.UTC(2026, 10, 21, hour, 17) });
    const cookie = await world.signIn("support");
    for (const [serial, headline, codes, ...advice] of quirks) {
      const told = await toldOf(world, cookie, serial);
      expect([hour, ...told]).toEqual([hour, serial, headline, expect.arrayContaining(codes), ...advice]);
    }
    await world.close();
  }
});

test("a list tells of every sandbox sensor the verdict that its own page tells", async () => {
  const world = await createWorld({ importWait: async () => {} });
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  const cookie = await world.signIn("support");
  const read = async (path: string): Promise<unknown> => (await world.request(path, { cookie })).json();
  const sent = await world.request("/api/look-ups", {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "x-file-name": "all" },
    body: [...fixedDevices.map(({ serial }) => serial), "P224061417"].join("\n"),
    cookie,
  });
  const { id } = lookupList.parse(await sent.json());
  const isDone = async () => lookupList.parse(await read(`/api/look-ups/${id}`)).state;
  await expect.poll(isDone, { timeout: 20_000 }).toBe("done");
  const { rows } = lookupRows.parse(await read(`/api/look-ups/${id}/rows`));
  const told = rows.filter(({ outcome }) => outcome === "told");
  expect(told).toHaveLength(fixedDevices.length - 1);
  for (const { serial, headline, headlineMs, isInDoubt } of told) {
    const found = device.parse(await read(`/api/devices/${serial}`));
    const journey = deviceJourney.parse(await read(`/api/devices/${serial}/journey`));
    const verdict = verdictOf(found, journey, world.now());
    expect([serial, headline, headlineMs, isInDoubt]).toEqual([
      serial,
      verdict.headline,
      verdict.durationMs,
      verdict.isInDoubt,
    ]);
  }
  expect(told.filter((row) => row.isInDoubt).map(({ serial }) => serial)).toEqual([
    "P225043070",
    "P225043071",
    "P225043072",
  ]);
  await world.close();
});
