import { expect, onTestFinished, test, vi } from "vitest";
import { device, deviceJourney } from "#contract/device.ts";
import { readingsResponse } from "#contract/readings.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

/** A world with everybody registered. */
async function clinic(): Promise<World> {
  const world = await createWorld();
  for (const person of world.sandbox.cohort) await world.proxy.registerPatient(person);
  return world;
}

test("each role learns as much of a device as it may", async () => {
  const world = await clinic();
  const look = async (role: "clinician" | "support") => {
    const answer = await world.request("/api/devices/P225043056", { cookie: await world.signIn(role) });
    return device.parse(await answer.json());
  };
  const asClinician = await look("clinician");
  const asSupport = await look("support");
  expect(asClinician).toMatchObject({
    state: "activated",
    owner: { kind: "patient", patientId: expect.any(String) },
  });
  expect(asClinician.targets).toBe("most-adults");
  expect(asSupport).toEqual({
    ...asClinician,
    owner: { ...asClinician.owner, patientId: null },
    targets: null,
  });
});

test("support gets the share of data by day and no glucose value from anywhere", async () => {
  const world = await clinic();
  const cookie = await world.signIn("support");
  const answer = await world.request("/api/devices/P225043056/journey", { cookie });
  const text = await answer.text();
  const completeness = deviceJourney.parse(JSON.parse(text));
  expect(completeness.received).toBeGreaterThan(0);
  expect(completeness.received).toBeLessThanOrEqual(completeness.expected);
  expect(completeness.days.reduce((sum, day) => sum + day.received, 0)).toBe(completeness.received);
  expect(text).not.toMatch(/value|mmol/i);
  const refused = await world.request("/api/devices/P225043056/readings", { cookie });
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toMatch(/valueMmolL|timeMs/);
});

test("a device's readings are those of its wearer", async () => {
  const world = await clinic();
  const cookie = await world.signIn("clinician");
  const found = device.parse(await (await world.request("/api/devices/P225043056", { cookie })).json());
  const patientId = found.owner.kind === "patient" ? found.owner.patientId : null;
  const range = `start=${found.activatedAtMs}&end=${world.now()}`;
  const read = async (path: string) =>
    readingsResponse.parse(await (await world.request(`${path}/readings?${range}`, { cookie })).json())
      .readings;
  expect(await read("/api/devices/P225043056")).toEqual(await read(`/api/patients/${patientId}`));
});

test.each([
  ["P225043050", "unbound"],
  ["P225043051", "bound"],
  ["P225043056", "activated"],
  ["P225043042", "ended"],
])("%s is %s", async (serial, state) => {
  const world = await clinic();
  const answer = await world.request(`/api/devices/${serial}`, { cookie: await world.signIn("support") });
  expect(await answer.json()).toMatchObject({ serial, state });
});

test("a serial as people type it is understood, one that cannot be a serial is refused", async () => {
  const world = await clinic();
  const cookie = await world.signIn("support");
  const typed = await world.request(`/api/devices/${encodeURIComponent(" p2250 43050\n")}`, { cookie });
  expect(await typed.json()).toMatchObject({ serial: "P225043050" });
  const odd = await world.request(`/api/devices/${encodeURIComponent("P99;DROP")}`, { cookie });
  expect(odd.status).toBe(400);
  expect(await odd.json()).toMatchObject({ code: "invalid-request", fields: [{ field: "serial" }] });
});

test("an unknown serial, a refusal and an outage each say what they are", async () => {
  const world = await clinic();
  const cookie = await world.signIn("support");
  const code = async (serial: string) =>
    ((await (await world.request(`/api/devices/${serial}`, { cookie })).json()) as { code: string }).code;
  expect(await code("P123456789")).toBe("device-unknown");
  world.sandbox.inject({ kind: "refused" });
  expect(await code("P225043050")).toBe("platform-refused");
});

test("every look at a device is in the audit trail, one row however often the page asks", async () => {
  const world = await clinic();
  const cookie = await world.signIn("support");
  const look = () => world.request("/api/devices/P225043056", { cookie });
  await look();
  world.advance(60_000);
  await look();
  await world.request("/api/patients", { cookie });
  const rows = () =>
    world.database.db.selectFrom("audit").select(["action", "subject", "outcome", "actor_role"]).execute();
  const support = { actor_role: "support" };
  expect(await rows()).toEqual([
    { ...support, action: "sign-in", subject: null, outcome: "ok" },
    { ...support, action: "device.view", subject: "P225043056", outcome: "ok" },
    { ...support, action: "GET /api/patients/*", subject: null, outcome: "forbidden" },
  ]);
  world.advance(11 * 60_000);
  await look();
  expect(await rows()).toHaveLength(4);
});

test("a list of devices is answered row by row, each a state or a reason, for support too and without a name", async () => {
  const world = await createWorld();
  const serials = ["P225043050", "p2250 43056", "P225043060", "P999", "???"];
  const cookie = await world.signIn("support");
  const response = await world.request("/api/devices/states", { ...json({ serials }), cookie });
  const { rows } = (await response.json()) as { rows: Record<string, unknown>[] };
  expect(rows[2]).toMatchObject({ platformCode: 1002, platformMessage: expect.stringMatching(/./) });
  expect(rows.map(({ serial, ok, state, code }) => [serial, ok, state ?? code])).toEqual([
    ["P225043050", true, "unbound"],
    ["P225043056", true, "activated"],
    ["P225043060", false, "platform-refused"],
    ["P999", false, "device-unknown"],
    ["???", false, "invalid-request"],
  ]);
  expect(Object.keys(rows[1] ?? {}).sort()).toEqual(
    ["activatedAtMs", "endedAtMs", "estimatedEndAtMs", "ok", "owner", "serial", "state"].sort(),
  );
  const trail = await world.database.db.selectFrom("audit").selectAll().execute();
  expect(trail.filter(({ action }) => action === "device.view").map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(["P225043050", "P225043056", "P225043060", "P999"]),
  );
});

test("at a slow pace a part of a list is answered with what it has come to, and the rest is asked for again", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("support");
  const serials = Array.from({ length: 20 }, (_, i) => `P9000000${10 + i}`);
  const ask = async (asked: string[]) => {
    const answer = await world.request("/api/devices/states", { ...json({ serials: asked }), cookie });
    return ((await answer.json()) as { rows: { serial: string }[] }).rows.map(({ serial }) => serial);
  };
  let nowMs = performance.now();
  const clock = vi.spyOn(performance, "now").mockImplementation(() => {
    nowMs += 700;
    return nowMs;
  });
  onTestFinished(() => clock.mockRestore());
  const parts: string[][] = [];
  while (parts.flat().length < serials.length) {
    parts.push(await ask(serials.filter((serial) => !parts.flat().includes(serial))));
    expect(parts.at(-1)).not.toEqual([]);
  }
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.flat()).toEqual(serials);
});

test("more than twenty serials in one request are refused", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("support");
  const serials = Array.from({ length: 21 }, (_, i) => `P${i}`);
  expect((await world.request("/api/devices/states", { ...json({ serials }), cookie })).status).toBe(400);
});

test.each([
  ["an end in the year 9999", { status: 3, activated_at: 1_760_000_000_000, ended_at: Date.UTC(9999, 0) }],
  ["a start in 1970", { status: 2, activated_at: 5, ended_at: null }],
  ["a start and an end that are no dates", { status: 3, activated_at: 1e300, ended_at: -1e300 }],
  ["an expected end in the year 9999", { status: 2, estimated_end_at: Date.UTC(9999, 0) }],
])("nothing is reckoned for the days of %s", async (_, dates) => {
  const world = await clinic();
  const platform = world.sandbox.fetch.bind(world.sandbox);
  world.sandbox.fetch = async (request, bindings) => {
    const answer = await platform(request, bindings);
    if (!request.url.includes("/device/info")) return answer;
    const body = (await answer.json()) as { data: object };
    return Response.json({ ...body, data: { ...body.data, ...dates } });
  };
  for (const role of ["clinician", "support"] as const) {
    const cookie = await world.signIn(role);
    const shown = await world.request("/api/devices/P225043056", { cookie });
    expect(device.safeParse(await shown.json()).success).toBe(true);
    const answer = await world.request("/api/devices/P225043056/journey", { cookie });
    const journey = deviceJourney.parse(await answer.json());
    expect(journey.days.length).toBeLessThanOrEqual(402);
    expect(journey.days.at(-1)?.endMs).toBeLessThanOrEqual(world.now() + 1);
    expect(journey.received).toBeGreaterThan(0);
  }
  await world.close();
});

test.each([
  ["some", [100, 100, 5, 4, 3, 2], 4, 2],
  ["most", [100, 100, 100, 5, 4], 5, 0],
])(
  "where %s records are from before the sensor began, what the journey is made of is those of its life",
  async (_, daysAgo, received, before) => {
    const world = await clinic();
    const dayMs = 86_400_000;
    const platform = world.sandbox.fetch.bind(world.sandbox);
    const changed = (data: object, path: string) => {
      if (path.endsWith("/device/info"))
        return { ...data, activated_at: world.now() - 10 * dayMs, ended_at: null, status: 2 };
      const record = (days: number, i: number) => ({
        device_sn: "P225043056",
        type: 2,
        value: 6,
        trend: 1,
        package_num: i,
        measured_at: world.now() - days * dayMs + i * 180_000,
      });
      return { ...data, records: daysAgo.map(record) };
    };
    world.sandbox.fetch = async (request, bindings) => {
      const answer = await platform(request, bindings);
      const { pathname } = new URL(request.url);
      if (!/\/device\/(info|glucose)$/.test(pathname)) return answer;
      const body = (await answer.json()) as { data: object };
      return Response.json({ ...body, data: changed(body.data, pathname) });
    };
    const cookie = await world.signIn("support");
    const answer = await world.request("/api/devices/P225043056/journey", { cookie });
    const journey = deviceJourney.parse(await answer.json());
    expect([journey.received, journey.leftOut.malformed]).toEqual([received, before]);
    expect(journey.days.length).toBe(before > 0 ? 11 : 101);
    await world.close();
  },
);
