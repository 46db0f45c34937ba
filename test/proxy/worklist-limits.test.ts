import { expect, test } from "vitest";
import { deviceWorklistPage } from "#contract/device-worklist.ts";
import { worklistLimits } from "#contract/limits.ts";
import { type RosterPage, rosterPage } from "#contract/roster.ts";
import type { RosterQuery } from "#contract/roster-query.ts";
import { noDeviceFacts } from "#glucose/device-reasons.ts";
import { type Limits, usualLimits } from "#glucose/limits.ts";
import { createRoster } from "#proxy/roster/roster.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createLimitsStore } from "#proxy/store/worklist-limits.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { buildFigures } from "#test/support/figures.ts";
import { glucoseSealer, worldSecret } from "#test/support/glucose-sealer.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const path = "/api/worklist/limits";
const place = { region: "SE", timeZone: "Europe/Stockholm" };

/** What one person asks of one server. */
function caller(world: World, cookie: string) {
  const put = (limits: object, from: object) =>
    world.request(path, { ...json({ limits, from }), method: "PUT", cookie });
  return {
    put,
    get: async () => worklistLimits.parse(await (await world.request(path, { cookie })).json()),
    faults: async (limits: object) => {
      const answer = await put(limits, usualLimits);
      const { fields } = (await answer.json()) as { fields?: { field: string; reason: string }[] };
      return [answer.status, ...(fields ?? []).map(({ field, reason }) => `${field} ${reason}`)];
    },
    oftenSilent: async () => {
      const asked = { ...json({ reason: "often-silent" }), cookie };
      const answer = await world.request("/api/worklist/devices", asked);
      return deviceWorklistPage.parse(await answer.json()).rows.map(({ name }) => name);
    },
    search: async (query: Partial<RosterQuery> = {}): Promise<RosterPage> =>
      rosterPage.parse(
        await (await world.request("/api/patients/search", { ...json(query), cookie })).json(),
      ),
  };
}

/** Somebody who was low in so many of the last seven nights, and as often silent. */
async function addWithNights(database: Database, name: string, nights: number, nowMs: number) {
  const patients = createPatientStore(database, glucoseSealer);
  const added = await patients.add(
    { partnerUid: `nights-${name}`, openId: `ou_${name}`, name, ...place },
    nowMs,
  );
  const id = added?.patient.id ?? "";
  const calm = buildFigures({ asOfMs: nowMs });
  const figures = {
    ...calm.figures,
    week: { ...calm.figures.week, nightsWithLows: nights, silences: nights },
  };
  const status = {
    facts: noDeviceFacts,
    checkedAtMs: nowMs,
    stage: "reading",
    lastReadingAtMs: nowMs,
    sensor: null,
  } as const;
  await patients.keep(id, { status, figures: { ...calm, figures } });
  return id;
}

onBothDatabases((open) => {
  test("what an administrator sets holds on every server, for everybody's list, and is in the trail", async () => {
    const world = await createWorld({ database: await open(), authSecret: worldSecret });
    const other = await createWorld({ database: await open(), authSecret: worldSecret });
    const administrator = caller(world, await world.signIn("administrator"));
    const clinician = caller(other, await other.signIn("clinician"));
    const support = caller(other, await other.signIn("support"));
    expect(await clinician.get()).toEqual({ limits: usualLimits, usual: usualLimits, set: null });
    const id = await addWithNights(world.database, "Ada", 3, world.now());
    await addWithNights(world.database, "Bo", 5, world.now());
    const nightly = { filter: { reason: "night-lows" }, sort: "who-first" } as const;
    const names = async (on: typeof clinician) => (await on.search(nightly)).rows.map(({ name }) => name);
    expect([await names(clinician), await names(administrator)]).toEqual([
      ["Bo", "Ada"],
      ["Bo", "Ada"],
    ]);
    expect((await support.oftenSilent()).toSorted()).toEqual(["Ada", "Bo"]);

    const limits = { ...usualLimits, nightsWithLows: 4, silencesAWeek: 4, highForMin: 90 };
    expect((await administrator.put(limits, usualLimits)).status).toBe(200);
    expect([await names(clinician), await names(administrator)]).toEqual([["Bo"], ["Bo"]]);
    expect(await support.oftenSilent()).toEqual(["Bo"]);
    const ada = (await clinician.search()).rows.find((row) => row.id === id);
    expect(ada?.worklist).toMatchObject({ state: "none", reasons: [], nightsWithLows: 3 });
    expect((await clinician.search(nightly)).rows[0]?.worklist?.reasons).toMatchObject([
      { key: "night-lows", value: 5, limit: 4 },
      { key: "often-silent", value: 5, limit: 4 },
    ]);
    const set = { by: { id: expect.any(String), name: expect.any(String) }, atMs: world.now() };
    expect(await support.get()).toEqual({ limits, usual: usualLimits, set });
    expect((await administrator.put(usualLimits, limits)).status).toBe(200);
    expect(await names(clinician)).toEqual(["Bo", "Ada"]);

    const rows = await world.database.db
      .selectFrom("audit")
      .select(["subject", "outcome", "details"])
      .where("action", "=", "worklist.limits")
      .orderBy("seq")
      .execute();
    expect(rows.map(({ details }) => JSON.parse(details ?? "null"))).toEqual([
      {
        changed: "highForMin nightsWithLows silencesAWeek",
        "highForMin.before": 120,
        "highForMin.after": 90,
        "nightsWithLows.before": 2,
        "nightsWithLows.after": 4,
        "silencesAWeek.before": 3,
        "silencesAWeek.after": 4,
      },
      {
        changed: "highForMin nightsWithLows silencesAWeek",
        "highForMin.before": 90,
        "highForMin.after": 120,
        "nightsWithLows.before": 4,
        "nightsWithLows.after": 2,
        "silencesAWeek.before": 4,
        "silencesAWeek.after": 3,
      },
    ]);
    expect(rows.every(({ subject, outcome }) => subject === null && outcome === "ok")).toBe(true);
    await world.close();
    await other.close();
  });

  test("of two who change them at once one is told, and so is who knew others than there are", async () => {
    const [one, two] = [
      await createWorld({ database: await open(), authSecret: worldSecret }),
      await createWorld({ database: await open(), authSecret: worldSecret }),
    ];
    const cookie = await one.signIn("administrator");
    const here = caller(one, cookie);
    const there = caller(two, cookie);
    for (const nightsWithLows of [3, 4]) {
      const { limits: from } = await here.get();
      const answers = await Promise.all([
        here.put({ ...from, nightsWithLows }, from),
        there.put({ ...from, extendedLows: nightsWithLows }, from),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
    const { limits } = await there.get();
    expect(await here.get()).toEqual(await there.get());
    const stale = await here.put(usualLimits, { ...limits, silencesAWeek: 20 });
    expect([stale.status, await stale.json()]).toMatchObject([
      409,
      { code: "changed-meanwhile", fields: [{ field: "silencesAWeek", reason: "changed" }] },
    ]);
    expect((await here.get()).limits).toEqual(limits);

    await here.put({ ...usualLimits, fellByPoints: 20 }, { ...usualLimits, silencesAWeek: 20 });
    const refused = await one.database.db
      .selectFrom("audit")
      .select("details")
      .where("outcome", "=", "failed")
      .orderBy("seq", "desc")
      .executeTakeFirstOrThrow();
    expect(JSON.parse(refused.details ?? "")).toEqual({
      changed: "fellByPoints silencesAWeek",
      "fellByPoints.before": 15,
      "fellByPoints.after": 20,
      "silencesAWeek.before": 20,
      "silencesAWeek.after": usualLimits.silencesAWeek,
    });
    await one.close();
    await two.close();
  });
});

test("only whole numbers within their bounds are taken, all six of them", async () => {
  const world = await createWorld();
  const { faults, put, get } = caller(world, await world.signIn("administrator"));
  const wrong = { ...usualLimits, highForMin: 29, fellByPoints: 15.5, nightsWithLows: 8, silencesAWeek: "3" };
  expect(await faults(wrong)).toEqual([
    400,
    "limits.highForMin bounds",
    "limits.fellByPoints whole",
    "limits.nightsWithLows bounds",
    "limits.silencesAWeek whole",
  ]);
  const { highForMin: _left, ...five } = usualLimits;
  expect((await put(five, usualLimits)).status).toBe(400);
  expect((await put({ ...usualLimits, more: 1 }, usualLimits)).status).toBe(400);
  expect((await put(usualLimits, usualLimits)).status).toBe(200);
  expect((await get()).set).toBeNull();
  await world.close();
});

test("while a large list is judged by other limits the one before stands whole, with what has changed since", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const world = await createWorld({ database });
  const nowMs = world.now();
  const first = await addWithNights(database, "first", 3, nowMs);
  const {
    id: _id,
    partner_uid: _uid,
    open_id: _open,
    change_seq: _seq,
    ...row
  } = await database.db.selectFrom("patient").selectAll().where("id", "=", first).executeTakeFirstOrThrow();
  for (let number = 0; number < 4100; number += 100)
    await database.db
      .insertInto("patient")
      .values(
        Array.from({ length: 100 }, (_, index) => {
          const own = `many-${number + index}`;
          return { ...row, id: own, partner_uid: own, open_id: own };
        }),
      )
      .execute();
  const store = createPatientStore(database, glucoseSealer);
  const limits = createLimitsStore(database);
  const held = Promise.withResolvers<void>();
  let isHeld = false;
  const roster = createRoster(
    {
      ...store,
      changedAfter: async (seq, limit) => {
        const changed = await store.changedAfter(seq, limit);
        // The second page of the list anew; what has changed since comes after all others.
        if (isHeld && seq > 0 && changed.length === limit) await held.promise;
        return changed;
      },
    },
    limits,
    world.now,
  );
  const query = { q: "", sort: "who-first", down: false, days: 14, limit: 1, offset: 0 } as const;
  const search = () =>
    roster.search({ ...query, filter: { reason: "night-lows" } }, { id: "x", role: "clinician" });
  const to: Limits = { ...usualLimits, nightsWithLows: 4 };
  expect((await search()).total).toBe(4101);

  isHeld = true;
  await limits.change(to, usualLimits, "x", nowMs);
  expect((await search()).total).toBe(4101);
  await addWithNights(database, "second", 2, nowMs);
  await addWithNights(database, "third", 7, nowMs);
  const before = await search();
  expect(before.total).toBe(4103);
  expect(before.rows[0]?.worklist?.reasons[0]).toMatchObject({ key: "night-lows", limit: 2 });
  expect((await roster.reasonsNow(first)).reasons[0]).toMatchObject({ key: "night-lows" });
  await database.db.updateTable("patient").set({ name: "Renamed" }).where("id", "=", "many-5").execute();

  isHeld = false;
  held.resolve();
  await expect.poll(async () => (await search()).total).toBe(1);
  expect((await search()).rows).toMatchObject([{ name: "third" }]);
  expect(await roster.reasonsNow(first)).toMatchObject({ reasons: [{ key: "often-silent" }] });
  await world.close();
});
