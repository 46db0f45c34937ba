import { DatabaseSync } from "node:sqlite";
import { NodeSqliteDialect } from "@better-auth/kysely-adapter/node-sqlite-dialect";
import { betterAuth } from "better-auth";
import { symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { getMigrations } from "better-auth/db/migration";
import { twoFactor } from "better-auth/plugins";
import { Kysely } from "kysely";
import { describe, expect, test } from "vitest";
import { patientNotes } from "#contract/worklist-acts.ts";
import { resealSecondFactors } from "#proxy/auth/reseal.ts";
import { createResign, toVersions } from "#proxy/auth/secrets.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { hasPostgres, startPostgres } from "#test/support/postgres.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const [oldest, old, present] = ["a", "b", "c"].map((letter) => letter.repeat(40)) as [string, string, string];
const patient = (partnerUid: string) => ({ partnerUid, name: "Li Na", region: "CN", timeZone: "UTC" });

/** A clinic that goes from one secret to the next over the same database. */
async function rotate(databaseUrl: string | null) {
  const open = () => openDatabase({ databaseUrl, dataDir: ":memory:", sandbox: true });
  const database = await open();
  const before = await createWorld({ database, authSecret: old });
  const cookie = await before.signIn("clinician");
  for (const uid of ["p-1", "p-2", "p-3"])
    await before.request("/api/patients", { ...json(patient(uid)), cookie });
  const { id } = await database.db.selectFrom("patient").select("id").executeTakeFirstOrThrow();
  const notes = `/api/patients/${id}/notes`;
  for (const text of ["One", "Two"]) await before.request(notes, { ...json({ text }), cookie });
  const sealed = () => database.db.selectFrom("platform_token").select("sealed_token").execute();
  const openBy = async (secret: string) => {
    const sealer = createSealer(secret, "platform tokens");
    return (await sealed()).map(({ sealed_token }) => sealer.open(sealed_token) !== null);
  };
  const readNotes = async (world: World, as: string) =>
    patientNotes
      .parse(await (await world.request(notes, { cookie: as })).json())
      .notes.map(({ text }) => text);
  return { database, cookie, openBy, readNotes };
}

describe.each([
  ["SQLite", false],
  ["PostgreSQL", true],
])("on %s", (_, onPostgres) => {
  test.skipIf(onPostgres && !hasPostgres)(
    "a new secret with the old one beside it seals every token anew and signs nobody out",
    async () => {
      const postgres = onPostgres ? await startPostgres() : null;
      const { database, cookie, openBy, readNotes } = await rotate(postgres?.url ?? null);
      expect(await openBy(old)).toEqual([true, true, true]);

      const during = await createWorld({ database, authSecret: present, previousAuthSecrets: [oldest, old] });
      expect(await openBy(present)).toEqual([true, true, true]);
      expect(await openBy(old)).toEqual([false, false, false]);
      expect(during.logLines.join("")).toContain('"tokens":3,"notes":2');
      expect((await during.request("/api/patients/facets", { cookie })).status).toBe(200);
      const newCookie = await during.signIn("clinician");

      const after = await createWorld({ database, authSecret: present });
      expect((await after.request("/api/patients/facets", { cookie })).status).toBe(401);
      expect((await after.request("/api/patients/facets", { cookie: newCookie })).status).toBe(200);
      expect(await openBy(present)).toEqual([true, true, true]);
      expect((await readNotes(after, newCookie)).toSorted()).toEqual(["One", "Two"]);
      await after.close();
      await postgres?.stop();
    },
  );
});

test("without the old secret its cookies and tokens are worth nothing, and its notes are named without their text", async () => {
  const { database, cookie, readNotes } = await rotate(null);
  const world = await createWorld({ database, authSecret: present, previousAuthSecrets: [oldest] });
  expect((await world.request("/api/patients/facets", { cookie })).status).toBe(401);
  expect(world.logLines.join("")).toContain('"tokens":0');
  expect(await readNotes(world, await world.signIn("clinician"))).toEqual([null, null]);
});

test("a cookie is signed anew only when a previous secret had signed it", async () => {
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const cookie = await (await createWorld({ database, authSecret: old })).signIn("support");
  const resign = createResign(present, [old]);
  expect(resign(cookie)).not.toBe(cookie);
  expect(createResign(old, [present])(resign(cookie))).toBe(cookie);
  expect(createResign(present, [oldest])(cookie)).toBe(cookie);
  const forged = cookie.replace(/=./, (text) => (text === "=X" ? "=Y" : "=X"));
  expect(resign(`${forged}; theme=dark; broken=%E0%A4%A`)).toBe(`${forged}; theme=dark; broken=%E0%A4%A`);
});

test("second factors are encrypted anew, and those of a secret that is gone are counted", async () => {
  const db = new Kysely<{ twoFactor: { id: string; userId: string; secret: string; backupCodes: string } }>({
    dialect: new NodeSqliteDialect({ database: new DatabaseSync(":memory:") }),
  });
  const authWith = (...secrets: string[]) =>
    betterAuth({
      baseURL: "http://127.0.0.1",
      secrets: toVersions(secrets),
      database: { db, type: "sqlite" },
      telemetry: { enabled: false },
      logger: { disabled: true },
      plugins: [twoFactor()],
    });
  const before = authWith(old);
  await (await getMigrations(before.options)).runMigrations();
  const { secretConfig: oldKey, internalAdapter, adapter } = await before.$context;
  const encrypt = (data: string) => symmetricEncrypt({ key: oldKey, data });
  for (let i = 0; i < 130; i += 1) {
    const user = await internalAdapter.createUser(
      { email: `u${i}@clinic.example`, name: "U" },
      { method: "test" },
    );
    const [secret, backupCodes] = [await encrypt(`totp-${i}`), await encrypt(`["code-${i}"]`)];
    await adapter.create({ model: "twoFactor", data: { userId: user.id, secret, backupCodes } });
  }
  const reseal = async () => resealSecondFactors(await authWith(present, old).$context);
  expect(await reseal()).toEqual({ resealed: 130, unreadable: 0 });
  expect(await reseal()).toEqual({ resealed: 0, unreadable: 0 });

  const { secretConfig: key } = await authWith(present).$context;
  const rows = await db.selectFrom("twoFactor").selectAll().execute();
  const read = await Promise.all(
    rows.map(async ({ secret, backupCodes }) => [
      await symmetricDecrypt({ key, data: secret }),
      await symmetricDecrypt({ key, data: backupCodes }),
    ]),
  );
  const expected = Array.from({ length: 130 }, (_, i) => [`totp-${i}`, `["code-${i}"]`]);
  expect(read.sort()).toEqual(expected.sort());
  const stranger = await authWith("d".repeat(40), old).$context;
  expect(await resealSecondFactors(stranger)).toEqual({ resealed: 0, unreadable: 130 });
});
