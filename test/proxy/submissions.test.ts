import type { Bundle, Observation } from "@medplum/fhirtypes";
import { expect, test, vi } from "vitest";
import { receiverList } from "#contract/receivers.ts";
import { patientSubmissions } from "#contract/submissions.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { createStandingOrderStore } from "#proxy/store/standing-orders.ts";
import { placeDueOrders } from "#proxy/submissions/standing.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { fhirFaults } from "#test/support/fhir.ts";
import { json } from "#test/support/world.ts";
import { asked, openClinic, typesIn } from "./submissions-clinic.ts";

const elsewhere = "https://elsewhere.example/receives";

onBothDatabases((open) => {
  test("a patient's whole days get into the record once, however often they are sent, and the trail has it before they leave", async () => {
    const clinic = await openClinic({ database: await open() });
    const { record, send, ended, trail, patient, read } = clinic;
    expect((await send()).status).toBe(201);
    const first = await ended();
    expect(first).toMatchObject({ state: "done", trouble: null, attempts: 1, byName: "Demo clinician" });
    // The 18th ended a day and some hours ago by the patient's clock.
    expect([first.firstDate, first.lastDate]).toEqual(["2026-11-05", "2026-11-18"]);
    expect(first.entries.every(({ status }) => status === 201)).toBe(true);
    const types = typesIn(record);
    expect(types).toMatchObject({ Patient: 1, Observation: 8, DiagnosticReport: 1 });

    const [bundle] = record.bundles as [Bundle];
    expect(fhirFaults(bundle)).toEqual([]);
    for (const { resource, request, fullUrl } of bundle.entry ?? []) {
      if (!resource) throw new Error("an entry without a resource");
      expect([resource.resourceType, fhirFaults(resource)]).toEqual([resource.resourceType, []]);
      expect(fullUrl).toMatch(/^urn:uuid:[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
      expect(request?.ifNoneExist).toMatch(/^identifier=(urn:ietf:rfc:3986|urn:uuid:[\da-f-]+)\|\S+$/);
    }
    // There the parts of the summary are found by it, and all are of the one patient.
    const [[whereIs] = []] = [...record.kept].filter(([, one]) => one.resourceType === "Patient");
    const observations = [...record.kept.values()].filter(
      (one): one is Observation & { resourceType: "Observation" } => one.resourceType === "Observation",
    );
    for (const { subject } of observations) expect(subject?.reference).toBe(whereIs);
    const whole = observations.find(({ hasMember }) => hasMember);
    expect(whole?.status).toBe("final");
    for (const { reference } of whole?.hasMember ?? []) expect(record.kept.has(reference ?? "")).toBe(true);

    clinic.world.advance(minuteMs);
    await send();
    await clinic.until(({ state, id }) => state !== "waiting" && id !== first.id);
    expect(typesIn(record)).toEqual(types);
    const [again] = (await read()).submissions;
    expect(again).toMatchObject({ state: "done" });
    expect(again?.entries.every(({ status }) => status === 200)).toBe(true);

    const holds = Object.entries(types)
      .map(([type, count]) => `${type} ${count}`)
      .toSorted();
    const rows = await trail();
    expect(rows.map(([action, outcome]) => [action, outcome])).toEqual(
      [1, 2].flatMap(() => [
        ["start", "ok"],
        ["send", "ok"],
        ["answer", "ok"],
      ]),
    );
    const sent = JSON.parse(rows[1]?.[2] ?? "") as Record<string, string>;
    expect(sent).toMatchObject({ receiver: "Hospital record", first: "2026-11-05", last: "2026-11-18" });
    expect(sent.holds?.split(", ").toSorted()).toEqual(holds);
    expect(JSON.stringify(rows)).not.toContain(patient.name);
    await clinic.close();
  });

  test("of what was refused each entry says so, no value of it is at rest, and a press sends only that", async () => {
    const clinic = await openClinic({ database: await open() });
    const { world, record, send, ended, call, until } = clinic;
    record.moods.push({ kind: "half" });
    await send();
    const { id, entries, state } = await ended();
    const refused = entries.filter(({ status }) => status === 422);
    expect(state).toBe("partly");
    expect(refused.length).toBeGreaterThan(3);
    // Those that lead to a refused one were not refused for that.
    expect(refused.every(({ said }) => said === "A value of 8.3 mmol/L is out of bounds")).toBe(true);
    const tables = ["submission", "submission_entry", "audit"] as const;
    for (const table of tables)
      expect(JSON.stringify(await world.database.db.selectFrom(table).selectAll().execute())).not.toContain(
        "8.3",
      );

    expect((await call(`/submissions/${id}/again`, { method: "POST" })).status).toBe(200);
    const done = await until((one) => one.state === "done");
    expect(done.id).toBe(id);
    expect(record.bundles[1]?.entry).toHaveLength(refused.length);
    expect(done.entries).toHaveLength(entries.length);
    expect(done.entries.every(({ status }) => status === 201)).toBe(true);
    expect((await call(`/submissions/${id}/again`, { method: "POST" })).status).toBe(404);
    await clinic.close();
  });

  test("a receiver that is busy is left alone for as long as it says, and one that is broken is tried again with growing pauses and then no more", async () => {
    const clinic = await openClinic({ database: await open() });
    const { world, record, send, call, tried, ended, read } = clinic;
    record.moods.push({ kind: "busy", retryAfter: "9999999" }, { kind: "html" }, { kind: "broken" });
    await send();
    const busy = await tried(1);
    expect(busy).toMatchObject({ state: "waiting", trouble: { problem: "throttled", status: 429 } });
    expect(busy.nextAtMs).toBe(world.now() + hourMs);
    // Another press is no reason to ask sooner, nor are other days.
    world.advance(hourMs - 1);
    await send();
    await send({ days: "30" });
    const [other] = (await read()).submissions;
    expect(other).toMatchObject({ attempts: 0, nextAtMs: world.now() + 1 });
    expect((await call(`/submissions/${other?.id}/cancel`, { method: "POST" })).status).toBe(200);
    expect(record.bundles).toHaveLength(1);
    world.advance(1);
    await send();
    expect(await tried(2)).toMatchObject({ trouble: { problem: "not-fhir", status: 200 } });
    world.advance(minuteMs);
    await send();
    const broken = await tried(3);
    expect(broken).toMatchObject({ trouble: { problem: "server-error", status: 503 } });
    const pauses = [(broken.nextAtMs ?? 0) - world.now()];
    for (let attempts = 4; attempts < 10; attempts += 1) {
      record.moods.push({ kind: "broken" });
      world.advance(pauses.at(-1) ?? 0);
      await send();
      pauses.push(((await tried(attempts)).nextAtMs ?? 0) - world.now());
    }
    expect(pauses.map((ms) => ms / minuteMs)).toEqual([2, 4, 8, 16, 32, 60, 60]);
    record.moods.push({ kind: "broken" });
    world.advance(hourMs);
    await send();
    expect(await ended()).toMatchObject({ state: "failed", attempts: 10, trouble: { status: 503 } });
    expect((await read()).submissions.map(({ state }) => state)).toEqual(["cancelled", "failed"]);
    expect(record.kept.size).toBe(0);
    await clinic.close();
  }, 60_000);

  test("while exchange is off nothing leaves, and what was begun goes on once it is on", async () => {
    const clinic = await openClinic({ database: await open() });
    const { record, send, call, turn, read, tried, ended, world, receivers, receiver } = clinic;
    record.moods.push({ kind: "broken" });
    await send();
    await tried(1);
    await turn(false);
    world.advance(hourMs);
    const before = record.heard.length;
    expect((await send()).status).toBe(403);
    expect((await receivers(`/${receiver.id}/test`, { method: "POST" })).status).toBe(403);
    const order = { ...asked, receiverId: receiver.id, every: "week" };
    expect((await call("/standing-orders", json(order))).status).toBe(403);
    expect((await read()).isOn).toBe(false);
    expect(record.heard).toHaveLength(before);
    await turn(true);
    expect(await ended()).toMatchObject({ state: "done" });
    await clinic.close();
  });

  test("a standing order sends at once and then each week, once on however many servers, until it is stopped or the patient is archived", async () => {
    const database = await open();
    const clinic = await openClinic({ database });
    const { world, call, receiver, read, ended, receivers } = clinic;
    const order = { ...asked, receiverId: receiver.id, every: "week" };
    expect((await call("/standing-orders", json(order))).status).toBe(201);
    expect((await call("/standing-orders", json(order))).status).toBe(400);
    expect(await ended()).toMatchObject({ state: "done", isStanding: true, lastDate: "2026-11-18" });
    const orders = createStandingOrderStore(database, world.now);
    const patients = { byId: async () => clinic.patient };
    const exchange = { read: async () => ({ isOn: true, set: null }) };
    const place = () =>
      placeDueOrders({ orders, patients, exchange, runner: { wake: () => {} }, now: world.now });
    await place();
    expect((await read()).submissions).toHaveLength(1);
    // Three weeks in which no server ran are one time.
    world.advance(22 * dayMs);
    await Promise.all([place(), place(), place()]);
    expect((await read()).submissions.map(({ lastDate }) => lastDate)).toEqual(["2026-12-10", "2026-11-18"]);
    const [standing] = (await read()).orders;
    expect(standing).toMatchObject({ every: "week", nextAtMs: world.now() - dayMs + 7 * dayMs });

    const listed = async () => receiverList.parse(await (await receivers()).json()).receivers[0];
    expect(await listed()).toMatchObject({ standingOrders: 1 });
    await receivers(`/${receiver.id}/standing-orders`, { method: "DELETE" });
    expect(await listed()).toMatchObject({ standingOrders: 0 });
    expect((await call(`/standing-orders/${standing?.id}`, { method: "DELETE" })).status).toBe(404);

    await call("/standing-orders", json(order));
    await call("", { ...json({ archived: true, from: { merged: [] } }), method: "PATCH" });
    const { orders: left, submissions } = await read();
    expect(left).toEqual([]);
    expect(submissions.every(({ state }) => state !== "waiting")).toBe(true);
    await clinic.close();
  });
});

test("what a receiver refuses is not sent again by itself; it is not followed elsewhere, and its forgotten token is asked for anew", async () => {
  const clinic = await openClinic();
  const { record, send, ended, call, until } = clinic;
  record.moods.push({ kind: "refuses" }, { kind: "moved", to: elsewhere });
  await send();
  const refused = await ended();
  expect(refused).toMatchObject({
    state: "failed",
    attempts: 1,
    trouble: { problem: "refused", status: 422, said: "This patient is closed" },
  });
  const again = () => call(`/submissions/${refused.id}/again`, { method: "POST" });
  await again();
  await until(({ trouble }) => trouble?.problem === "redirect");
  record.forgetTokens();
  await again();
  expect(await until(({ state }) => state === "done")).toMatchObject({ entries: expect.any(Array) });
  expect(record.heard.filter((one) => one === "POST /token")).toHaveLength(2);
  await clinic.close();
});

test.each([
  ["plain text over the net", "http://record.example/fhir"],
  ["a password in it", "https://user:secret@record.example/fhir"],
  ["a question in it", "https://record.example/fhir?x=1"],
  ["no address", "record.example"],
  ["another kind", "file:///etc/passwd"],
])("an address with %s is refused", async (_, baseUrl) => {
  const { receivers, fields, close } = await openClinic();
  expect((await receivers("", json({ ...fields, baseUrl }))).status).toBe(400);
  expect((await receivers("", json({ ...fields, tokenUrl: baseUrl }))).status).toBe(400);
  await close();
});

test("our private keys are nowhere but sealed, and the public ones of a receiver that was removed are told no more", async () => {
  const clinic = await openClinic();
  const { world, receivers, receiver, send, ended, call, administrator } = clinic;
  const keySet = async () =>
    (await (await world.request("/.well-known/jwks.json")).json()) as { keys: Record<string, string>[] };
  const [key] = (await keySet()).keys;
  expect(key).toMatchObject({ kty: "EC", crv: "P-384", alg: "ES384", use: "sig", kid: receiver.keyId });
  expect(key).not.toHaveProperty("d");
  expect(JSON.parse(receiver.publicKey)).toEqual(key);
  const rows = await world.database.db.selectFrom("receiver").selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain('\\"d\\"');
  expect(rows[0]?.sealed_private_key).toMatch(/^1\./);

  await send();
  await ended();
  expect((await receivers(`/${receiver.id}`, { method: "DELETE" })).status).toBe(200);
  expect((await keySet()).keys).toEqual([]);
  const kept = patientSubmissions.parse(await (await call("/submissions")).json());
  expect(kept.receivers).toEqual([]);
  expect(kept.submissions[0]?.receiver.name).toBe("Hospital record");
  expect((await send()).status).toBe(400);
  const trail = await world.request("/api/audit?limit=50", { cookie: administrator });
  expect(await trail.text()).toContain('"receiver.remove"');
  await clinic.close();
});

test("of whom there are no readings nothing is sent, and while the platform is out it is waited for", async () => {
  const clinic = await openClinic();
  const { world, record, receiver, send, tried, ended, trail } = clinic;
  const { patient } = await world.proxy.registerPatient({
    partnerUid: "no-sensor-yet",
    name: `${"Maximiliane-".repeat(9)} فاطمة 🌊`,
    region: "DE",
    timeZone: "Europe/Berlin",
  });
  const path = `/api/patients/${patient.id}/submissions`;
  const cookie = await world.signIn("clinician");
  await world.request(path, { ...json({ ...asked, receiverId: receiver.id }), cookie });
  await vi.waitFor(async () => {
    const { submissions } = patientSubmissions.parse(await (await world.request(path, { cookie })).json());
    expect(submissions[0]).toMatchObject({ state: "failed", trouble: { problem: "no-readings" } });
  });
  expect(record.heard).toEqual([]);
  expect((await trail()).map(([action, outcome]) => [action, outcome])).toEqual([
    ["start", "ok"],
    ["answer", "failed"],
  ]);

  const platform = world.sandbox.fetch;
  world.sandbox.fetch = async () => new Response(null, { status: 503 });
  await send();
  expect(await tried(1)).toMatchObject({ trouble: { problem: "platform", status: null } });
  expect(record.heard).toEqual([]);
  world.sandbox.fetch = platform;
  world.advance(minuteMs);
  await send();
  expect(await ended()).toMatchObject({ state: "done" });
  await clinic.close();
});

test("a receiver that is silent for a minute is tried again; Retry-After may be a date", async () => {
  const clinic = await openClinic();
  const { world, record, send, tried, ended } = clinic;
  const { timeout } = AbortSignal;
  vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) =>
    timeout.call(AbortSignal, ms === minuteMs ? 300 : ms),
  );
  record.moods.push({ kind: "silent" });
  await send();
  const late = await tried(1);
  expect(late).toMatchObject({ trouble: { problem: "timeout", status: null } });
  vi.restoreAllMocks();
  record.moods.push({ kind: "busy", retryAfter: new Date(Date.now() + hourMs).toUTCString() });
  world.advance(minuteMs);
  await send();
  const pauseMs = ((await tried(2)).nextAtMs ?? 0) - world.now();
  expect(pauseMs).toBeGreaterThan(59 * minuteMs);
  expect(pauseMs).toBeLessThanOrEqual(hourMs);
  world.advance(hourMs);
  await send();
  expect(await ended()).toMatchObject({ state: "done", attempts: 3 });
  await clinic.close();
});

test("a server that stops does not wait for a receiver that is silent, and what it had under way stays due", async () => {
  const clinic = await openClinic();
  const { world, record, send } = clinic;
  record.moods.push({ kind: "silent" });
  await send();
  await record.isHeld.promise;
  await world.proxy.stop();
  const row = await world.database.db.selectFrom("submission").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: "waiting", attempts: 1, next_at_ms: world.now(), problem: null });
  await record.stop();
});

test("a press tries now what waits, also at a receiver that wants to be left alone, and nothing that is under way", async () => {
  const clinic = await openClinic();
  const { record, send, tried, call, until, read } = clinic;
  record.moods.push({ kind: "busy", retryAfter: "9999999" });
  await send();
  const { id } = await tried(1);
  const quietUntilMs = clinic.world.now() + hourMs;
  // The newest comes first.
  clinic.world.advance(1000);
  await send({ days: "30" });
  const other = (await read()).submissions.find((one) => one.id !== id);
  expect(other?.nextAtMs).toBe(quietUntilMs);
  expect((await call(`/submissions/${other?.id}/again`, { method: "POST" })).status).toBe(200);
  await until((one) => one.id === other?.id && one.state === "done");
  expect((await call(`/submissions/${id}/again`, { method: "POST" })).status).toBe(200);
  await vi.waitFor(async () =>
    expect((await read()).submissions.map(({ state }) => state)).toEqual(["done", "done"]),
  );
  record.moods.push({ kind: "silent" });
  clinic.world.advance(1000);
  await send({ days: "90" });
  await record.isHeld.promise;
  const [held] = (await read()).submissions;
  expect((await call(`/submissions/${held?.id}/again`, { method: "POST" })).status).toBe(404);
  await clinic.world.proxy.stop();
  await record.stop();
});

test("entries that a receiver could not take just now are sent again by themselves; unchanged ones are there", async () => {
  const clinic = await openClinic();
  const { world, record, send, tried, ended, trail } = clinic;
  record.moods.push({ kind: "all", status: "503 Service Unavailable" }, { kind: "all", status: "304" });
  await send();
  expect(await tried(1)).toMatchObject({
    state: "waiting",
    trouble: { problem: "server-error", status: 503 },
  });
  world.advance(minuteMs);
  await send();
  const done = await ended();
  expect(done).toMatchObject({ state: "done", attempts: 2, trouble: null });
  expect(record.bundles[1]?.entry).toHaveLength(done.entries.length);
  expect((await trail()).filter(([action]) => action === "answer").map(([, outcome]) => outcome)).toEqual([
    "failed",
    "ok",
  ]);
  await clinic.close();
});

test("where every entry is refused nothing was sent, and the entries say why", async () => {
  const clinic = await openClinic();
  clinic.record.moods.push({ kind: "all", status: "422 Unprocessable Entity" });
  await clinic.send();
  const failed = await clinic.ended();
  expect(failed).toMatchObject({
    state: "failed",
    attempts: 1,
    trouble: { problem: "refused", status: 422 },
  });
  expect(failed.entries.every(({ status }) => status === 422)).toBe(true);
  await clinic.close();
});

test("of a worn sensor nothing is said of its status, which a receiver would keep for good", async () => {
  const clinic = await openClinic();
  await clinic.send();
  await clinic.ended();
  const devices = (clinic.record.bundles[0]?.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === "Device" ? [resource as { status?: string }] : [],
  );
  expect(devices.length).toBeGreaterThan(0);
  expect(devices.map(({ status }) => status)).not.toContain("active");
  await clinic.close();
});
