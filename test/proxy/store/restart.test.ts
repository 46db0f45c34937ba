import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { lockPatients } from "#proxy/store/change-counter.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createLock } from "#proxy/store/lock.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { csvOf, openClinic } from "#test/proxy/imports/clinic.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";
import { hasPostgres, type Postgres, startPostgres } from "#test/support/postgres.ts";
import { createWorld, json } from "#test/support/world.ts";

if (hasPostgres)
  describe("PostgreSQL is restarted", () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres.stop());
    const open = (longestPauseMs?: number) =>
      openDatabase({ databaseUrl: postgres.url, dataDir: "", sandbox: true, longestPauseMs });
    const restart = async () => {
      await postgres.halt();
      await postgres.resume();
    };

    test("under whoever has borrowed a connection and is between two queries: the next one fails, and no process ends", async () => {
      const database = await open();
      const { withLock, close } = createLock(database);
      const { db } = database;
      const ask = (one: typeof db) => one.selectNoFrom((eb) => eb.lit(1).as("one")).execute();
      const borrowed = db.connection().execute(async (one) => {
        await ask(one);
        await withLock("something", restart);
        await ask(one);
      });
      await expect(borrowed).rejects.toThrow(/terminat|not queryable/);
      expect(await ask(db)).toEqual([{ one: 1 }]);
      expect(await withLock("something", async () => "done")).toBe("done");
      await close();
      await db.destroy();
    });

    test("a server that stands still within a transaction does not keep others from writing for ever", async () => {
      const world = await createWorld({ database: await open() });
      const [still, other] = [await open(1000), await open()];
      const limitOf = async ({ db }: Database) =>
        (await sql`show idle_in_transaction_session_timeout`.execute(db)).rows;
      const limits = await Promise.all([still, other].map(limitOf));
      expect(limits.flat()).toEqual(
        ["1s", "15s"].map((limit) => ({ idle_in_transaction_session_timeout: limit })),
      );
      const begun = Promise.withResolvers<void>();
      const goesOn = Promise.withResolvers<void>();
      const stands = still.db.transaction().execute(async (trx) => {
        await lockPatients(trx, "postgres");
        begun.resolve();
        await goesOn.promise;
        await lockPatients(trx, "postgres");
      });
      await begun.promise;
      const nobody = await createPatientStore(other, glucoseSealer).change("nobody", { name: "X" }, 0);
      expect(nobody).toEqual({ patient: null, changed: false });
      goesOn.resolve();
      await expect(stands).rejects.toThrow(/terminat|not queryable/);
      await Promise.all([still, other].map(({ db }) => db.destroy()));
      await world.close();
    });

    test("while it is away requests fail in words and /readyz says so; afterwards all is as before", async () => {
      const world = await createWorld({ database: await open() });
      const cookie = await world.signIn("clinician");
      const calls = {
        search: () => world.request("/api/patients/search", { ...json({}), cookie }),
        session: () => world.request("/api/auth/get-session", { cookie }),
        signIn: () =>
          world.request("/api/auth/sign-in/email", json({ email: "a@b.example", password: "who knows" })),
        invitation: () => world.request("/api/invitations/look", json({ token: "x".repeat(43) })),
      };
      await postgres.halt();
      for (const [name, call] of Object.entries(calls)) {
        const answer = await call();
        expect([name, answer.status, answer.headers.get("retry-after")]).toEqual([name, 503, "2"]);
        expect(problem.parse(await answer.json())).toMatchObject({
          code: "database-unavailable",
          detail: expect.stringMatching(/^The database cannot be reached\./),
        });
      }
      expect((await world.request("/healthz")).status).toBe(200);
      const ready = await world.request("/readyz");
      expect([ready.status, await ready.json()]).toEqual([
        503,
        { status: "database", database: "away", detail: "The database cannot be reached." },
      ]);
      expect(world.logLines.join("")).toContain("The database cannot be reached.");

      await postgres.resume();
      expect((await world.request("/readyz")).status).toBe(200);
      expect((await calls.search()).status).toBe(200);
      await world.close();
    });

    test("a request that comes while it restarts waits and is answered", async () => {
      const world = await createWorld({ database: await open() });
      const cookie = await world.signIn("clinician");
      await postgres.halt();
      const answer = world.request("/api/patients/search", { ...json({}), cookie });
      await postgres.resume();
      expect((await answer).status).toBe(200);
      await world.close();
    });

    test("in the middle of an import: it goes on by itself, and every row is registered", async () => {
      const clinic = await openClinic(await open());
      const id = await clinic.check(csvOf("restarted", 60));
      await clinic.call(id, "start");
      for (const count of [10, 30]) {
        await expect.poll(() => clinic.registrations.length, { interval: 10 }).toBeGreaterThan(count);
        await restart();
      }
      const { counts } = await clinic.until(id, "done");
      expect([counts.registered + counts.here, counts.failed, counts.new]).toEqual([60, 0, 0]);
      await clinic.close();
    });
  });
else
  test("restarts of PostgreSQL are NOT tested here: the registry's binaries are for Linux on x64", () => {
    expect(`${process.platform}-${process.arch}`).not.toBe("linux-x64");
  });
