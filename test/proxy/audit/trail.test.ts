import { sql } from "kysely";
import { expect, test } from "vitest";
import { auditChoices, auditPage, auditVerification } from "#contract/audit.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { addColleague } from "#test/support/colleague.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const dayMs = 86_400_000;

async function clinic() {
  const world = await createWorld();
  const anna = { partnerUid: "a-1", name: "Anna Bergström", region: "SE", timeZone: "Europe/Stockholm" };
  const { patient } = await world.proxy.registerPatient(anna);
  const cookie = await world.signIn("clinician");
  return { world, patient, cookie };
}

function reader(world: World, cookie: string) {
  const read = async (path: string) => (await world.request(`/api/audit${path}`, { cookie })).json();
  return {
    page: async (query = "") => auditPage.parse(await read(`?${query}`)),
    choices: async () => auditChoices.parse(await read("/choices")),
    verify: async () => auditVerification.parse(await read("/verification")),
  };
}

test("the page tells who did what to whom by name, newest first, and reading it is in it", async () => {
  const { world, patient, cookie } = await clinic();
  await world.request(`/api/patients/${patient.id}`, { cookie });
  world.advance(1000);
  await world.request("/api/devices/P225043056", { cookie });
  world.advance(1000);
  const { page } = reader(world, await world.signIn("administrator"));
  world.advance(1000);
  const { rows, next } = await page();
  expect(next).toBeNull();
  expect(
    rows.map(({ action, actor, subject }) => [action, actor?.name, subject?.name ?? subject?.id]),
  ).toEqual([
    ["audit.view", "Demo administrator", undefined],
    ["sign-in", "Demo administrator", undefined],
    ["device.view", "Demo clinician", "P225043056"],
    ["patient.view", "Demo clinician", "Anna Bergström"],
    ["sign-in", "Demo clinician", undefined],
  ]);
  expect(rows[3]).toMatchObject({
    outcome: "ok",
    clientAddress: "198.51.100.7",
    actor: { role: "clinician" },
  });
});

test("filters narrow by person, action, subject, outcome, address and days, and pages follow each other", async () => {
  const { world, patient, cookie } = await clinic();
  const startMs = world.now();
  for (const serial of ["P225043056", "P225043057", "P225043058"]) {
    world.advance(dayMs / 4);
    await world.request(`/api/devices/${serial}`, { cookie });
  }
  await world.request(`/api/patients/${patient.id}`, { cookie });
  await world.request("/api/staff", { cookie });
  const administrator = await world.signIn("administrator");
  const { page } = reader(world, administrator);
  const subjects = async (query: string) =>
    (await page(query)).rows.map(({ action, subject }) => subject?.id ?? action);
  const [device] = (await page("action=device.view")).rows;

  expect(await subjects("action=device.view")).toEqual(["P225043058", "P225043057", "P225043056"]);
  expect(await subjects(`subject=${patient.id}&action=patient.view`)).toEqual([patient.id]);
  expect(await subjects("subject=P225043057")).toEqual(["P225043057", "P225043057"]);
  expect(await subjects("outcome=forbidden")).toEqual(["GET /api/staff"]);
  expect(await subjects(`actor=${device?.actor?.id}&outcome=ok&action=sign-in`)).toEqual(["sign-in"]);
  expect(await subjects("actor=nobody")).toEqual([]);
  expect(await subjects("address=10.0.0.1")).toEqual([]);
  expect(await subjects("address=198.51.100.7&action=device.view")).toHaveLength(3);
  expect(
    await subjects(`fromMs=${startMs + 1}&toMs=${startMs + (3 * dayMs) / 4}&action=device.view`),
  ).toEqual(["P225043057", "P225043056"]);
  const seen: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const answer = await page(`action=device.view&limit=1${next && `&before=${next}`}`);
    seen.push(...answer.rows.map(({ subject }) => subject?.id ?? ""));
    next = answer.next;
  }
  expect(seen).toEqual(["P225043058", "P225043057", "P225043056"]);
  expect((await world.request("/api/audit?q=Anna", { cookie: administrator })).status).toBe(400);
});

test("what can be filtered by is what there is", async () => {
  const { world } = await clinic();
  const { choices } = reader(world, await world.signIn("administrator"));
  const { people, actions, rows } = await choices();
  expect(people.map(({ name }) => name)).toEqual(["Demo administrator", "Demo clinician"]);
  expect(actions).toEqual(["sign-in"]);
  expect(rows).toBe(2);
});

test("reading for a file is told from reading on screen", async () => {
  const { world } = await clinic();
  const { page } = reader(world, await world.signIn("administrator"));
  await page("export=1&limit=1000");
  expect((await page("action=audit.export")).rows).toHaveLength(1);
});

test("verifying says that the trail is complete, then which row was removed, and both is in the trail", async () => {
  const { world, cookie } = await clinic();
  for (const serial of ["P225043056", "P225043057"])
    await world.request(`/api/devices/${serial}`, { cookie });
  const { page, verify } = reader(world, await world.signIn("administrator"));
  expect(await verify()).toMatchObject({ rows: 4, faultCount: 0, beganAtMs: world.now() });
  await sql`drop trigger audit_stays`.execute(world.database.db);
  await world.database.db.deleteFrom("audit").where("seq", "=", 2).execute();
  expect(await verify()).toMatchObject({
    faultCount: 1,
    faults: [{ kind: "missing", fromSeq: 2, toSeq: 2 }],
  });
  expect((await page("action=audit.verify")).rows.map(({ outcome, details }) => [outcome, details])).toEqual([
    ["failed", { rows: 4, faults: 1 }],
    ["ok", { rows: 4, faults: 0 }],
  ]);
});

test("a search keeps who, when and how many, and never the text", async () => {
  const { world, cookie } = await clinic();
  const search = (q: string) => world.request("/api/patients/search", { ...json({ q }), cookie });
  await search("Bergstr");
  await search("bergstr ");
  await search("nobody-of-that-name");
  await search("");
  await world.request("/api/patients/lookup", { ...json({ partnerUid: "a-1" }), cookie });
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  const searches = rows.filter(({ action }) => action === "patients.search");
  expect(searches.map(({ details }) => JSON.parse(details ?? "{}").found)).toEqual([1, 0, 1]);
  expect(new Set(searches.map(({ details }) => JSON.parse(details ?? "{}").text)).size).toBe(3);
  expect(rows.filter(({ action }) => action === "patients.view")).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toMatch(/bergstr|nobody-of-that-name/i);
});

test("a page of the list tells how many patients it showed and which, each page a row of its own", async () => {
  const { world, cookie } = await clinic();
  for (let i = 2; i <= 7; i += 1)
    await world.proxy.registerPatient({
      partnerUid: `a-${i}`,
      name: `Patient ${i}`,
      region: "SE",
      timeZone: "Europe/Stockholm",
    });
  const shown: string[][] = [];
  for (const offset of [0, 3, 6, 9]) {
    const answer = await world.request("/api/patients/search", { ...json({ limit: 3, offset }), cookie });
    const { rows } = (await answer.json()) as { rows: { id: string }[] };
    shown.push(rows.map(({ id }) => id));
  }
  const again = await world.request("/api/patients/search", { ...json({ limit: 3 }), cookie });
  expect(again.status).toBe(200);
  await world.request("/api/patients/search", { ...json({ q: "Patient", limit: 2 }), cookie });
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  const looks = rows.filter(({ action }) => action === "patients.view");
  expect(looks.map(({ details }) => JSON.parse(details ?? "null"))).toEqual([
    { found: 7, shown: 3, patients: shown[0]?.join(" ") },
    { found: 7, shown: 3, from: 3, patients: shown[1]?.join(" ") },
    { found: 7, shown: 1, from: 6, patients: shown[2]?.join(" ") },
    { found: 7, shown: 0, from: 9 },
  ]);
  expect(new Set(shown.flat()).size).toBe(7);
  const search = rows.find(({ action }) => action === "patients.search");
  const details = JSON.parse(search?.details ?? "null");
  expect(details).toMatchObject({ found: 6, shown: 2, text: expect.any(String) });
  expect(details.patients.split(" ")).toHaveLength(2);
});

test("what a browser exported, printed or copied is recorded by the server's own word for it", async () => {
  const { world, patient, cookie } = await clinic();
  const say = async (body: object, as = cookie) =>
    (await world.request("/api/audit/events", { ...json(body), cookie: as })).status;
  expect(await say({ event: "patient-readings.export", subject: patient.id })).toBe(200);
  expect(await say({ event: "patient-readings.export", subject: patient.id })).toBe(200);
  expect(await say({ event: "device-ticket.copy", subject: "p2250 43056" })).toBe(200);
  expect(await say({ event: "patient.print", subject: "Anna Bergström" })).toBe(404);
  expect(await say({ event: "patient.print" })).toBe(400);
  expect(await say({ event: "patients.print", subject: patient.id })).toBe(400);
  expect(await say({ event: "staff.add", subject: "x" })).toBe(400);
  const support = await world.signIn("support");
  expect(await say({ event: "patient-readings.export", subject: patient.id }, support)).toBe(403);
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  expect(
    rows
      .filter(({ action }) => !action.startsWith("sign"))
      .map(({ action, subject, outcome, actor_role }) => [action, subject, outcome, actor_role]),
  ).toEqual([
    ["patient-readings.export", patient.id, "ok", "clinician"],
    ["patient-readings.export", patient.id, "ok", "clinician"],
    ["device-ticket.copy", "P225043056", "ok", "clinician"],
    ["patient-readings.export", null, "forbidden", "support"],
  ]);
});

test("the operator's number of days is kept, and the page says what went", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const authSecret = "0123456789abcdef0123456789abcdef";
  const old = await createWorld({ database, authSecret });
  await old.signIn("clinician");
  const startMs = old.now() + 31 * dayMs;
  await old.proxy.stop();

  const world = await createWorld({ database, authSecret, startMs, auditKeepDays: 30 });
  await expect
    .poll(async () =>
      (await database.db.selectFrom("audit").select("action").execute()).map(({ action }) => action),
    )
    .toEqual(["audit.prune"]);
  const { verify } = reader(world, await world.signIn("administrator"));
  expect(await verify()).toMatchObject({
    rows: 2,
    faults: [],
    pruned: { throughSeq: 1, untilMs: old.now() },
  });
  await world.close();
});

test("a clock that is years ahead of the trail prunes nothing, and the log says so", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const authSecret = "0123456789abcdef0123456789abcdef";
  const old = await createWorld({ database, authSecret });
  await old.signIn("clinician");
  await old.proxy.stop();
  const startMs = old.now() + 3650 * dayMs;
  const world = await createWorld({ database, authSecret, startMs, auditKeepDays: 30 });
  await expect.poll(() => world.logLines.join()).toContain("3650 days ahead of the trail's last row");
  await world.proxy.stop();
  const rows = await database.db.selectFrom("audit").select("action").execute();
  expect(rows.map(({ action }) => action)).toEqual(["sign-in"]);
});

test("without a number of days nothing is pruned", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const old = await createWorld({ database });
  await old.signIn("clinician");
  await old.proxy.stop();
  const world = await createWorld({ database, startMs: old.now() + 10_000 * dayMs });
  await world.signIn("clinician");
  await world.proxy.stop();
  expect(
    await database.db.selectFrom("audit").select("seq").where("action", "=", "sign-in").execute(),
  ).toHaveLength(2);
});

test("the same person in another session has rows of their own; a page kept open has one", async () => {
  const { world, patient, cookie } = await clinic();
  const another = await world.signIn("clinician");
  for (const as of [cookie, another, cookie, another])
    await world.request(`/api/patients/${patient.id}`, { cookie: as });
  const rows = await world.database.db.selectFrom("audit").select(["action", "actor_id"]).execute();
  const looks = rows.filter(({ action }) => action === "patient.view");
  expect(looks).toHaveLength(2);
  expect(new Set(looks.map(({ actor_id }) => actor_id)).size).toBe(1);
});

test("a wider look, and one further back, has its own row; as much again a minute later has none", async () => {
  const { world, patient, cookie } = await clinic();
  const serial = "P225043056";
  const read = (path: string, days: number, agoDays = 0) => {
    const end = world.now() - agoDays * dayMs;
    const range = `start=${end - days * dayMs}&end=${end}`;
    return world.request(`/api/${path}/readings?${range}`, { cookie });
  };
  await read(`patients/${patient.id}`, 14);
  world.advance(60_000);
  await read(`patients/${patient.id}`, 14);
  await read(`patients/${patient.id}`, 90);
  await read(`patients/${patient.id}`, 14, 30);
  await read(`devices/${serial}`, 3);
  await world.request(`/api/devices/${serial}/readings`, { cookie });
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  const looks = rows.filter(({ action }) => action.endsWith("readings.view"));
  expect(looks.map(({ action, details }) => [action, details && JSON.parse(details)])).toEqual([
    ["patient-readings.view", { days: 14 }],
    ["patient-readings.view", { days: 90 }],
    ["patient-readings.view", { days: 14, ago: 30 }],
    ["device-readings.view", { days: 3 }],
    ["device-readings.view", null],
  ]);
});

test("readings that the platform refused were not seen, and their row says so", async () => {
  const { world, patient, cookie } = await clinic();
  const range = `start=${world.now() - dayMs}&end=${world.now()}`;
  world.sandbox.inject({ kind: "refused" });
  for (const path of [`/patients/${patient.id}/readings?${range}`, "/devices/P225043056"])
    expect((await world.request(`/api${path}`, { cookie })).ok).toBe(false);
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  expect(
    rows.filter(({ action }) => action !== "sign-in").map(({ action, outcome }) => [action, outcome]),
  ).toEqual([
    ["patient-readings.view", "failed"],
    ["device.view", "failed"],
  ]);
});

test("staff whom a row is about are named, and known as staff when the trail is narrowed to them", async () => {
  const { world } = await clinic();
  const cookie = await world.signIn("administrator");
  const { page, choices } = reader(world, cookie);
  const [administrator, clinician] = (await choices()).people;
  await world.request("/api/account/sessions", { method: "DELETE", cookie });
  const call = { ...json({ role: "support" }), method: "PATCH", cookie };
  await world.request(`/api/staff/${clinician?.id}`, call);
  const { rows } = await page(`subject=${clinician?.id}`);
  expect(rows.map(({ action, subject, details }) => [action, subject, details])).toEqual([
    ["audit.view", { kind: "staff", ...clinician }, null],
    ["staff.make-support", { kind: "staff", ...clinician }, { before: "clinician" }],
  ]);
  const [revoked] = (await page("action=session.revoke")).rows;
  expect([revoked?.subject, revoked?.details]).toEqual([
    { kind: "staff", ...administrator },
    { sessions: "others" },
  ]);
});

test("who was invited as what, by whom, and that they came in and are signed in", async () => {
  const { world } = await clinic();
  const cookie = await world.signIn("administrator");
  const noor = { name: "Noor", email: "Noor@clinic.example", role: "administrator" } as const;
  await addColleague(world, cookie, { ...noor, password: "correct horse battery" });
  const { page, choices } = reader(world, cookie);
  const { id } = (await choices()).people.find(({ name }) => name === "Noor") ?? { id: "" };
  const { rows } = await page(`subject=${id}`);
  const as = { role: "administrator", purpose: "join" };
  expect(
    rows.slice(1).map(({ action, actor, subject, details }) => [action, actor?.name, subject?.name, details]),
  ).toEqual([
    ["invitation.accept", "Noor", "noor@clinic.example", as],
    ["invitation.create", "Demo administrator", "noor@clinic.example", as],
  ]);
  expect((await page(`action=sign-in&outcome=ok&actor=${id}`)).rows).toHaveLength(1);
});

test("a change tells its parts, and what those that identify nobody were and became", async () => {
  const { world, patient, cookie } = await clinic();
  const change = (body: object) =>
    world.request(`/api/patients/${patient.id}`, { ...json(body), method: "PATCH", cookie });
  await change({ name: "Anna Berg", timeZone: "Europe/Oslo", targets: "most-adults", archived: true });
  await change({ tags: ["trial"], from: { tags: ["other"] } });
  const rows = await world.database.db.selectFrom("audit").selectAll().orderBy("seq").execute();
  const changes = rows.filter(({ action }) => action === "patient.change");
  expect(changes.map(({ outcome, details }) => [outcome, JSON.parse(details ?? "null")])).toEqual([
    [
      "ok",
      {
        changed: "name timeZone archived",
        "timeZone.before": "Europe/Stockholm",
        "timeZone.after": "Europe/Oslo",
        "archived.before": "false",
        "archived.after": "true",
      },
    ],
    ["failed", { changed: "tags" }],
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/Anna|trial/);
});

test("a refused call tells whom it would have shown, and nothing that is no ID", async () => {
  const { world, patient } = await clinic();
  const cookie = await world.signIn("support");
  for (const id of [patient.id, "Anna%20Bergstr%C3%B6m"])
    await world.request(`/api/patients/${id}/readings?start=1&end=2`, { cookie });
  const { page } = reader(world, await world.signIn("administrator"));
  const { rows } = await page("outcome=forbidden");
  expect(rows.map(({ action, subject }) => [action, subject?.name]).toReversed()).toEqual([
    ["GET /api/patients/:id/readings", "Anna Bergström"],
    ["GET /api/patients/:id/readings", undefined],
  ]);
});
