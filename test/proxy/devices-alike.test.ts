import { expect, test } from "vitest";
import { devicesAlike } from "#contract/device.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { likelySerials } from "#sensor/likely-serials.ts";
import { createWorld, json } from "#test/support/world.ts";

const facts = {
  state: "ended" as const,
  boundAtMs: null,
  activatedAtMs: null,
  estimatedEndAtMs: null,
  endedAtMs: null,
  partnerId: null,
  openId: null,
};

/** Sensors that are known here, and what is answered of a number that nobody knows. */
async function desk(serials: readonly string[]) {
  const world = await createWorld();
  const asked: string[] = [];
  const platform = world.sandbox.fetch.bind(world.sandbox);
  world.sandbox.fetch = async (request, bindings) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith("/device/info")) asked.push(searchParams.get("device_sn") ?? "");
    return platform(request, bindings);
  };
  const sensors = createSensorStore(world.database.db, world.now);
  await sensors.note(serials.map((serial) => ({ ...facts, serial, askedAtMs: world.now() })));
  const cookie = await world.signIn("support");
  const ask = async (serial: string, likely: string[] = []) => {
    const answer = await world.request("/api/devices/alike", { ...json({ serial, likely }), cookie });
    return devicesAlike.parse(await answer.json());
  };
  return { world, sensors, asked, ask };
}

const ten = Array.from({ length: 10 }, (_, i) => `P2250999${i}0`);

test("a letter left out is put in front for the platform, and what is known here is offered", async () => {
  const { world, asked, ask } = await desk(ten);
  const { rows, length } = await ask("225043056");
  expect(rows.filter(({ ok }) => ok).map(({ serial }) => serial)).toEqual(["P225043056"]);
  expect(length).toBe(10);
  expect(asked).toEqual(["P225043056"]);
  expect((await ask("225099900")).known).toEqual([{ serial: "P225099900", state: "ended" }]);
  await world.close();
});

test("a digit left out is tried at the end, twelve calls at most, and only of the usual length", async () => {
  const { world, asked, ask } = await desk(ten);
  const { rows } = await ask("P22504305", likelySerials("P22504305", 12));
  expect(rows.some(({ ok, serial }) => ok && serial === "P225043056")).toBe(true);
  expect(asked.length).toBeLessThanOrEqual(12);
  expect(asked.filter((serial) => serial.length !== 10)).toEqual([]);
  await world.close();
});

test("of many that are near the first are named and all counted", async () => {
  const { world, ask } = await desk([...ten, ...Array.from({ length: 10 }, (_, i) => `P22509999${i}`)]);
  const { known, knownTotal } = await ask("P22509999");
  expect(known).toHaveLength(6);
  expect(knownTotal).toBeGreaterThanOrEqual(10);
  await world.close();
});

test("where serial numbers here are of several lengths, or few, no length is the usual one", async () => {
  const { world, sensors, ask } = await desk(ten.slice(0, 9));
  expect((await ask("P22504305")).length).toBeNull();
  await sensors.note([...ten, "LT1"].map((serial) => ({ ...facts, serial, askedAtMs: world.now() + 1 })));
  expect((await ask("P22504305")).length).toBeNull();
  await world.close();
});

test("the number of a lot here is told to be one, another is not", async () => {
  const { world, sensors, ask } = await desk(ten);
  await sensors.noteBox("P225099900", { lot: "TL2608A" });
  expect((await ask("TL2608A")).isLot).toBe(true);
  expect((await ask("TL2608B")).isLot).toBe(false);
  await world.close();
});
