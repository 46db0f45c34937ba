import { expect, test } from "vitest";
import { createWorld, json } from "#test/support/world.ts";

const dayMs = 86_400_000;

const addresses: [method: string, path: string, body?: unknown][] = [
  ["GET", "/api/stage/clock"],
  ["POST", "/api/stage/clock", { forwardMs: dayMs }],
  ["POST", "/api/stage/scene", {}],
  ["GET", "/api/stage/faults"],
  ["POST", "/api/stage/faults", { kind: "outage" }],
  ["DELETE", "/api/stage/faults"],
];

test.each(addresses)("with a real platform there is no %s %s, for nobody", async (method, path, body) => {
  const world = await createWorld({ sandboxMode: false });
  const before = world.sandbox.requests.length;
  const answer = await world.request(path, body ? json(body) : { method });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: "not-found" });
  expect(world.sandbox.requests).toHaveLength(before);
  expect(world.sandbox.kept().faults.active).toEqual([]);
  await world.close();
});

test("on the sandbox its faults are set and taken away from the page's own address, also by who is not signed in", async () => {
  const world = await createWorld();
  const set = await world.request("/api/stage/faults", json({ kind: "outage", path: "/user/glucose" }));
  expect(set.status).toBe(201);
  expect(world.sandbox.kept().faults.active).toHaveLength(1);
  const nonsense = await world.request("/api/stage/faults", json({ kind: "fire" }));
  expect(nonsense.status).toBe(400);
  expect(await nonsense.json()).toMatchObject({
    code: "invalid-request",
    detail: expect.stringContaining("kind must be one of"),
  });
  expect((await world.request("/api/stage/faults", { method: "DELETE" })).status).toBe(200);
  expect(world.sandbox.kept().faults.active).toEqual([]);
  await world.close();
});

test.each(addresses.slice(1, 3))(
  "another site cannot have %s %s asked in a visitor's name",
  async (_m, path, body) => {
    const world = await createWorld();
    const headers = { "content-type": "application/json", origin: "https://elsewhere.example" };
    const answer = await world.request(path, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(403);
    await world.close();
  },
);

test("only the clock, the faults and scenes of the sandbox are reached, nothing else of it", async () => {
  const world = await createWorld();
  for (const path of ["requests", "devices", "clock/..%2frequests", "../partner/v1/user/register"])
    expect((await world.request(`/api/stage/${path}`)).status).toBe(404);
  await world.close();
});
