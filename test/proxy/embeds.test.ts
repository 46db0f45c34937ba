import { expect, test } from "vitest";
import { auditPage } from "#contract/audit.ts";
import { deviceJourney } from "#contract/device.ts";
import { embeddedDevice, madeEmbedToken } from "#contract/embed.ts";
import { problem } from "#contract/problem.ts";
import { readingsResponse } from "#contract/readings.ts";
import { patientSummary } from "#contract/roster.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { migrateTables } from "#proxy/store/database.ts";
import { createEmbedOpenings } from "#proxy/store/embed-openings.ts";
import { makeKey } from "#test/support/api-keys.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { askAs, askForToken, openedWith, openToken, portal, tokenFor } from "#test/support/embeds.ts";
import { createWorld, json, type World, type WorldOptions } from "#test/support/world.ts";

const other = "https://intranet.partner.example";
const serial = "P225043056";

async function clinic(options: WorldOptions = {}) {
  const world = await createWorld({ embedOrigins: [portal, other], ...options });
  const [one, another] = world.sandbox.cohort;
  if (!one || !another) throw new Error("the sandbox has nobody");
  const { patient } = await world.proxy.registerPatient(one);
  const { patient: neighbour } = await world.proxy.registerPatient(another);
  const cookie = await world.signIn("administrator");
  const { key, secret } = await makeKey(world, cookie, { name: "Partner portal" });
  return { world, patient, neighbour, cookie, key, secret };
}

const reasonOf = async (answer: Response) => {
  const { fields, code } = problem.parse(await answer.json());
  return [answer.status, code, fields?.[0]?.field, fields?.[0]?.reason];
};
const readingsPath = (world: World, id: string) =>
  `/api/embedded/patients/${id}/readings?start=${world.now() - dayMs}&end=${world.now()}`;
const rowsBy = async (world: World, cookie: string, actor: string) =>
  auditPage.parse(await (await world.request(`/api/audit?actor=${actor}`, { cookie })).json()).rows;

test("a key's token opens one patient, once, and every look stands in the trail under the key's name", async () => {
  const { world, patient, cookie, key, secret } = await clinic();
  const asked = await askForToken(world, secret, { patient: patient.id, language: "zh-CN", unit: "mg/dL" });
  const made = madeEmbedToken.parse(await asked.json());
  expect([asked.status, made.expiresInS, made.frameUrl]).toEqual([201, 600, "http://127.0.0.1:4173/embed"]);
  expect(made.token).toMatch(/^tle_[\w.-]+$/);

  const opened = await openedWith(world, made.token);
  const { id, name, partnerUid, timeZone, targets } = patient;
  expect(opened).toEqual({
    pass: expect.stringMatching(/^tlp_/),
    expiresAtMs: world.now() + 10 * minuteMs,
    shown: { kind: "patient", patient: { id, name, partnerUid, timeZone, targets } },
    language: "zh-CN",
    unit: "mg/dL",
    scheme: "auto",
  });
  expect(await reasonOf(await openToken(world, made.token))).toEqual([401, "not-signed-in", "token", "used"]);

  const summary = await (await askAs(world, opened.pass, `/api/embedded/patients/${id}/summary`)).json();
  expect(patientSummary.parse(summary).latest).not.toBeNull();
  expect(Object.keys(summary)).not.toContain("listed");
  const read = readingsResponse.parse(
    await (await askAs(world, opened.pass, readingsPath(world, id))).json(),
  );
  expect(read.readings.timeMs.length).toBeGreaterThan(100);
  const [worn] = read.readings.sensors;
  const life = await (await askAs(world, opened.pass, `/api/embedded/devices/${worn?.serial}`)).json();
  expect(embeddedDevice.parse(life)).toMatchObject({ serial: worn?.serial, state: "activated" });
  for (const withheld of ["owner", "box", "other", "partnerId", "openId"])
    expect(Object.keys(life)).not.toContain(withheld);

  const rows = await rowsBy(world, cookie, key.id);
  expect(rows.map((row) => [row.action, row.actor?.name, row.subject?.id, row.outcome]).reverse()).toEqual([
    ["patient-embed.token", "Partner portal", id, "ok"],
    ["patient-embed.open", "Partner portal", id, "ok"],
    ["POST /api/embedded", "Partner portal", undefined, "forbidden"],
    ["patient-summary.view", "Partner portal", id, "ok"],
    ["patient-readings.view", "Partner portal", id, "ok"],
    ["device.view", "Partner portal", worn?.serial, "ok"],
  ]);
  expect(rows.filter(({ outcome }) => outcome === "ok").map(({ details }) => details?.framedBy)).toEqual(
    Array(5).fill(portal),
  );
  await world.close();
});

test("a view sees its own patient and that one's sensors, and nobody else's", async () => {
  const { world, patient, neighbour, cookie, secret } = await clinic();
  const { pass } = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  const theirs = await world.request(`/api/patients/${neighbour.id}/summary`, { cookie });
  const { sensor } = patientSummary.parse(await theirs.json());
  expect(sensor).not.toBeNull();
  for (const path of [
    `/api/embedded/patients/${neighbour.id}/summary`,
    readingsPath(world, neighbour.id),
    `/api/embedded/devices/${sensor?.serial}`,
    `/api/embedded/devices/${sensor?.serial}/journey`,
    `/api/embedded/devices/${sensor?.serial}/readings`,
    "/api/embedded/patients/none/summary",
  ])
    expect([path, (await askAs(world, pass, path)).status]).toEqual([path, 403]);
  await world.close();
});

test("a sensor's view tells its life, and its glucose only where the key may see it", async () => {
  const { world, cookie, secret } = await clinic();
  const support = await makeKey(world, cookie, { name: "Support portal", role: "support" });
  for (const [key, seesGlucose] of [
    [secret, true],
    [support.secret, false],
  ] as const) {
    const opened = await openedWith(world, await tokenFor(world, key, { serial }));
    expect(opened.shown).toEqual({ kind: "sensor", serial, seesGlucose });
    const ask = (part: string, of = serial) =>
      askAs(world, opened.pass, `/api/embedded/devices/${of}${part}`);
    const life = embeddedDevice.parse(await (await ask("")).json());
    expect(life).toMatchObject({ serial, state: "activated" });
    expect(deviceJourney.parse(await (await ask("/journey")).json()).received).toBeGreaterThan(100);
    expect(await (await ask("/recalls")).json()).toEqual({ recalls: [] });
    expect((await ask("/readings")).status).toBe(seesGlucose ? 200 : 403);
    expect((await ask("", "P225043073")).status).toBe(403);
  }
  const refused = await askForToken(world, support.secret, { patient: "none" });
  expect(refused.status).toBe(403);
  await world.close();
});

test.each<[string, Record<string, unknown>, number, string?, string?]>([
  ["nobody", {}, 400, "patient", "either-or"],
  ["two at once", { patient: "x", serial }, 400, "patient", "either-or"],
  ["a patient who is not there", { patient: "none" }, 404],
  ["no serial number", { serial: "<b>" }, 400, "serial", "characters"],
  ["another origin", { serial, parentOrigin: "https://evil.example" }, 400, "parentOrigin", "not-allowed"],
  ["a pattern", { serial, parentOrigin: "https://*.partner.example" }, 400, "parentOrigin", "origin"],
  ["an address", { serial, parentOrigin: `${portal}/page` }, 400, "parentOrigin", "origin"],
  ["a usual port", { serial, parentOrigin: `${portal}:443` }, 400, "parentOrigin", "not-allowed"],
  ["null", { serial, parentOrigin: "null" }, 400, "parentOrigin", "origin"],
  ["no language of ours", { serial, language: "fr" }, 400, "language", "choice"],
  ["no unit", { serial, unit: "g" }, 400, "unit", "choice"],
  ["no scheme", { serial, scheme: "<style>" }, 400, "scheme", "choice"],
  ["more than is asked", { serial, days: 14 }, 400],
])("a request for a token is checked: %s", async (_name, body, status, field, reason) => {
  const { world, secret } = await clinic();
  const answer = await askForToken(world, secret, body);
  expect(answer.status).toBe(status);
  if (field) expect((await answer.json()).fields).toContainEqual({ field, reason });
  await world.close();
});

test("nobody gets a token where no page may frame", async () => {
  const { world, secret } = await clinic({ embedOrigins: [] });
  const answer = await askForToken(world, secret, { serial });
  expect(problem.parse(await answer.json()).detail).toContain("EMBED_ORIGINS");
  await world.close();
});

test("a token works neither for another origin nor when it has run out nor when it is none; the failure says which", async () => {
  const { world, patient, secret } = await clinic();
  const token = await tokenFor(world, secret, { patient: patient.id });
  expect(await reasonOf(await openToken(world, token, other))).toEqual([
    403,
    "forbidden",
    "token",
    "other-origin",
  ]);
  const { pass } = await openedWith(world, token);
  const unknown = [401, "not-signed-in", "token", "unknown"];
  for (const none of [`${token.slice(0, -2)}x`, pass, pass.replace("tlp_", "tle_"), "tle_", secret, "💥"])
    expect(await reasonOf(await openToken(world, none))).toEqual(unknown);
  expect((await openToken(world, "tle_".padEnd(2001, "x"))).status).toBe(400);
  // Nor is a token a pass, however it is written.
  for (const none of [token, token.replace("tle_", "tlp_")])
    expect((await askAs(world, none, `/api/embedded/patients/${patient.id}/summary`)).status).toBe(401);

  const late = await tokenFor(world, secret, { patient: patient.id });
  world.advance(10 * minuteMs);
  const expired = [401, "not-signed-in", "token", "expired"];
  expect(await reasonOf(await openToken(world, late))).toEqual(expired);
  const summary = await askAs(world, pass, `/api/embedded/patients/${patient.id}/summary`);
  expect(await reasonOf(summary)).toEqual(expired);
  await world.close();
});

test("the key revoked or the switch turned off ends every view and token of it at once", async () => {
  const { world, patient, cookie, key, secret } = await clinic();
  const { pass } = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  const kept = await tokenFor(world, secret, { patient: patient.id });
  const summary = () => askAs(world, pass, `/api/embedded/patients/${patient.id}/summary`);
  const turn = (isOn: boolean) =>
    world.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie });
  expect((await summary()).status).toBe(200);
  await turn(false);
  const off = [403, "forbidden", "token", "exchange-off"];
  expect(await reasonOf(await summary())).toEqual(off);
  expect(await reasonOf(await openToken(world, kept))).toEqual(off);
  await turn(true);
  expect((await summary()).status).toBe(200);
  await world.request(`/api/keys/${key.id}`, { method: "DELETE", cookie });
  const revoked = [401, "not-signed-in", "token", "key"];
  expect(await reasonOf(await summary())).toEqual(revoked);
  expect(await reasonOf(await openToken(world, kept))).toEqual(revoked);
  await world.close();
});

test("of a patient who was archived or merged meanwhile nothing more is shown; a new token follows the merge", async () => {
  const { world, patient, neighbour, cookie, secret } = await clinic();
  const { pass } = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  const waiting = await tokenFor(world, secret, { patient: patient.id });
  const send = (path: string, method: string, body: object) =>
    world.request(path, { ...json(body), method, cookie });
  const merge = await send(`/api/patients/${patient.id}/merged-into`, "PUT", { into: neighbour.id });
  expect(merge.status).toBe(200);
  const gone = [404, "patient-unknown", "token", "gone"];
  expect(await reasonOf(await askAs(world, pass, readingsPath(world, patient.id)))).toEqual(gone);
  expect(await reasonOf(await openToken(world, waiting))).toEqual(gone);
  const { shown } = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  expect(shown).toMatchObject({ patient: { id: neighbour.id, name: neighbour.name } });

  const third = await openedWith(world, await tokenFor(world, secret, { patient: neighbour.id }));
  const apart = await send(`/api/patients/${patient.id}/merged-into`, "PUT", { into: null });
  expect(apart.status).toBe(200);
  await send(`/api/patients/${neighbour.id}`, "PATCH", { archived: true });
  expect(await reasonOf(await askAs(world, third.pass, readingsPath(world, neighbour.id)))).toEqual(gone);
  expect((await askForToken(world, secret, { patient: neighbour.id })).status).toBe(404);
  await world.close();
});

test("neither the token nor the pass is kept or logged; only that a token was used", async () => {
  const { world, patient, secret } = await clinic();
  const token = await tokenFor(world, secret, { patient: patient.id });
  const { pass } = await openedWith(world, token);
  await askAs(world, pass, `/api/embedded/patients/${patient.id}/summary`);
  await openToken(world, `${token}x`);
  const tables = ["audit", "api_key", "embed_opening"] as const;
  const kept = await Promise.all(
    tables.map((table) => world.database.db.selectFrom(table).selectAll().execute()),
  );
  expect(kept[2]).toHaveLength(1);
  const told = `${JSON.stringify(kept)}${world.logLines.join("")}`;
  for (const secretText of [token, pass]) expect(told).not.toContain(secretText.slice(8, 48));
  await world.close();
});

test("no cookie is wanted or given, and one that comes along opens nothing", async () => {
  const { world, patient, cookie, secret } = await clinic();
  const token = await tokenFor(world, secret, { patient: patient.id });
  const opened = await openToken(world, token);
  expect(opened.headers.getSetCookie()).toEqual([]);
  const summary = `/api/embedded/patients/${patient.id}/summary`;
  expect((await world.request(summary, { cookie })).status).toBe(401);
  const asked = await world.request("/api/embed-tokens", {
    ...json({ serial, parentOrigin: portal }),
    cookie,
  });
  expect(asked.status).toBe(401);
  await world.close();
});

test("ten thousand requests for tokens are let in at the key's pace, leave nothing behind but the trail, and hold up nobody", async () => {
  const { world, cookie, secret } = await clinic();
  const statuses = new Map<number, number>();
  for (let sent = 0; sent < 10_000; sent += 100) {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => askForToken(world, secret, { serial })),
    );
    for (const { status, headers } of answers) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
  }
  expect([...statuses.keys()].sort()).toEqual([201, 429]);
  // Two hundred at once, and ten for each second that it took.
  expect(statuses.get(201)).toBeGreaterThanOrEqual(200);
  expect(await world.database.db.selectFrom("embed_opening").selectAll().execute()).toEqual([]);
  expect((await world.request("/api/patients/facets", { cookie })).status).toBe(200);
  await world.close();
});

test("a view asks at a pace of its own, and who guesses tokens has to wait", async () => {
  const { world, patient, secret } = await clinic();
  const { pass } = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  const summary = () => askAs(world, pass, `/api/embedded/patients/none/summary`);
  const answers = await Promise.all(Array.from({ length: 300 }, summary));
  expect(answers.some(({ status }) => status === 429)).toBe(true);
  const second = await openedWith(world, await tokenFor(world, secret, { patient: patient.id }));
  const own = await askAs(world, second.pass, `/api/embedded/patients/${patient.id}/summary`);
  expect(own.status).toBe(200);

  const guess = () => openToken(world, `tle_1.${"x".repeat(60)}`);
  const guesses = [];
  for (let i = 0; i < 22; i += 1) guesses.push((await guess()).status);
  expect([guesses[0], guesses[21]]).toEqual([401, 429]);
  // What is a token of ours is not kept out with them.
  const right = await tokenFor(world, secret, { patient: patient.id });
  expect((await openToken(world, right)).status).toBe(200);
  await world.close();
});

test("while the platform is out a view is told so, and the failure is in the trail", async () => {
  const { world, cookie, key, secret } = await clinic();
  const opened = await openedWith(world, await tokenFor(world, secret, { serial: "P225043073" }));
  world.sandbox.inject({ kind: "http", count: 50 });
  const answer = await askAs(world, opened.pass, "/api/embedded/devices/P225043073");
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(problem.parse(await answer.json()).code).toMatch(/^platform-/);
  const [row] = await rowsBy(world, cookie, key.id);
  expect(row).toMatchObject({ action: "device.view", outcome: "failed" });
  await world.close();
});

const trail = { chain: createAuditChain(["s".repeat(32)]), nowMs: 0 };
onBothDatabases((open) => {
  test("of twenty who use a token at once, on two servers, one is let in", async () => {
    const databases = [await open(), await open()];
    const [first] = databases;
    if (first) await migrateTables(first, trail);
    const openings = databases.map((database) => createEmbedOpenings(database, () => dayMs * 3));
    const used = (id: string) =>
      Promise.all(Array.from({ length: 20 }, (_, i) => openings[i % 2]?.use(id, dayMs * 3 + minuteMs)));
    expect((await used("one")).filter(Boolean)).toHaveLength(1);
    expect((await used("one")).filter(Boolean)).toHaveLength(0);
    expect((await used("two")).filter(Boolean)).toHaveLength(1);
    for (const database of databases) await database.db.destroy();
  });
});
