import type { OperationOutcome } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import { apiKeyList, exchange } from "#contract/api-keys.ts";
import { auditPage } from "#contract/audit.ts";
import { problem } from "#contract/problem.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import { makeKey } from "#test/support/api-keys.ts";
import { fhirFaults } from "#test/support/fhir.ts";
import { createWorld, json, type World } from "#test/support/world.ts";

async function clinic(options: Parameters<typeof createWorld>[0] = {}) {
  const world = await createWorld(options);
  const [person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has nobody");
  const { patient } = await world.proxy.registerPatient(person);
  const cookie = await world.signIn("administrator");
  return { world, patient, cookie };
}

const ask = (world: World, secret: string, path: string, from = "192.0.2.9") =>
  world.request(path, { headers: { authorization: `Bearer ${secret}` }, from });

const problemOf = async (answer: Response) => {
  const { code, detail = "" } = problem.parse(await answer.json());
  return [answer.status, answer.headers.get("content-type"), code, detail] as const;
};

const list = async (world: World, cookie: string) =>
  apiKeyList.parse(await (await world.request("/api/keys", { cookie })).json()).keys;

const rowsBy = async (world: World, cookie: string, actor: string) => {
  const answer = await world.request(`/api/audit?actor=${actor}`, { cookie });
  return auditPage.parse(await answer.json()).rows;
};

test("a key is told once, reads what its role may, and its looks stand in the trail under its name", async () => {
  const { world, patient, cookie } = await clinic();
  const { key, secret } = await makeKey(world, cookie, { name: "Ward display", role: "clinician" });
  expect(secret).toMatch(/^tl_[0-9a-f]{64}$/);
  expect(key).toMatchObject({
    name: "Ward display",
    mayRegister: false,
    ending: secret.slice(-4),
    expiresAtMs: world.now() + 30 * dayMs,
    lastUsedAtMs: null,
    revoked: null,
  });
  const path = `/api/patients/${patient.id}/readings?start=${world.now() - dayMs}&end=${world.now()}`;
  expect((await ask(world, secret, path)).status).toBe(200);
  expect((await ask(world, secret, `/fhir/Patient/${patient.id}`)).status).toBe(200);

  const [listed] = await list(world, cookie);
  expect(listed).toEqual({ ...key, lastUsedAtMs: world.now() });
  expect(listed?.madeBy.name).toBe("Demo administrator");
  const rows = await rowsBy(world, cookie, key.id);
  expect(rows.map(({ action, actor, subject }) => [action, actor?.name, subject?.name]).reverse()).toEqual([
    ["patient-readings.view", "Ward display", patient.name],
    ["patient-fhir.read", "Ward display", patient.name],
  ]);
  const made = await world.request("/api/audit?action=key.make", { cookie });
  expect(auditPage.parse(await made.json()).rows[0]).toMatchObject({
    actor: { name: "Demo administrator" },
    subject: { kind: "key", id: key.id, name: "Ward display" },
    details: { role: "clinician", mayRegister: "false", expiresAtMs: key.expiresAtMs },
  });
  await world.close();
});

test("of a key nothing is kept that opens anything, and no line of the log has it", async () => {
  const { world, patient, cookie } = await clinic();
  const { secret } = await makeKey(world, cookie);
  await ask(world, secret, `/fhir/Patient/${patient.id}`);
  await ask(world, secret, "/api/staff");
  await ask(world, `${secret.slice(0, -1)}x`, "/api/patients/facets");
  const tables = ["api_key", "audit", "clinic_setting"] as const;
  const kept = await Promise.all(
    tables.map((table) => world.database.db.selectFrom(table).selectAll().execute()),
  );
  const told = `${JSON.stringify(kept)}${world.logLines.join("")}`;
  expect(kept.map((rows) => rows.length > 0)).toEqual([true, true, false]);
  expect(world.logLines.length).toBeGreaterThan(3);
  expect(told).not.toContain(secret.slice(3, 40));
  await world.close();
});

test("a key that is unknown, expired or revoked is told so, in FHIR's words under /fhir", async () => {
  const { world, patient, cookie } = await clinic();
  const { key, secret } = await makeKey(world, cookie, { name: "Short", days: 1 });
  const other = await makeKey(world, cookie, { name: "Long", days: 365 });
  const unknown = await ask(world, `tl_${"0".repeat(64)}`, "/api/patients/facets");
  expect(await problemOf(unknown)).toEqual([
    401,
    "application/problem+json",
    "not-signed-in",
    "This is no API key of this clinic. Was it copied whole?",
  ]);
  expect((await ask(world, "tl_short", "/api/patients/facets")).status).toBe(401);
  // What a proxy before this server may send along with everybody's requests is no key.
  const beside = { headers: { authorization: "Bearer ey.of.a-proxy" }, cookie };
  expect((await world.request("/api/patients/facets", beside)).status).toBe(200);

  world.advance(dayMs);
  const [status, , code, detail] = await problemOf(await ask(world, secret, "/api/patients/facets"));
  expect([status, code, detail]).toEqual([
    401,
    "not-signed-in",
    "This API key expired on 2026-11-21. Ask an administrator of this clinic for another.",
  ]);
  const asFhir = await ask(world, secret, `/fhir/Patient/${patient.id}`);
  const outcome = (await asFhir.json()) as OperationOutcome;
  expect([asFhir.status, asFhir.headers.get("content-type"), fhirFaults(outcome)]).toEqual([
    401,
    "application/fhir+json",
    [],
  ]);
  expect(outcome.issue[0]).toMatchObject({ code: "login", diagnostics: detail });

  expect((await ask(world, other.secret, "/api/patients/facets")).status).toBe(200);
  const revoked = await world.request(`/api/keys/${other.key.id}`, { method: "DELETE", cookie });
  expect(apiKeyList.parse(await revoked.json()).keys.find(({ id }) => id === other.key.id)?.revoked).toEqual({
    by: other.key.madeBy,
    atMs: world.now(),
  });
  expect((await problemOf(await ask(world, other.secret, "/api/patients/facets")))[3]).toContain("revoked");
  const again = await world.request(`/api/keys/${other.key.id}`, { method: "DELETE", cookie });
  expect(again.status).toBe(404);

  const late = await rowsBy(world, cookie, key.id);
  expect(late.map(({ action, outcome, details }) => [action, outcome, details])).toEqual([
    ["GET /fhir/Patient/:id", "forbidden", { key: "expired" }],
    ["GET /api/patients/facets", "forbidden", { key: "expired" }],
  ]);
  const nobody = await rowsBy(world, cookie, "nobody");
  expect(nobody.filter(({ details }) => details?.key === "unknown")).toHaveLength(2);
  await world.close();
});

test("whoever guesses is refused for a minute, and a key that is known is not, used before or not", async () => {
  const { world, cookie } = await clinic();
  const { secret } = await makeKey(world, cookie);
  const unused = await makeKey(world, cookie);
  const guess = (n: number) => ask(world, `tl_${String(n).padStart(64, "0")}`, "/api/fleet?by=lot");
  expect((await ask(world, secret, "/api/patients/facets")).status).toBe(200);
  for (let n = 0; n < 20; n += 1) expect((await guess(n)).status).toBe(401);
  const refused = await guess(20);
  expect([refused.status, Number(refused.headers.get("retry-after"))]).toEqual([429, 60]);
  expect((await ask(world, secret, "/api/patients/facets")).status).toBe(200);
  expect((await ask(world, unused.secret, "/api/patients/facets")).status).toBe(200);
  expect((await guess(21)).status).toBe(429);
  const elsewhere = await ask(world, `tl_${"f".repeat(64)}`, "/api/patients/facets", "192.0.2.10");
  expect(elsewhere.status).toBe(401);
  await world.close();
});

test("one key has a pace of its own, and says for how long to wait", async () => {
  const { world, cookie } = await clinic();
  const { secret } = await makeKey(world, cookie);
  const neighbour = await makeKey(world, cookie);
  let answer = await ask(world, secret, "/api/patients/facets");
  for (let n = 0; n < 400 && answer.status === 200; n += 1)
    answer = await ask(world, secret, "/api/patients/facets");
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await ask(world, neighbour.secret, "/api/patients/facets")).status).toBe(200);
  await world.close();
});

test("while exchange is off no key is told anything, and people go on", async () => {
  const { world, patient, cookie } = await clinic();
  const { key, secret } = await makeKey(world, cookie);
  const turn = async (isOn: boolean) => {
    const answer = await world.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie });
    return exchange.parse(await answer.json());
  };
  const before = await world.request("/api/exchange", { cookie });
  expect(await before.json()).toEqual({ isOn: true, set: null });
  expect(await turn(true)).toEqual({ isOn: true, set: null });
  expect(await turn(false)).toEqual({ isOn: false, set: { by: key.madeBy, atMs: world.now() } });
  expect(await problemOf(await ask(world, secret, "/api/devices/P225043056"))).toEqual([
    403,
    "application/problem+json",
    "forbidden",
    "An administrator of this clinic has turned off all exchange with other programs.",
  ]);
  expect((await ask(world, secret, `/fhir/Patient/${patient.id}`)).status).toBe(403);
  expect((await world.request(`/fhir/Patient/${patient.id}`, { cookie })).status).toBe(200);
  expect((await turn(true)).isOn).toBe(true);
  expect((await ask(world, secret, `/fhir/Patient/${patient.id}`)).status).toBe(200);
  const rows = await world.database.db.selectFrom("audit").select("action").orderBy("seq").execute();
  expect(rows.map(({ action }) => action).filter((action) => /^exchange\.o/.test(action))).toEqual([
    "exchange.off",
    "exchange.on",
  ]);
  await world.close();
});

test.each([
  ["no name", { name: " " }, "name", "required"],
  ["an administrator's role", { role: "administrator" }, "role", undefined],
  ["no end", { days: undefined }, "days", "required"],
  ["an end after more than a year", { days: 366 }, "days", "bounds"],
  ["a support desk that registers", { role: "support", mayRegister: true }, "mayRegister", "role"],
])("no key is made with %s", async (_what, change, field, reason) => {
  const { world, cookie } = await clinic();
  const body = { name: "X", role: "clinician", days: 30, ...change };
  const answer = await world.request("/api/keys", { ...json(body), cookie });
  const { fields } = problem.parse(await answer.json());
  expect([answer.status, fields?.[0]?.field]).toEqual([400, field]);
  if (reason) expect(fields?.[0]?.reason).toBe(reason);
  expect(await list(world, cookie)).toEqual([]);
  await world.close();
});

test("a use is noted once a minute", async () => {
  const { world, cookie } = await clinic();
  const { secret } = await makeKey(world, cookie);
  const usedAt = async () => {
    await ask(world, secret, "/api/patients/facets");
    return (await list(world, cookie))[0]?.lastUsedAtMs;
  };
  const first = await usedAt();
  expect(first).toBe(world.now());
  world.advance(minuteMs / 2);
  expect(await usedAt()).toBe(first);
  world.advance(minuteMs / 2);
  expect(await usedAt()).toBe(world.now());
  await world.close();
});
