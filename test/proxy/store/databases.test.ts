import { expect, test } from "vitest";
import { rosterPage } from "#contract/roster.ts";
import { staffList } from "#contract/staff.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import { createRoster } from "#proxy/roster/roster.ts";
import type { Database } from "#proxy/store/database.ts";
import { createLock } from "#proxy/store/lock.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createLimitsStore } from "#proxy/store/worklist-limits.ts";
import { addColleague } from "#test/support/colleague.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { buildFigures } from "#test/support/figures.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";
import { createWorld, json } from "#test/support/world.ts";

const secret = "0123456789abcdef0123456789abcdef";
const newcomer = {
  partnerUid: "clinic-9001",
  name: "Zoë Ångström",
  region: "SE",
  timeZone: "Europe/Stockholm",
};

/** What holds on any database. `open` opens the same one again and again, as restarts do. */
function suite(open: (sandbox?: boolean) => Promise<Database>) {
  const start = async () => createWorld({ database: await open(true), authSecret: secret });

  test("patients, tokens and sessions survive a restart, and migrations run twice do no harm", async () => {
    const first = await start();
    const { patient, created } = await first.proxy.registerPatient(newcomer);
    const cookie = await first.signIn("clinician");
    await first.close();
    expect(created).toBe(true);

    const second = await start();
    const found = await second.request(`/api/patients/${patient.id}`, { cookie });
    expect(await found.json()).toEqual(patient);
    expect((await second.proxy.registerPatient(newcomer)).created).toBe(false);
    await second.close();
  });

  test("two servers that start at the same moment both come up", async () => {
    const worlds = await Promise.all([start(), start()]);
    for (const world of worlds) {
      expect((await world.request("/readyz")).status).toBe(200);
      await world.close();
    }
  });

  test("of two servers that refresh statuses no two take the same patient", async () => {
    const world = await start();
    for (const number of [1, 2, 3, 4, 5])
      await world.proxy.registerPatient({ ...newcomer, partnerUid: `due-${number}` });
    const other = await open(true);
    const stores = [
      createPatientStore(world.database, glucoseSealer),
      createPatientStore(other, glucoseSealer),
    ];
    const due = await world.database.db.selectFrom("patient").select("id").execute();
    const untilMs = world.now() + 60_000;
    const takers = [...due, 1, 2, 3].flatMap((_, i) => stores[i % 2] ?? []);
    const taken = await Promise.all(takers.map((store) => store.takeDue(world.now(), untilMs, 2)));
    const ids = taken.flat().map(({ id }) => id);
    expect(ids.toSorted()).toEqual(due.map(({ id }) => id).toSorted());
    await other.db.destroy();
    await world.close();
  });

  test("when refreshing is behind, who was low when last read comes before whoever is due longer", async () => {
    const world = await start();
    const nowMs = world.now();
    const store = createPatientStore(world.database, glucoseSealer);
    const names = ["calm", "near", "low", "very-low", "not-due"] as const;
    const ids = new Map<string, string>();
    for (const [index, name] of names.entries()) {
      const { patient } = await world.proxy.registerPatient({ ...newcomer, partnerUid: `urgent-${name}` });
      ids.set(name, patient.id);
      const band =
        name === "low" || name === "not-due" ? "low" : name === "very-low" ? "very-low" : "in-range";
      const state = { timeMs: nowMs, sinceMs: nowMs, isAtLeast: false, trend: null };
      await store.keep(patient.id, {
        status: {
          facts: noDeviceFacts,
          checkedAtMs: nowMs + index,
          stage: "reading",
          lastReadingAtMs: nowMs,
          sensor: null,
        },
        figures: buildFigures({ asOfMs: nowMs, now: { ...state, band, isNearLow: name !== "calm" } }),
        checkDueMs: name === "not-due" ? nowMs + 9 * 60_000 : nowMs - (9 - index) * 60_000,
      });
    }
    const roster = createRoster(store, createLimitsStore(world.database), world.now);
    const urgent = await roster.lastLow();
    expect(urgent).toEqual(["very-low", "low", "not-due", "near"].map((name) => ids.get(name)));
    const taken = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const due = await store.takeDue(nowMs, nowMs + 900_000, 2, urgent.splice(0, 2));
      taken.push(due.map(({ partnerUid }) => partnerUid.slice("urgent-".length)).toSorted());
    }
    expect(taken).toEqual([["low", "very-low"], ["calm", "near"], []]);
    await world.close();
  });

  test("what runs under a lock runs one at a time, and goes on when one of them fails", async () => {
    const database = await open(true);
    const { withLock, close } = createLock(database);
    const steps: string[] = [];
    const act = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise(setImmediate);
      steps.push(`${name} ends`);
      if (name === "b") throw new Error(name);
      return name;
    };
    const all = ["a", "b", "c"].map((name) => withLock("one name", act(name)));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(steps.filter((_, i) => i % 2 === 1)).toEqual(
      steps.filter((_, i) => i % 2 === 0).map((step) => step.replace("begins", "ends")),
    );
    // Under another name nobody waits.
    const inside = await withLock("outer", () => withLock("inner", async () => "both"));
    expect(inside).toBe("both");
    await close();
    await database.db.destroy();
  });

  test("times come back as numbers and searches ignore accents and case", async () => {
    const world = await start();
    const cookie = await world.signIn("clinician");
    await world.proxy.registerPatient({ ...newcomer, partnerUid: "clinic-9002", name: "Élodie Petit" });
    const answer = await world.request("/api/patients/search", { ...json({ q: "elodie" }), cookie });
    expect(await answer.json()).toMatchObject({ total: 1, rows: [{ createdAtMs: world.now() }] });
    await world.close();
  });

  test("of changes that start from the same and come at once, one goes through and the others are refused", async () => {
    const world = await start();
    const cookie = await world.signIn("clinician");
    const { patient } = await world.proxy.registerPatient({ ...newcomer, partnerUid: "clinic-9003" });
    const from = { name: patient.name, tags: patient.tags };
    const answers = await Promise.all(
      ["A", "B", "C", "D"].map((name) =>
        world.request(`/api/patients/${patient.id}`, {
          ...json({ name, tags: [name], from }),
          method: "PATCH",
          cookie,
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const kept = (await answers.find(({ ok }) => ok)?.json()) as { name: string };
    const stored = await (await world.request(`/api/patients/${patient.id}`, { cookie })).json();
    expect(stored).toMatchObject({ name: kept.name, tags: [kept.name] });
    await world.close();
  });

  test("the roster finds, filters, edits, archives and merges", async () => {
    const world = await start();
    const cookie = await world.signIn("clinician");
    const [first, second] = world.sandbox.cohort;
    if (!first || !second) throw new Error("the sandbox has too few people");
    const { patient } = await world.proxy.registerPatient(first);
    const twin = (await world.proxy.registerPatient(second)).patient;
    const send = (method: string, path: string, body: object) =>
      world.request(`/api/patients/${path}`, { ...json(body), method, cookie });
    const search = async (query: object) =>
      rosterPage.parse(await (await send("POST", "search", query)).json());

    await world.request(`/api/patients/${patient.id}/summary`, { cookie });
    const found = (await search({ q: first.partnerUid, filter: { stage: "reading" } })).rows[0];
    expect(found?.status?.checkedAtMs).toBe(world.now());
    const serial = found?.status?.sensor?.serial ?? "";
    expect((await search({ q: serial.slice(0, 8) })).rows.map(({ id }) => id)).toContain(patient.id);
    const me = String((await world.database.db.selectFrom("user").select("id").executeTakeFirst())?.id);
    await send("PATCH", patient.id, { tags: ["ward 3"], careTeam: [me], archived: true });
    expect(await search({ filter: { tag: "ward 3", archived: true } })).toMatchObject({
      rows: [{ id: patient.id, careTeam: [me], archivedAtMs: world.now() }],
    });
    await send("PATCH", patient.id, { archived: false });
    await send("PUT", `${twin.id}/merged-into`, { into: patient.id });
    expect((await search({ q: second.partnerUid })).rows.map(({ id }) => id)).toEqual([patient.id]);
    await world.close();
  });

  test("a link lets one person in, once, and two administrators never leave none", async () => {
    const world = await start();
    const cookie = await world.signIn("administrator");
    const who = { name: "Zoe", email: "zoe@clinic.example", role: "administrator" } as const;
    const theirs = await addColleague(world, cookie, { ...who, password: "correct horse battery" });
    const { staff } = staffList.parse(await (await world.request("/api/staff", { cookie })).json());
    expect(staff).toContainEqual(expect.objectContaining({ ...who, lastSignInMs: world.now() }));
    const demote = (own: string, email: string) => {
      const { id } = staff.find((member) => member.email === email) ?? {};
      return world.request(`/api/staff/${id}`, {
        ...json({ role: "support" }),
        method: "PATCH",
        cookie: own,
      });
    };
    const answers = await Promise.all([
      demote(cookie, who.email),
      demote(theirs, "administrator@demo.invalid"),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    await world.close();
  });

  test("no token lies readable in the database", async () => {
    const world = await start();
    await world.proxy.registerPatient({ ...newcomer, partnerUid: "clinic-9003" });
    const rows = await world.database.db.selectFrom("platform_token").selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.sealed_token).toMatch(/^1\.[\w-]{60,}$/);
    await world.close();
  });

  test("the sandbox's people are not among a real clinic's", async () => {
    const sandbox = await start();
    await sandbox.proxy.registerPatient({ ...newcomer, partnerUid: "clinic-9004" });
    await sandbox.close();
    const admin = { email: "admin@clinic.example", password: "a very long secret" };
    const real = await createWorld({
      database: await open(false),
      authSecret: secret,
      sandboxMode: false,
      firstAdministrator: admin,
    });
    const signIn = await real.request("/api/auth/sign-in/email", json(admin));
    const cookie = signIn.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    expect(await (await real.request("/api/patients/search", { ...json({}), cookie })).json()).toEqual({
      rows: [],
      total: 0,
      outsideFilter: { listed: 0, archived: 0 },
      near: [],
    });
    await real.close();
  });
}

onBothDatabases(suite);
