import { expect, test } from "vitest";
import { fleetAnswer, fleetSensors } from "#contract/fleet.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

/** The sandbox's boxes, made known as `server.ts` does. */
async function openWorld(): Promise<{ world: World; cookie: string }> {
  const world = await createWorld();
  await world.proxy.noteSensors(
    world.sandbox.boxes().map((box) => ({
      ...box,
      state: box.endedAtMs === null ? ("activated" as const) : ("ended" as const),
      askedAtMs: world.now(),
    })),
  );
  return { world, cookie: await world.signIn("support") };
}

test("the groups and the sensors behind them are told to support, and a look at the fleet is nobody's in the trail", async () => {
  const { world, cookie } = await openWorld();
  const answer = await world.request("/api/fleet?by=lot", { cookie });
  const { groups } = fleetAnswer.parse(await answer.json());
  const [largest] = groups;
  const ended = largest?.tally.reduce((sum, [, count]) => sum + count, 0);
  expect(ended).toBe(largest?.ended);
  expect(ended).toBeGreaterThan(0);
  const query = { by: "lot", key: largest?.key, ends: "any", choice: "ended" };
  const listed = await world.request("/api/fleet/sensors", { ...json(query), cookie });
  const { total, rows } = fleetSensors.parse(await listed.json());
  expect(total).toBe(ended);
  expect(new Set(rows.map(({ lot }) => lot))).toEqual(new Set([largest?.key]));
  const trail = await world.database.db
    .selectFrom("audit")
    .select(["action", "subject"])
    .where("action", "like", "fleet%")
    .execute();
  expect(trail.map(({ action, subject }) => [action, subject])).toEqual([
    ["fleet.view", null],
    ["fleet-sensors.view", null],
  ]);
  await world.close();
});

test("all who ask at once wait for one reckoning, and the answer is kept for a while", async () => {
  const { world, cookie } = await openWorld();
  const ask = async () => fleetAnswer.parse(await (await world.request("/api/fleet", { cookie })).json());
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(other).toEqual(one);
  world.advance(60_000);
  expect((await ask()).asOfMs).toBe(one.asOfMs);
  await world.close();
});

test("what is no grouping, and a key that is longer than any lot, are refused in words", async () => {
  const { world, cookie } = await openWorld();
  expect((await world.request("/api/fleet?by=name", { cookie })).status).toBe(400);
  const query = { by: "lot", key: "x".repeat(121), ends: "any", choice: "ended" };
  expect((await world.request("/api/fleet/sensors", { ...json(query), cookie })).status).toBe(400);
  const nobody = { by: "week", key: "no date", ends: "any", choice: "ended" };
  const answer = await world.request("/api/fleet/sensors", { ...json(nobody), cookie });
  expect(await answer.json()).toEqual({ total: 0, rows: [] });
  await world.close();
});
