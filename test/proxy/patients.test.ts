import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { patient, type RecordFields, recordFieldNames } from "#contract/patient.ts";
import { toReadings } from "#contract/reading-columns.ts";
import { readingsResponse } from "#contract/readings.ts";
import { patientSummary, rosterPage } from "#contract/roster.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const dayMs = 24 * 3_600_000;
const li = { partnerUid: "clinic-9001", name: "Li Na", region: "CN", timeZone: "Asia/Shanghai" };

/** A world whose first cohort person is registered, and a clinician's cookie. */
async function clinic(): Promise<World & { cookie: string; id: string }> {
  const world = await createWorld();
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { patient: registered } = await world.proxy.registerPatient(person);
  return { ...world, cookie: await world.signIn("clinician"), id: registered.id };
}

const body = async (response: Promise<Response> | Response): Promise<unknown> => (await response).json();

test("a new patient is registered with the platform and stored once, however often it is sent", async () => {
  const world = await clinic();
  const send = (name: string) =>
    world.request("/api/patients", { ...json({ ...li, name }), cookie: world.cookie });
  const first = await send("Li Na");
  const again = await send("Somebody Else");
  expect([first.status, again.status]).toEqual([201, 200]);
  const created = patient.parse(await first.json());
  expect(created).toMatchObject({ ...li, createdAtMs: world.now() });
  expect(await again.json()).toEqual(created);
  expect(world.sandbox.requests.filter(({ path }) => path.endsWith("/register"))).toHaveLength(2);
  const { total } = rosterPage.parse(
    await body(world.request("/api/patients/search", { ...json({ q: "9001" }), cookie: world.cookie })),
  );
  expect(total).toBe(1);
});

test("a care team is made of people who are here", async () => {
  const world = await clinic();
  const change = async (careTeam: string[]) =>
    (
      await world.request(`/api/patients/${world.id}`, { ...json({ careTeam }), method: "PATCH", ...world })
    ).json();
  const { user } = (await body(world.request("/api/auth/get-session", world))) as { user: { id: string } };
  expect(await change([user.id])).toMatchObject({ careTeam: [user.id] });
  expect(await change([user.id, "nobody"])).toMatchObject({
    fields: [{ field: "careTeam", reason: "unknown" }],
  });
  await world.close();
});

test("sent twice at the same moment, a patient is still stored once", async () => {
  const world = await clinic();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => world.request("/api/patients", { ...json(li), cookie: world.cookie })),
  );
  const ids = await Promise.all(answers.map(async (answer) => patient.parse(await answer.json()).id));
  expect(new Set(ids).size).toBe(1);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

test("what cannot be used is named by field and never echoed", async () => {
  const world = await clinic();
  const answer = await world.request("/api/patients", {
    ...json({ ...li, partnerUid: "", name: "n".repeat(200), timeZone: "Mars/<b>" }),
    cookie: world.cookie,
  });
  expect(answer.status).toBe(400);
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    code: "invalid-request",
    fields: [
      { field: "partnerUid", reason: "required" },
      { field: "name", reason: "too-long" },
      { field: "timeZone", reason: "time-zone" },
    ],
  });
  expect(text).not.toContain("Mars");
});

test("a body that is not JSON is a bad request, not a fault of ours", async () => {
  const world = await clinic();
  const answer = await world.request("/api/patients", {
    ...json({}),
    body: "{not json",
    cookie: world.cookie,
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "invalid-request" });
});

test("ninety days of readings are read in three platform requests and come in order, without duplicates", async () => {
  const world = await clinic();
  const endMs = world.now();
  const answer = await world.request(
    `/api/patients/${world.id}/readings?start=${endMs - 90 * dayMs}&end=${endMs}`,
    {
      cookie: world.cookie,
    },
  );
  const { readings: columns, asOfMs } = readingsResponse.parse(await answer.json());
  const readings = toReadings(columns);
  expect(world.sandbox.requests.filter(({ path }) => path.endsWith("/user/glucose"))).toHaveLength(3);
  expect(asOfMs).toBe(endMs);
  expect(readings.length).toBeGreaterThan(90 * 480 * 0.5);
  const keys = readings.map(({ sensor, timeMs }) => `${timeMs} ${sensor}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(readings.every(({ timeMs }, i) => i === 0 || timeMs >= (readings[i - 1]?.timeMs ?? 0))).toBe(true);
});

test.each([
  ["the wrong way round", "start=2000&end=1000", "start-before-end"],
  ["not numbers", "start=yesterday&end=1000", "number"],
  ["longer than 400 days", `start=0&end=${401 * dayMs}`, "too-long"],
])("a range that is %s is refused in a word", async (_, query, reason) => {
  const world = await clinic();
  const answer = await world.request(`/api/patients/${world.id}/readings?${query}`, { cookie: world.cookie });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: "range-invalid",
    fields: expect.arrayContaining([expect.objectContaining({ reason })]),
  });
});

test("the summary names the latest reading and its sensor's dates", async () => {
  const world = await clinic();
  const summary = patientSummary.parse(
    await body(world.request(`/api/patients/${world.id}/summary`, { cookie: world.cookie })),
  );
  expect(summary.stage).toBe("reading");
  expect(summary.latest?.timeMs).toBeLessThanOrEqual(world.now());
  expect(summary.sensor?.activatedAtMs).toBeLessThan(summary.latest?.timeMs ?? 0);
});

test("a new patient waits, warms up and reads, by the clock", async () => {
  const world = await clinic();
  const created = patient.parse(
    await body(
      world.request("/api/patients", { ...json({ ...li, partnerUid: "newcomer" }), cookie: world.cookie }),
    ),
  );
  const stage = async () =>
    patientSummary.parse(
      await body(world.request(`/api/patients/${created.id}/summary`, { cookie: world.cookie })),
    ).stage;
  expect(await stage()).toBe("waiting");
  world.advance(20 * 60_000);
  expect(await stage()).toBe("warming-up");
  world.advance(2 * 3_600_000);
  expect(await stage()).toBe("reading");
});

test("a patient nobody has is said to be unknown", async () => {
  const world = await clinic();
  const answer = await world.request("/api/patients/none", { cookie: world.cookie });
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    code: "patient-unknown",
    requestId: answer.headers.get("x-request-id"),
  });
});

test("readings travel compressed, well under two and a half bytes each", async () => {
  const world = await clinic();
  const endMs = world.now();
  const answer = await world.request(
    `/api/patients/${world.id}/readings?start=${endMs - 14 * dayMs}&end=${endMs}`,
    {
      cookie: world.cookie,
      headers: { "accept-encoding": "gzip, br" },
    },
  );
  expect(answer.headers.get("content-encoding")).toBe("br");
  const bytes = Buffer.from(await answer.arrayBuffer());
  const { readings } = readingsResponse.parse(JSON.parse(brotliDecompressSync(bytes).toString()));
  expect(readings.timeMs.length).toBeGreaterThan(5000);
  expect(bytes.length / readings.timeMs.length).toBeLessThan(2.5);
});

test("a change of what somebody else has changed meanwhile is refused whole, and goes through once it is known", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const created = patient.parse(await body(world.request("/api/patients", { ...json(li), cookie })));
  const path = `/api/patients/${created.id}`;
  const change = (body: object) => world.request(path, { ...json(body), method: "PATCH", cookie });
  const { name, tags } = created;
  expect((await change({ name: "Li N.", from: { name } })).status).toBe(200);
  // Another part does not clash.
  expect((await change({ tags: ["a"], from: { tags } })).status).toBe(200);

  const refused = await change({ name: "Li Na-Na", tags: ["a", "b"], from: { name, tags: ["a"] } });
  expect(refused.status).toBe(409);
  expect(await refused.json()).toMatchObject({
    code: "changed-meanwhile",
    fields: [{ field: "name", reason: "changed" }],
  });
  const kept = patient.parse(await body(world.request(path, { cookie })));
  expect(kept).toMatchObject({ name: "Li N.", tags: ["a"] });
  const known = await change({ name: "Li Na-Na", from: { name: kept.name } });
  expect(await known.json()).toMatchObject({ name: "Li Na-Na" });
});

test.each(recordFieldNames)(
  "a change of %s is kept, refused to whoever began from what was there before, and in the trail",
  async (field) => {
    const world = await clinic();
    const { user } = (await body(world.request("/api/auth/get-session", world))) as { user: { id: string } };
    const path = `/api/patients/${world.id}`;
    const before = patient.parse(await body(world.request(path, world)));
    const other: RecordFields = {
      name: "Somebody Else",
      dateOfBirth: "1980-04-03",
      hospitalNumber: "A 17",
      diabetesType: "other",
      therapy: "pump",
      phone: "+49 30 1234567",
      timeZone: "Pacific/Auckland",
      targets: "pregnancy",
      tags: ["ward 3"],
      careTeam: [user.id],
    };
    const change = () =>
      world.request(path, {
        ...json({ [field]: other[field], from: { [field]: before[field] } }),
        method: "PATCH",
        cookie: world.cookie,
      });
    expect((await change()).status).toBe(200);
    expect(await body(world.request(path, world))).toMatchObject({ [field]: other[field] });
    const again = await change();
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ fields: [{ field, reason: "changed" }] });
    const rows = await world.database.db
      .selectFrom("audit")
      .select("details")
      .where("action", "=", "patient.change")
      .where("outcome", "=", "ok")
      .execute();
    expect(rows.map(({ details }) => JSON.parse(details ?? "null"))).toMatchObject([{ changed: field }]);
    await world.close();
  },
);

test("targets are the most adults' until they are changed, stay changed, and the change is in the trail", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const created = patient.parse(await body(world.request("/api/patients", { ...json(li), cookie })));
  expect(created).toMatchObject({ targets: "most-adults", targetsSet: null });
  const session = await body(world.request("/api/auth/get-session", { cookie }));
  const { id: staffId } = (session as { user: { id: string } }).user;
  const path = `/api/patients/${created.id}`;
  const change = (body: object) => world.request(path, { ...json(body), method: "PATCH", cookie });
  expect(await (await change({ targets: "pregnancy" })).json()).toEqual({
    ...created,
    targets: "pregnancy",
    targetsSet: { by: staffId, atMs: world.now(), reason: null, before: "most-adults" },
  });
  expect(await (await world.request(path, { cookie })).json()).toMatchObject({ targets: "pregnancy" });
  expect((await change({ targets: "everybody" })).status).toBe(400);
  expect((await change({ region: "DE" })).status).toBe(400);
  const trail = await world.database.db.selectFrom("audit").selectAll().execute();
  expect(trail.filter(({ action }) => action === "patient.change")).toMatchObject([{ subject: created.id }]);
});

test("a patient's own targets are kept whole with who, when and why; without a reason or out of bounds they are not", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const created = patient.parse(await body(world.request("/api/patients", { ...json(li), cookie })));
  const path = `/api/patients/${created.id}`;
  const change = (given: object) => world.request(path, { ...json(given), method: "PATCH", cookie });
  const targets = { belowRangeMax: 2, high: 9, low: 4.4 };
  expect((await change({ targets })).status).toBe(400);
  expect((await change({ targets: { ...targets, high: 14 }, targetsReason: "frail" })).status).toBe(400);
  expect((await change({ targets, targetsReason: " " })).status).toBe(400);
  expect(await (await change({ targets, targetsReason: "Falls at night" })).json()).toMatchObject({
    targets,
    targetsSet: { atMs: world.now(), reason: "Falls at night", before: "most-adults" },
  });
  // Whoever still has the old ones before them changes nothing; whoever has
  // these does, whatever order they come in.
  expect((await change({ targets: "children", from: { targets: "most-adults" } })).status).toBe(409);
  const undone = await change({
    targets: "most-adults",
    from: { targets: { low: 4.4, high: 9, belowRangeMax: 2 } },
  });
  expect(await undone.json()).toMatchObject({ targets: "most-adults", targetsSet: { before: targets } });
  const trail = await world.database.db
    .selectFrom("audit")
    .select("details")
    .where("action", "=", "patient.change")
    .where("outcome", "=", "ok")
    .execute();
  const own = '{"low":4.4,"high":9,"belowRangeMax":2}';
  expect(trail.map(({ details }) => JSON.parse(details ?? "null"))).toEqual([
    {
      changed: "targets",
      "targets.before": "most-adults",
      "targets.after": own,
      "targets.reason": "Falls at night",
    },
    { changed: "targets", "targets.before": own, "targets.after": "most-adults" },
  ]);
});
