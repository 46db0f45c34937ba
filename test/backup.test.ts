import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { auditVerification } from "#contract/audit.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createTokenStore } from "#proxy/store/platform-users.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { hasPostgres, type Postgres, restorePostgres, startPostgres } from "#test/support/postgres.ts";
import { createWorld } from "#test/support/world.ts";
import { backUp } from "../src/backup.ts";

const authSecret = "0123456789abcdef0123456789abcdef";
const person = { partnerUid: "clinic-1", name: "Zoë Ångström", region: "SE", timeZone: "Europe/Stockholm" };
const serials = ["P225043056", "P225043057", "P225043058"];

const startOn = (database: Database) => createWorld({ database, authSecret });
type World = Awaited<ReturnType<typeof startOn>>;

/** A clinic with a patient, a sealed token and an audit trail. */
async function fill(world: World) {
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("clinician");
  await world.request(`/api/patients/${patient.id}/summary`, { cookie });
  for (const serial of serials) await world.request(`/api/devices/${serial}`, { cookie });
  return { patient, cookie };
}

const tokenStore = ({ database: { db } }: World) =>
  createTokenStore(db, createSealer(authSecret, "platform tokens"));

/**
 * What a restored clinic must still be: the same patient, session and token,
 * and a trail that is whole and goes on.
 */
async function expectWhole(world: World, before: Awaited<ReturnType<typeof fill>>, rows: number) {
  const found = await world.request(`/api/patients/${before.patient.id}`, { cookie: before.cookie });
  expect(await found.json()).toEqual(before.patient);
  expect((await tokenStore(world).get(before.patient.openId))?.accessToken).toMatch(/./);
  const cookie = await world.signIn("administrator");
  const answer = await world.request("/api/audit/verification", { cookie });
  // Since the restart: the patient was opened, and the administrator signed in.
  expect(auditVerification.parse(await answer.json())).toMatchObject({ rows: rows + 2, faults: [] });
}

const countRows = async ({ database: { db } }: World) =>
  (await db.selectFrom("audit").select("seq").execute()).length;

describe("SQLite", () => {
  const root = mkdtempSync(join(tmpdir(), "trendline-backup-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const open = (folder: string) =>
    openDatabase({ databaseUrl: null, dataDir: join(root, folder), sandbox: true });
  test("a backup taken while the server runs is whole without what came later, and starts where it is put back", async () => {
    const world = await startOn(await open("running"));
    const before = await fill(world);
    const rows = await countRows(world);
    const copy = join(root, "copy.db");
    const env = { DATA_DIR: join(root, "running") };
    const taken = promisify(execFile)(process.execPath, ["src/backup.ts", copy], { env });
    for (let i = 0; i < 50; i += 1) await world.request(`/api/devices/P99${i}`, { cookie: before.cookie });
    expect(await taken).toMatchObject({ stdout: expect.stringMatching(/^Backed up .* AUTH_SECRET/) });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    await world.close();

    mkdirSync(join(root, "restored"));
    copyFileSync(copy, join(root, "restored", "sandbox.db"));
    const restored = await startOn(await open("restored"));
    const kept = await countRows(restored);
    expect(kept).toBeGreaterThanOrEqual(rows);
    expect(kept).toBeLessThanOrEqual(rows + 50);
    await expectWhole(restored, before, kept);
    await restored.close();
  });

  test("what goes wrong leaves no part of a backup behind", async () => {
    const dir = join(root, "damaged");
    await (await startOn(await open("damaged"))).close();
    const source = join(dir, "sandbox.db");
    truncateSync(source, statSync(source).size - 3 * 4096);
    const target = join(dir, "backup");
    mkdirSync(target);
    expect(() => backUp(join(target, "x.db"), { DATA_DIR: dir })).toThrow(/malformed|damaged/);
    expect(readdirSync(target)).toEqual([]);
  });

  test("where a clinic's database lies beside the sandbox's, the clinic's is backed up, also without its platform's secrets", async () => {
    const dir = join(root, "both");
    await (await startOn(await open("both"))).close();
    const real = await openDatabase({ databaseUrl: null, dataDir: dir, sandbox: false });
    await sql`create table the_clinic (x integer)`.execute(real.db);
    await real.db.destroy();
    const copy = join(root, "clinic.db");
    expect(backUp(copy, { DATA_DIR: dir })).toContain("trendline.db");
    const copied = new DatabaseSync(copy, { readOnly: true });
    expect(copied.prepare("select count(*) as rows from the_clinic").get()).toEqual({ rows: 0 });
    copied.close();
  });

  test("of two backups to the same place one is told that the other is there", async () => {
    const dir = join(root, "twice");
    await (await startOn(await open("twice"))).close();
    const copy = join(root, "twice.db");
    const env = { DATA_DIR: dir };
    const run = () => promisify(execFile)(process.execPath, ["src/backup.ts", copy], { env });
    const results = await Promise.allSettled([run(), run()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find((one) => one.status === "rejected")?.reason).toMatchObject({
      stderr: expect.stringMatching(/overwrites nothing/),
    });
  });

  test("a backup overwrites nothing, and says what is missing", async () => {
    const dir = join(root, "refused");
    await (await startOn(await open("refused"))).close();
    const file = join(root, "x.db");
    expect(() => backUp(undefined, { DATA_DIR: dir })).toThrow(/Say where to/);
    expect(() => backUp(join(dir, "sandbox.db"), { DATA_DIR: dir })).toThrow(/overwrites nothing/);
    expect(() => backUp(file, { DATA_DIR: join(root, "nowhere") })).toThrow(/no database at/);
    const env = { DATABASE_URL: "postgres://user:hidden@db.example/trendline" };
    expect(() => backUp(file, env)).toThrow(/pg_dump/);
    expect(() => backUp(file, env)).not.toThrow(/hidden/);
    expect(existsSync(file)).toBe(false);
  });
});

if (hasPostgres)
  describe("PostgreSQL", () => {
    const running: Postgres[] = [];
    beforeAll(async () => {
      running.push(await startPostgres());
    });
    afterEach(async () => {
      for (const postgres of running.splice(0)) await postgres.stop();
    });

    test("a base backup taken while the server runs starts as a database of its own, and is whole", async () => {
      const [postgres] = running;
      if (!postgres) throw new Error("no PostgreSQL");
      const open = (url: string) => openDatabase({ databaseUrl: url, dataDir: "", sandbox: true });
      const world = await startOn(await open(postgres.url));
      const before = await fill(world);
      const { db } = world.database;
      const copy = await db.connection().execute(async (connection) => {
        await sql`select pg_backup_start('rehearsal', true)`.execute(connection);
        await world.request("/api/devices/P225043059", { cookie: before.cookie });
        const folder = postgres.copyData();
        const { rows } = await sql<{ labelfile: string }>`
          select labelfile from pg_backup_stop(false)`.execute(connection);
        postgres.copyLog(folder);
        return { folder, label: rows[0]?.labelfile ?? "" };
      });
      const rows = await countRows(world);
      await world.request("/api/devices/P225043060", { cookie: before.cookie });
      await world.close();

      const other = await restorePostgres(copy.folder, copy.label);
      running.push(other);
      const restored = await startOn(await open(other.url));
      expect(await countRows(restored)).toBe(rows);
      await expectWhole(restored, before, rows);
      await restored.close();
    });
  });
else
  test("PostgreSQL is NOT tested here: the registry's binaries are for Linux on x64", () => {
    expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
  });
