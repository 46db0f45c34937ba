import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { openDatabase, sqliteFile } from "#proxy/store/database.ts";
import { databaseTrouble } from "#proxy/store/database-trouble.ts";
import { csvOf, openClinic } from "#test/proxy/imports/clinic.ts";
import { fillUp } from "#test/support/full-disk.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const searchAt = (world: World, cookie: string) =>
  world.request("/api/patients/search", { ...json({ q: "Anna" }), cookie });

test("a full disk is said in words, by /readyz too, and once there is room it goes on by itself", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const makeRoom = await fillUp(world.database);
  const answer = await expectFull(world, cookie);
  expect(problem.parse(await answer.json())).toMatchObject({
    code: "storage-full",
    detail: expect.stringMatching(/^The disk that the database lies on is full\. .*goes on by itself/),
    retryAfterS: 30,
  });
  expect(world.logLines.join("")).toContain("The disk of the database is full");
  const ready = await world.request("/readyz");
  expect([ready.status, await ready.json()]).toMatchObject([503, { database: "full" }]);
  expect((await world.request("/healthz")).status).toBe(200);

  await makeRoom();
  expect((await world.request("/readyz")).status).toBe(200);
  expect((await searchAt(world, cookie)).status).toBe(200);
  await world.close();
});

/** Each search writes a row; the first few may still fit. */
async function expectFull(world: World, cookie: string): Promise<Response> {
  for (;;) {
    world.advance(11 * 60_000);
    const answer = await searchAt(world, cookie);
    if (answer.status === 503) return answer;
    expect(answer.status).toBe(200);
  }
}

test("an import waits for room on the disk and then registers every row", async () => {
  const waits = Promise.withResolvers<void>();
  const clinic = await openClinic(undefined, { wait: async () => waits.resolve() });
  const id = await clinic.check(csvOf("room", 40));
  const makeRoom = await fillUp(clinic.database);
  await clinic.database.db.updateTable("import_job").set({ state: "running" }).execute();
  await clinic.call(id, "start");
  await waits.promise;
  await makeRoom();
  expect((await clinic.until(id, "done")).counts).toMatchObject({ failed: 0, new: 0 });
  await clinic.close();
});

test("a program that holds the file for long holds up neither /healthz nor reading, and is waited for", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "trendline-held-"));
  const world = await createWorld({
    database: await openDatabase({ databaseUrl: null, dataDir, sandbox: true }),
  });
  const cookie = await world.signIn("clinician");
  const outside = new DatabaseSync(sqliteFile(dataDir, true));
  outside.exec("begin immediate");
  const waiting = searchAt(world, cookie);
  const startMs = performance.now();
  expect((await world.request("/healthz")).status).toBe(200);
  expect((await world.request("/api/about")).status).toBe(200);
  expect((await world.request("/api/staff/colleagues", { cookie })).status).toBe(200);
  expect(performance.now() - startMs).toBeLessThan(1000);
  const ready = await world.request("/readyz");
  expect([ready.status, await ready.json()]).toMatchObject([503, { database: "busy" }]);
  outside.exec("rollback");
  outside.close();
  expect((await waiting).status).toBe(200);
  expect((await world.request("/readyz")).status).toBe(200);
  await world.close();
  rmSync(dataDir, { recursive: true });
});

test("what a transaction decides by stays so until it has written, whoever else writes to the file", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "trendline-decides-"));
  const open = () => openDatabase({ databaseUrl: null, dataDir, sandbox: true });
  const databases = await Promise.all([open(), open()]);
  await sql`create table counter (value integer)`.execute(databases[0].db);
  await sql`insert into counter values (0)`.execute(databases[0].db);
  const addOne = ({ db }: (typeof databases)[0]) =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ value: number }>`select value from counter`.execute(trx);
      await new Promise(setImmediate);
      await sql`update counter set value = ${(rows[0]?.value ?? 0) + 1}`.execute(trx);
    });
  await Promise.all(Array.from({ length: 40 }, (_, i) => addOne(databases[i % 2 === 0 ? 0 : 1])));
  const { rows } = await sql<{ value: number }>`select value from counter`.execute(databases[1].db);
  expect(rows).toEqual([{ value: 40 }]);
  for (const { db } of databases) await db.destroy();
  rmSync(dataDir, { recursive: true });
});

test.each([
  ["53100", "full"],
  ["53300", "busy"],
  ["57P01", "away"],
  ["57P03", "away"],
  ["08006", "away"],
  ["25006", "read-only"],
  ["40P01", "busy"],
  ["23505", null],
  ["42P01", null],
])("PostgreSQL's %s is told as %s", (code, trouble) => {
  const error = Object.assign(new pg.DatabaseError("x", 1, "error"), { code });
  expect(databaseTrouble(error)).toBe(trouble);
  expect(databaseTrouble(new Error("a library's own", { cause: error }))).toBe(trouble);
});

test("a platform that cannot be reached is not taken for the database", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), {
    code: "ECONNREFUSED",
    syscall: "connect",
  });
  expect(databaseTrouble(refused)).toBe("away");
  expect(databaseTrouble(new TypeError("fetch failed", { cause: refused }))).toBeNull();
  const missing = Object.assign(new Error("no such file"), { code: "ENOENT", syscall: "open" });
  expect(databaseTrouble(missing)).toBeNull();
});
