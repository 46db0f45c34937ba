import { expect, test } from "vitest";
import type { Patient } from "#contract/patient.ts";
import { rosterPage } from "#contract/roster.ts";
import { lockPatients } from "#proxy/store/change-counter.ts";
import type { Database } from "#proxy/store/database.ts";
import { createImportStore } from "#proxy/store/imports.ts";
import { createLock } from "#proxy/store/lock.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";
import { createWorld, json } from "#test/support/world.ts";

const secret = "0123456789abcdef0123456789abcdef";
const place = { region: "SE", timeZone: "Europe/Stockholm" };
const middayMs = Date.UTC(2026, 10, 20, 12);
const halfMinuteMs = 30_000;

/** A server with a clinician signed in, its clock `lateMs` behind. */
async function startServer(database: Database, lateMs = 0) {
  const world = await createWorld({ database, authSecret: secret, startMs: middayMs - lateMs });
  const cookie = await world.signIn("clinician");
  const send = (method: string, path: string, body: object) =>
    world.request(`/api/patients/${path}`, { ...json(body), method, cookie });
  const search = async (query: object) =>
    rosterPage.parse(await (await send("POST", "search", query)).json());
  const register = async (partnerUid: string) =>
    (await world.proxy.registerPatient({ ...place, partnerUid, name: partnerUid })).patient;
  return {
    world,
    send,
    search,
    register,
    merge: (from: Patient, into: Patient | null) =>
      send("PUT", `${from.id}/merged-into`, { into: into?.id ?? null }),
    names: async (q: string) => (await search({ q })).rows.map(({ name }) => name).toSorted(),
  };
}

onBothDatabases((open) => {
  test("those who wait for one lock, however many, keep nobody from another", async () => {
    const database = await open();
    const { withLock, close } = createLock(database);
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 20 }, () => withLock("account one", () => held));
    const other = withLock("account two", async () => "done");
    const { promise: over, resolve: end } = Promise.withResolvers<string>();
    const timer = setTimeout(() => end("kept waiting"), 3000);
    expect(await Promise.race([other, over])).toBe("done");
    clearTimeout(timer);
    release();
    await Promise.all(waiting);
    await close();
    await database.db.destroy();
  });

  test("of two records that are merged each into the other at once one stays in the list", async () => {
    const [one, two] = [await startServer(await open()), await startServer(await open())];
    for (let round = 0; round < 10; round += 1) {
      const [a, b] = [await one.register(`each${round}x-a`), await one.register(`each${round}x-b`)];
      const answers = await Promise.all([one.merge(a, b), two.merge(b, a)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
      expect(await one.names(`each${round}x`)).toHaveLength(1);
      expect(await two.names(`each${round}x`)).toHaveLength(1);
    }
    const trail = await one.world.database.db.selectFrom("audit").selectAll().execute();
    const merged = trail.filter(({ action, outcome }) => action === "patient.merge" && outcome === "ok");
    expect(merged).toHaveLength(10);
    await one.world.close();
    await two.world.close();
  });

  test("of two changes of one name at once the trail calls one done and the other failed", async () => {
    const [one, two] = [await startServer(await open()), await startServer(await open())];
    for (let round = 0; round < 5; round += 1) {
      const { id, name } = await one.register(`name${round}x`);
      const rename = (server: typeof one, to: string) =>
        server.send("PATCH", id, { name: to, from: { name } });
      const answers = await Promise.all([rename(one, "First"), rename(two, "Second")]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    }
    const rows = await one.world.database.db
      .selectFrom("audit")
      .select("outcome")
      .where("action", "=", "patient.change")
      .execute();
    expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual([
      ...Array<string>(5).fill("failed"),
      ...Array<string>(5).fill("ok"),
    ]);
    await one.world.close();
    await two.world.close();
  });

  test("of three that are merged in a ring at once one stays in the list", async () => {
    const server = await startServer(await open());
    for (let round = 0; round < 5; round += 1) {
      const ring = await Promise.all(["a", "b", "c"].map((name) => server.register(`ring${round}x-${name}`)));
      await Promise.all(ring.map((from, i) => server.merge(from, ring[(i + 1) % 3] ?? null)));
      const stay = await server.names(`ring${round}x`);
      expect(stay.length).toBeGreaterThan(0);
      const { rows } = await server.search({ q: `ring${round}x` });
      expect(rows.flatMap(({ name, merged }) => [name, ...merged.map((part) => part.name)])).toHaveLength(3);
    }
    await server.world.close();
  });

  test("nobody is lost from the list when records are merged, archived and brought back at once", async () => {
    const [one, two] = [await startServer(await open()), await startServer(await open())];
    const archive = (server: typeof one, { id }: Patient, archived = true) =>
      server.send("PATCH", id, { archived });
    for (let round = 0; round < 10; round += 1) {
      const q = `arch${round}x`;
      const [a, b] = [await one.register(`${q}-a`), await one.register(`${q}-b`)];
      const [merged, archived] = await Promise.all([one.merge(a, b), archive(two, b)]);
      expect([merged.status, archived.status].toSorted()).toEqual([200, merged.ok ? 409 : 400]);
      expect(await one.names(q)).toHaveLength(1);
      await Promise.all([archive(one, a), one.merge(a, null), archive(two, b, false), two.merge(b, a)]);
      await Promise.all([
        archive(one, a, false),
        archive(two, b, false),
        one.merge(a, null),
        two.merge(b, null),
      ]);
      await Promise.all([archive(one, a, false), archive(two, b, false)]);
      expect(await two.names(q)).toHaveLength(2);
    }
    await one.world.close();
    await two.world.close();
  });

  test("what is archived takes no part, and a part is not archived; a whole is, with its parts", async () => {
    const { register, merge, send, names, search, world } = await startServer(await open());
    const people = await Promise.all(["a", "b", "c"].map((name) => register(`kept-${name}`)));
    const [a, b, c] = people as [Patient, Patient, Patient];
    const archive = ({ id }: Patient, archived: boolean, merged: Patient[] = []) =>
      send("PATCH", id, { archived, from: { merged: merged.map((part) => part.id) } });
    const fault = async (answer: Promise<Response>) =>
      ((await (await answer).json()) as { fields?: unknown }).fields;
    await archive(b, true);
    expect(await fault(merge(a, b))).toEqual([{ field: "into", reason: "archived" }]);
    expect(await fault(merge(b, a))).toEqual([{ field: "into", reason: "archived" }]);
    expect(await names("kept")).toEqual(["kept-a", "kept-c"]);
    await archive(b, false);
    await merge(a, b);
    await merge(b, c);
    expect(await fault(archive(a, true))).toEqual([{ field: "archived", reason: "merged" }]);
    expect(await fault(archive(c, true, [b]))).toEqual([{ field: "archived", reason: "changed" }]);
    expect((await archive(c, true, [b, a])).status).toBe(200);
    const archived = await search({ q: "kept", filter: { archived: true } });
    expect(archived.rows.map(({ name, merged }) => [name, merged.length])).toEqual([["kept-c", 2]]);
    await merge(b, null);
    expect(await names("kept")).toEqual(["kept-b"]);
    await world.close();
  });

  test("a record that is taken out again has back what had become a part of it", async () => {
    const { register, merge, search, send, world } = await startServer(await open());
    const people = await Promise.all(["a", "b", "c", "d"].map((name) => register(`chain-${name}`)));
    const [a, b, c, d] = people as [Patient, Patient, Patient, Patient];
    const shown = async () =>
      Object.fromEntries(
        (await search({ q: "chain" })).rows.map(({ name, merged }) => [
          name,
          merged.map((part) => part.name).toSorted(),
        ]),
      );
    await merge(a, b);
    await merge(b, c);
    await merge(d, c);
    expect(await shown()).toEqual({ "chain-c": ["chain-a", "chain-b", "chain-d"] });
    await merge(b, null);
    expect(await shown()).toEqual({ "chain-b": ["chain-a"], "chain-c": ["chain-d"] });
    // Into another one, with its part; and the part alone out of there.
    await merge(b, d).then(({ status }) => expect(status).toBe(400));
    await merge(c, b);
    expect(await shown()).toEqual({ "chain-b": ["chain-a", "chain-c", "chain-d"] });
    await merge(a, null);
    await merge(c, null);
    expect(await shown()).toEqual({ "chain-a": [], "chain-b": [], "chain-c": ["chain-d"] });
    expect((await send("PUT", `${c.id}/merged-into`, { into: d.id })).status).toBe(400);
    await world.close();
  });

  test("targets that a colleague has set in the same moment are not named as something else", async () => {
    const { register, world } = await startServer(await open());
    const { id, targets: before } = await register("targets-at-once");
    const store = createPatientStore(world.database, glucoseSealer);
    const set = (targets: "pregnancy" | "older-high-risk") =>
      store.change(id, { targets }, middayMs, { by: "x", atMs: middayMs, reason: null, before });
    const [first, second] = await Promise.all([set("pregnancy"), set("older-high-risk")]);
    expect([first.changed, second.changed].toSorted()).toEqual([false, true]);
    expect(await store.byId(id)).toMatchObject({ targetsSet: { before } });
    await world.close();
  });

  test("a file that was cancelled is not half put back to be tried again", async () => {
    const database = await open();
    const { world } = await startServer(database);
    const imports = createImportStore(database);
    const row = {
      row: 1,
      outcome: "new" as const,
      partnerUid: "x",
      name: "X",
      tags: [] as string[],
      dateOfBirth: null,
      hospitalNumber: null,
      diabetesType: null,
      therapy: null,
      phone: null,
      duplicate: null,
      ...place,
    };
    const rest = {
      field: null,
      reason: null,
      otherFaults: [],
      firstRow: null,
      nameHere: null,
      patientId: null,
    };
    const file = { fileName: "a.csv", encoding: "utf-8", delimiter: "," } as const;
    const id = await imports.add({ ...file, columns: [] }, [{ ...row, ...rest }], middayMs);
    await imports.setRow(id, 1, { outcome: "failed" });
    await imports.move(id, ["checked"], "cancelled");
    expect(await imports.again(id, {})).toBe(false);
    expect(await imports.counts(id)).toMatchObject({ failed: 1, new: 0 });
    await world.close();
  });

  test("servers whose clocks are apart show each other's archive, rename and merge", async () => {
    const ahead = await startServer(await open());
    const behind = await startServer(await open(), 8 * 3_600_000);
    const near = await startServer(await open(), halfMinuteMs);
    const servers = [ahead, behind, near];
    for (const [i, server] of servers.entries()) {
      const [a, b, c] = await Promise.all(
        ["x", "y", "z"].map((name) => server.register(`clock${i}-${name}`)),
      );
      if (!a || !b || !c) throw new Error("nobody was registered");
      for (const other of servers) expect(await other.names(`clock${i}`)).toHaveLength(3);
      await server.send("PATCH", a.id, { archived: true });
      await server.send("PATCH", b.id, { name: `clock${i} renamed` });
      for (const other of servers)
        expect(await other.names(`clock${i}`)).toEqual([`clock${i} renamed`, `clock${i}-z`]);
      await server.merge(c, b);
      for (const other of servers) expect(await other.names(`clock${i}`)).toEqual([`clock${i} renamed`]);
    }
    for (const { world } of servers) await world.close();
  });

  test("a change that is committed late is not passed over for one that was made after it", async () => {
    const { register, names, world } = await startServer(await open());
    const [first, second] = [await register("late-first"), await register("late-second")];
    const { db, kind } = world.database;
    const committed = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = db.transaction().execute(async (trx) => {
      await lockPatients(trx, kind);
      await trx.updateTable("patient").set({ name: "late-1" }).where("id", "=", first.id).execute();
      begun.resolve();
      await committed.promise;
    });
    await begun.promise;
    const store = createPatientStore(world.database, glucoseSealer);
    const quick = store.change(second.id, { name: "late-2" }, middayMs);
    const looked = kind === "postgres" ? await names("late") : ["late-first", "late-second"];
    expect(looked).toEqual(["late-first", "late-second"]);
    committed.resolve();
    await Promise.all([slow, quick]);
    expect(await names("late")).toEqual(["late-1", "late-2"]);
    await world.close();
  });
});
