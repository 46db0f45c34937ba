import { expect, test } from "vitest";
import { patient as patientSchema } from "#contract/patient.ts";
import { patientRanges, rosterFacets, rosterPage } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { createRoster } from "#proxy/roster/roster.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { limitsAtFirst } from "#proxy/store/worklist-limits.ts";
import { buildFigures } from "#test/support/figures.ts";
import { glucoseSealer, worldSecret } from "#test/support/glucose-sealer.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const place = { region: "CN", timeZone: "Asia/Shanghai" };

/** A world with these patients, and a clinician who looks. */
async function clinic(...names: string[]) {
  const world = await createWorld({ authSecret: worldSecret });
  const cookie = await world.signIn("clinician");
  const ids = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const { patient } = await world.proxy.registerPatient({
      ...place,
      partnerUid: `clinic-900${index + 1}`,
      name,
    });
    ids.set(name, patient.id);
  }
  return { ...world, ...caller(world, cookie), id: (name: string) => ids.get(name) ?? "" };
}

function caller(world: World, cookie: string) {
  const search = async (query: Partial<RosterQuery> = {}) =>
    rosterPage.parse(await (await world.request("/api/patients/search", { ...json(query), cookie })).json());
  return {
    cookie,
    search,
    names: async (query?: Partial<RosterQuery>) => (await search(query)).rows.map(({ name }) => name),
    send: (method: string, path: string, body: object) =>
      world.request(`/api/patients/${path}`, { ...json(body), method, cookie }),
    get: async (path: string) => (await world.request(`/api/patients/${path}`, { cookie })).json(),
  };
}

test("the list is in name order, page by page, either way", async () => {
  const { names, search } = await clinic("Zoë", "Bo", "anna", "王秀英");
  expect(await names()).toEqual(["anna", "Bo", "王秀英", "Zoë"]);
  expect(await names({ limit: 2, offset: 1 })).toEqual(["Bo", "王秀英"]);
  expect(await names({ down: true, limit: 1 })).toEqual(["Zoë"]);
  expect((await search({ limit: 1 })).total).toBe(4);
});

test("a search says how many match, and takes its words from name and IDs", async () => {
  const { search, names } = await clinic("Anna Berg", "Anna Lund", "Bo Berg");
  expect(await search({ q: "anna", limit: 1 })).toMatchObject({ total: 2, rows: [{ name: "Anna Berg" }] });
  expect(await names({ q: "berg 9003" })).toEqual(["Bo Berg"]);
  expect(await names({ q: "nobody" })).toEqual([]);
});

test("whose ID it is to the letter comes first in any order, and pages follow on", async () => {
  const { names, send, id } = await clinic("Zoë", "Bo", "anna");
  await send("PATCH", id("Zoë"), { hospitalNumber: "clinic-90" });
  expect(await names({ q: "clinic-90" })).toEqual(["Zoë", "anna", "Bo"]);
  expect(await names({ q: "CLINIC-9002" })).toEqual(["Bo"]);
  for (const [offset, name] of ["Zoë", "anna", "Bo"].entries())
    expect(await names({ q: "Clinic-90", limit: 1, offset })).toEqual([name]);
  expect(await names({ q: "clinic-90", sort: "added", down: true })).toEqual(["Zoë", "anna", "Bo"]);
});

test("who was added, renamed or retagged is found at once as they are now", async () => {
  const { names, send, proxy, id } = await clinic("Anna Berg");
  await names();
  await proxy.registerPatient({ ...place, partnerUid: "late", name: "Li Na" });
  expect(await names({ q: "li" })).toEqual(["Li Na"]);
  await send("PATCH", id("Anna Berg"), { name: "Anna Ek", tags: ["ward 3"] });
  expect(await names({ q: "berg" })).toEqual([]);
  expect(await names({ q: "ek" })).toEqual(["Anna Ek"]);
  expect(await names({ filter: { tag: "ward 3" } })).toEqual(["Anna Ek"]);
});

test("another server's changes are seen too", async () => {
  const { names, database } = await clinic("Anna Berg");
  expect(await names()).toEqual(["Anna Berg"]);
  await database.db.updateTable("patient").set({ name: "Anna Ek" }).execute();
  expect(await names({ q: "ek" })).toEqual(["Anna Ek"]);
});

test("a serial number finds who was seen to wear that sensor", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const person of world.sandbox.cohort.slice(0, 3)) await world.proxy.registerPatient(person);
  const { names, search, get } = caller(world, cookie);
  const [first] = (await search()).rows;
  const summary = (await get(`${first?.id}/summary`)) as { sensor: { serial: string } };
  const { serial } = summary.sensor;
  expect(await names({ q: serial.toLowerCase() })).toEqual([first?.name]);
  expect(await names({ q: serial.slice(0, -1) })).toContain(first?.name);
  expect(await names({ q: `${serial.slice(0, 4)} ${serial.slice(4, 8)} ${serial.slice(8)}` })).toEqual([
    first?.name,
  ]);
});

test("a serial number finds its wearer without its leading letter, and by its last six digits or more", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  for (const person of world.sandbox.cohort.slice(0, 3)) await world.proxy.registerPatient(person);
  const { names, search, get } = caller(world, cookie);
  const [first] = (await search()).rows;
  const { sensor } = (await get(`${first?.id}/summary`)) as { sensor: { serial: string } };
  for (const digits of [sensor.serial.slice(1), sensor.serial.slice(-7), sensor.serial.slice(-6)])
    expect(await names({ q: digits })).toEqual([first?.name]);
  expect(await names({ q: sensor.serial.slice(-5) })).toEqual([]);
});

test("an archived patient leaves the list, is kept, and comes back", async () => {
  const { names, send, get, id } = await clinic("Anna", "Bo");
  await send("PATCH", id("Bo"), { archived: true });
  expect(await names()).toEqual(["Anna"]);
  expect(await names({ filter: { archived: true } })).toEqual(["Bo"]);
  expect(rosterFacets.parse(await get("facets"))).toMatchObject({ total: 1, archived: 1 });
  await send("PATCH", id("Bo"), { archived: false });
  expect(await names()).toEqual(["Anna", "Bo"]);
});

test("a search says how many more it would find in the archive and without the filters", async () => {
  const { search, send, id } = await clinic("Anna Berg", "Anna Ek", "Anna Lund", "Bo");
  await send("PATCH", id("Anna Ek"), { archived: true });
  await send("PATCH", id("Anna Lund"), { tags: ["ward 3"] });
  expect(await search({ q: "anna" })).toMatchObject({ total: 2, outsideFilter: { listed: 0, archived: 1 } });
  const tagged = { filter: { tag: "ward 3" } };
  expect(await search({ q: "anna", ...tagged })).toMatchObject({
    total: 1,
    outsideFilter: { listed: 1, archived: 1 },
  });
  expect(await search(tagged)).toMatchObject({ outsideFilter: { listed: 0, archived: 0 } });
  expect(await search({ q: "bo", filter: { archived: true } })).toMatchObject({
    total: 0,
    outsideFilter: { listed: 1, archived: 0 },
  });
});

test("mine are those whose care team I am in", async () => {
  const { names, send, id, request, cookie } = await clinic("Anna", "Bo");
  const answer = await (await request("/api/staff/colleagues", { cookie })).json();
  const { colleagues } = answer as { colleagues: { id: string; name: string }[] };
  const me = colleagues.find(({ name }) => name === "Demo clinician");
  await send("PATCH", id("Bo"), { careTeam: [me?.id ?? ""] });
  expect(await names({ filter: { mine: true } })).toEqual(["Bo"]);
});

test("stage, last reading and sensor are filtered by what was found, and by nothing before anybody has looked", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { patient: worn } = await world.proxy.registerPatient(person);
  await world.proxy.registerPatient({ ...place, partnerUid: "new", name: "Newcomer" });
  const { names, search, get } = caller(world, cookie);
  expect(await names({ filter: { stage: "unchecked" } })).toHaveLength(2);
  expect(await names({ filter: { stage: "reading" } })).toEqual([]);
  await get(`${worn.id}/summary`);
  await get(`${worn.id}/ranges`);
  expect(await names({ filter: { stage: "reading" } })).toEqual([person.name]);
  expect(await names({ filter: { stage: "unchecked" } })).toEqual(["Newcomer"]);
  const { status, ranges } = (await search({ q: person.name })).rows[0] ?? {};
  expect(status).toMatchObject({ stage: "reading", checkedAtMs: world.now() });
  expect(ranges?.n).toBeGreaterThan(3000);
  const facets = async () => rosterFacets.parse(await get("facets"));
  expect(await facets()).toMatchObject({ unchecked: 1, late: 0, oldestCheckMs: world.now() });
  world.advance(15 * 60_000 + 1);
  expect(await facets()).toMatchObject({ unchecked: 1, late: 1 });
});

test("those without what a list is sorted by come last either way", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const { names, get, search } = caller(world, cookie);
  for (const person of world.sandbox.cohort.slice(0, 3)) await world.proxy.registerPatient(person);
  await world.proxy.registerPatient({ ...place, partnerUid: "new", name: "Aaron" });
  for (const { id } of (await search()).rows) {
    await get(`${id}/summary`);
    await get(`${id}/ranges`);
  }
  const up = await names({ sort: "time-in-range" });
  const down = await names({ sort: "time-in-range", down: true });
  expect(up.at(-1)).toBe("Aaron");
  expect(down.at(-1)).toBe("Aaron");
  expect(down.slice(0, 3)).toEqual(up.slice(0, 3).reverse());
  const shares = (await search({ sort: "time-in-range" })).rows.map(
    ({ ranges }) => ranges?.timeIn?.["in-range"] ?? 2,
  );
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test("who has too little data to be judged comes after all who can be, whichever way time in range is ordered", async () => {
  const { names, database, id, now } = await clinic("Ada", "Bo", "Cy");
  const store = createPatientStore(database, glucoseSealer);
  const figuresOf = (activeShare: number, inRange: number) =>
    buildFigures({
      asOfMs: now(),
      fortnight: {
        activeShare,
        coveredShare: activeShare,
        timeIn: { "very-low": 0, low: 0, "in-range": inRange, high: 1 - inRange, "very-high": 0 },
      },
    });
  await store.keep(id("Ada"), { figures: figuresOf(0.002, 0.1) });
  await store.keep(id("Bo"), { figures: figuresOf(0.9, 0.8) });
  await store.keep(id("Cy"), { figures: figuresOf(0.7, 0.6) });
  expect(await names({ sort: "time-in-range" })).toEqual(["Cy", "Bo", "Ada"]);
  await store.keep(id("Ada"), { figures: figuresOf(0.002, 0.9) });
  expect(await names({ sort: "time-in-range", down: true })).toEqual(["Bo", "Cy", "Ada"]);
});

test("fourteen days' shares are read once in half an hour, and anew for other targets", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const person = world.sandbox.cohort[0];
  if (!person) throw new Error("the sandbox has no people");
  const { patient } = await world.proxy.registerPatient(person);
  const { get, send } = caller(world, cookie);
  const reads = () => world.sandbox.requests.filter(({ path }) => path.endsWith("/user/glucose")).length;
  const first = (await get(`${patient.id}/ranges`)) as { timeIn: Record<string, number> };
  world.advance(20 * minuteMs);
  expect(await get(`${patient.id}/ranges`)).toEqual(first);
  // A month, in two parts.
  expect(reads()).toBe(2);
  await send("PATCH", patient.id, { targets: "pregnancy" });
  const narrow = (await get(`${patient.id}/ranges`)) as typeof first;
  expect(narrow.timeIn["in-range"]).toBeLessThan(first.timeIn["in-range"] ?? 0);
  world.advance(31 * minuteMs);
  await get(`${patient.id}/ranges`);
  expect(reads()).toBe(5);
});

test("two records of one person become one entry with both their readings, and can be taken apart", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const { names, search, send, get } = caller(world, cookie);
  const [first, second] = world.sandbox.cohort;
  if (!first || !second) throw new Error("the sandbox has too few people");
  const { patient: kept } = await world.proxy.registerPatient(first);
  const { patient: twin } = await world.proxy.registerPatient(second);
  const count = async () => {
    const range = `start=${world.now() - 2 * dayMs}&end=${world.now()}`;
    const { readings } = (await get(`${kept.id}/readings?${range}`)) as { readings: { timeMs: number[] } };
    return readings.timeMs.length;
  };
  const shares = async () => patientRanges.parse(await get(`${kept.id}/ranges`));
  const alone = await count();
  const own = await shares();
  expect((await send("PUT", `${twin.id}/merged-into`, { into: kept.id })).status).toBe(200);
  expect((await search()).rows.map(({ ranges }) => ranges)).toEqual([null]);
  expect((await shares()).n).toBeGreaterThan(own.n);
  expect(await names()).toEqual([first.name]);
  expect(await names({ q: second.name })).toEqual([first.name]);
  const mergedRecords = async () => (await search()).rows.map(({ merged }) => merged);
  expect(await mergedRecords()).toEqual([[{ partnerUid: second.partnerUid, name: second.name }]]);
  expect(await count()).toBeGreaterThan(alone * 1.5);
  expect(await get(`${kept.id}/merged`)).toMatchObject({ patients: [{ id: twin.id }] });
  const again = await world.proxy.registerPatient(second);
  expect(again).toMatchObject({ created: false, patient: { id: kept.id } });

  await send("PUT", `${twin.id}/merged-into`, { into: null });
  expect(await mergedRecords()).toEqual([[], []]);
  expect(await count()).toBe(alone);
  expect((await search()).rows.map(({ ranges }) => ranges)).toEqual([null, null]);
  expect((await shares()).n).toBe(own.n);
});

test("a record is not merged into itself, into a part of another, or into nobody", async () => {
  const { send, id, names } = await clinic("Anna", "Bo", "Cy");
  const merge = (from: string, into: string) => send("PUT", `${id(from)}/merged-into`, { into });
  expect((await merge("Anna", id("Anna"))).status).toBe(400);
  expect((await merge("Anna", "nobody")).status).toBe(404);
  await merge("Bo", id("Cy"));
  expect((await merge("Anna", id("Bo"))).status).toBe(400);
  await merge("Cy", id("Anna"));
  expect(await names()).toEqual(["Anna"]);
});

test("an ID that is here, or is easily taken for one, is known before it is sent", async () => {
  const { send, id } = await clinic("Anna");
  const ask = async (partnerUid: string) => (await send("POST", "lookup", { partnerUid })).json();
  expect(await ask("clinic-9001")).toMatchObject({ patient: { id: id("Anna") }, similar: null });
  expect(await ask("CLINIC-9001")).toMatchObject({ patient: null, similar: { id: id("Anna") } });
  expect(await ask("ｃｌｉｎｉｃ-9001")).toMatchObject({ patient: null, similar: { id: id("Anna") } });
  expect(await ask("cIinic-09001")).toMatchObject({ patient: null, similar: { id: id("Anna") } });
  expect(await ask("clinic-900")).toEqual({ patient: null, similar: null });
});

test("what is edited is checked and written down; the platform is not asked", async () => {
  const { send, id, sandbox, database } = await clinic("Anna");
  const before = sandbox.requests.length;
  const edit = { name: "  Anna Berg ", timeZone: "Europe/Berlin", tags: ["a", "b"] };
  const answer = patientSchema.parse(await (await send("PATCH", id("Anna"), edit)).json());
  expect(answer).toMatchObject({
    name: "Anna Berg",
    timeZone: "Europe/Berlin",
    tags: ["a", "b"],
    region: "CN",
  });
  for (const bad of [
    { name: " " },
    { timeZone: "Mars" },
    { tags: ["a", "A"] },
    { tags: [""] },
    { openId: "x" },
  ])
    expect((await send("PATCH", id("Anna"), bad)).status).toBe(400);
  expect(sandbox.requests).toHaveLength(before);
  const trail = await database.db.selectFrom("audit").selectAll().execute();
  expect(trail.filter(({ action }) => action === "patient.change")).toHaveLength(1);
});

test("the status of everybody who is due is refreshed, and of nobody archived", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const before = await createWorld({ database });
  for (const person of before.sandbox.cohort.slice(0, 2)) await before.proxy.registerPatient(person);
  const gone = await before.proxy.registerPatient({ ...place, partnerUid: "gone", name: "Gone" });
  await caller(before, await before.signIn("clinician")).send("PATCH", gone.patient.id, { archived: true });

  const world = await createWorld({ database, statusRefreshesPerSecond: 1000 });
  const { search } = caller(world, await world.signIn("clinician"));
  await expect.poll(async () => (await search()).rows.every(({ ranges }) => ranges !== null)).toBe(true);
  expect((await search({ filter: { stage: "unchecked" } })).total).toBe(0);
  expect((await search({ filter: { archived: true } })).rows[0]?.status).toBeNull();
  await world.close();
});

test("what was read once is not read again when nothing has changed since", async () => {
  const { database, now, advance, names } = await clinic("Anna Berg", "Bo Lund");
  const store = createPatientStore(database, glucoseSealer);
  let read = 0;
  const counting = {
    ...store,
    changedAfter: async (...args: Parameters<typeof store.changedAfter>) => {
      const changed = await store.changedAfter(...args);
      read += changed.length;
      return changed;
    },
  };
  const roster = createRoster(counting, { read: async () => limitsAtFirst }, now);
  const all = { q: "", filter: {}, sort: "name", down: false, days: 14, limit: 10, offset: 0 } as const;
  expect((await roster.search(all, { id: "anyone", role: "clinician" })).total).toBe(2);
  advance(minuteMs);
  await roster.search(all, { id: "anyone", role: "clinician" });
  read = 0;
  await roster.search(all, { id: "anyone", role: "clinician" });
  expect(read).toBe(0);

  const late = { ...place, partnerUid: "late", name: "Li Na", openId: "ou_late" };
  const anotherServersClockMs = now() - 8 * 60 * minuteMs;
  await store.add(late, anotherServersClockMs);
  expect((await roster.search(all, { id: "anyone", role: "clinician" })).total).toBe(3);
  expect(await names()).toHaveLength(3);
});

test("a name that nobody has is answered with those that sound like it, and they match nothing", async () => {
  const world = await createWorld();
  const { search } = caller(world, await world.signIn("clinician"));
  const names = ["Eva Schröder", "Max Hoffmann", "Sue Whitfield", "Jan Kowalski", "Li Na"];
  for (const [index, name] of names.entries())
    await world.proxy.registerPatient({ ...place, partnerUid: `near-${index}`, name });
  const near = async (q: string) => {
    const page = rosterPage.parse(await search({ q }));
    expect([page.rows, page.total]).toEqual([[], 0]);
    return page.near.map(({ name }) => name);
  };
  expect(await near("Shroder")).toEqual(["Eva Schröder"]);
  expect(await near("hofman")).toEqual(["Max Hoffmann"]);
  expect(await near("sue Whitfeld")).toEqual(["Sue Whitfield"]);
  expect(await near("Kowlaski")).toEqual(["Jan Kowalski"]);
  for (const q of ["eva Hofman", "Zimmer", "hof0man", "no"]) expect(await near(q), q).toEqual([]);
  expect(rosterPage.parse(await search({ q: "schro" })).near).toEqual([]);
  expect(
    await world.database.db
      .selectFrom("audit")
      .select("details")
      .where("action", "=", "patients.search")
      .where("details", "like", '%"patients"%')
      .execute(),
  ).toHaveLength(5);
  await world.close();
});
