import { pino } from "pino";
import { expect, test } from "vitest";
import { problem } from "#contract/problem.ts";
import { createLocalLock } from "#proxy/lock.ts";
import { createPlatform } from "#proxy/platform/platform.ts";
import { createRegisterPatient } from "#proxy/roster/register-patient.ts";
import type { Database } from "#proxy/store/database.ts";
import { createPatientStore } from "#proxy/store/patients.ts";
import { createRegisteredUsers, createSensorBook, createTokenStore } from "#proxy/store/platform-users.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { onBothDatabases } from "#test/support/databases.ts";
import { glucoseSealer } from "#test/support/glucose-sealer.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

const authSecret = "0123456789abcdef0123456789abcdef";

const person = (partnerUid: string) => ({
  partnerUid,
  name: `Person ${partnerUid}`,
  region: "SE",
  timeZone: "Europe/Stockholm",
});

/**
 * Answers registrations with `openId` for as long as it returns one; the answer lists
 * whom the platform was asked to register.
 */
function answerRegistrations(world: World, openIdOf: (partnerUid: string) => string | null) {
  const platform = world.sandbox.fetch.bind(world.sandbox);
  const asked: string[] = [];
  world.sandbox.fetch = async (request, bindings) => {
    if (!request.url.endsWith("/register")) return platform(request, bindings);
    const { partner_uid: partnerUid } = (await request.clone().json()) as { partner_uid: string };
    asked.push(partnerUid);
    const open_id = openIdOf(partnerUid);
    if (!open_id) return platform(request, bindings);
    const data = { open_id, access_token: `token for ${partnerUid}`, expire_in: 7200 };
    return Response.json({ code: 0, msg: "success", data });
  };
  return asked;
}

function suite(open: () => Promise<Database>) {
  const start = async (prefix: string) => {
    const world = await createWorld({ database: await open(), authSecret });
    const cookie = await world.signIn("clinician");
    const register = async (uid: string) => {
      const answer = await world.request("/api/patients", { ...json(person(`${prefix}-${uid}`)), cookie });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const patients = () =>
      world.database.db
        .selectFrom("patient")
        .select(["partner_uid", "name", "open_id"])
        .where("partner_uid", "like", `${prefix}-%`)
        .orderBy("partner_uid")
        .execute();
    return { ...world, cookie, register, patients };
  };

  test("a registration that is answered with a patient's open ID is an error, and that patient stays as they are", async () => {
    const world = await start("stranger");
    const first = await world.register("ada");
    expect(first.status).toBe(201);
    const before = await world.patients();
    const tokens = () => world.database.db.selectFrom("platform_token").selectAll().execute();
    const kept = await tokens();
    answerRegistrations(world, () => before[0]?.open_id ?? null);
    const second = await world.register("bo");
    expect(second.status).toBe(502);
    expect(problem.parse(second.body).code).toBe("platform-mixed-up");
    expect(JSON.stringify(second.body)).not.toContain("Person stranger-ada");
    expect(await world.patients()).toEqual(before);
    expect(await tokens()).toEqual(kept);
    await world.close();
  });

  test("of many who are answered with one open ID at once one gets it, and the service user's is nobody's", async () => {
    const world = await start("many");
    await world.request("/api/devices/P225043056", { cookie: world.cookie });
    answerRegistrations(world, () => "user_one_for_all");
    const answers = await Promise.all(["1", "2", "3", "4", "5", "6"].map((uid) => world.register(uid)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 502, 502, 502, 502, 502]);
    expect((await world.patients()).map(({ open_id }) => open_id)).toEqual(["user_one_for_all"]);
    const service = await world.database.db
      .selectFrom("service_user")
      .select("open_id")
      .where("partner_uid", "=", "trendline-service")
      .executeTakeFirstOrThrow();
    answerRegistrations(world, () => service.open_id);
    expect((await world.register("7")).status).toBe(502);
    await world.close();
  });

  test("a file says of such a row what happened, and the others are registered", async () => {
    const world = await start("file");
    await world.register("0");
    const taken = (await world.patients())[0]?.open_id ?? null;
    const asked = answerRegistrations(world, (uid) => (uid === "file-2" ? taken : null));
    const upload = await world.request("/api/imports", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": "a.csv" },
      body: "id,name\nfile-1,One\nfile-2,Two\nfile-3,Three",
      cookie: world.cookie,
    });
    const { id } = (await upload.json()) as { id: string };
    await world.request(`/api/imports/${id}/start`, { method: "POST", cookie: world.cookie });
    const job = async () =>
      (await (await world.request(`/api/imports/${id}`, { cookie: world.cookie })).json()) as {
        state: string;
      };
    await expect.poll(async () => (await job()).state).toBe("done");
    expect(await job()).toMatchObject({ counts: { registered: 2, failed: 1, here: 0 } });
    expect(asked.filter((uid) => uid === "file-2")).toHaveLength(1);
    await world.close();
  });

  test("after a crash between the platform's answer and the patient's row the registration goes on where it was", async () => {
    const database = await open();
    const world = await createWorld({ database, authSecret });
    const { db } = database;
    let registered = 0;
    const platform = createPlatform({
      baseUrl: "http://platform.test",
      appId: "app",
      appSecret: "secret",
      serviceUid: "service",
      now: Date.now,
      steadyMs: () => performance.now(),
      realSteadyMs: () => performance.now(),
      callsPerSecond: 1000,
      log: pino({ level: "silent" }),
      tokens: createTokenStore(db, createSealer(authSecret, "platform tokens")),
      registered: createRegisteredUsers(db),
      sensors: createSensorBook(db, Date.now),
      fetch: async () => {
        registered += 1;
        const data = { open_id: "user_before_the_crash", access_token: "token", expire_in: 7200 };
        return Response.json(
          registered === 1 ? { code: 0, data } : { code: 4242, msg: "already registered" },
        );
      },
    });
    const patients = createPatientStore(database, glucoseSealer);
    const killed = { ...patients, add: () => Promise.reject(new Error("killed here")) };
    const withLock = createLocalLock();
    const before = createRegisterPatient(killed, platform, withLock, Date.now);
    await expect(before(person("crash-1"))).rejects.toThrow("killed here");
    const after = createRegisterPatient(patients, platform, withLock, Date.now);
    expect(await after(person("crash-1"))).toMatchObject({
      created: true,
      patient: { partnerUid: "crash-1", openId: "user_before_the_crash" },
    });
    expect(registered).toBe(1);
    await world.close();
  });
}

onBothDatabases(suite);
