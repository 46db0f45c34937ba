import { expect, test } from "vitest";
import { roles } from "#contract/staff.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

const newcomer = { partnerUid: "x-1", name: "X", region: "CN", timeZone: "Asia/Shanghai" };
const colleague = {
  name: "New",
  email: "new@clinic.example",
  role: "support",
  password: "correct horse battery",
};

/** Every route that needs a session, and who may call it. */
const routes: [string, string, readonly string[], object?][] = [
  ["POST", "/api/patients/search", ["clinician", "administrator"], { q: "x" }],
  ["GET", "/api/patients/facets", ["clinician", "administrator"]],
  ["POST", "/api/patients/lookup", ["clinician", "administrator"], { partnerUid: "x-1" }],
  ["POST", "/api/patients", ["clinician", "administrator"], newcomer],
  ["GET", "/api/patients/none", ["clinician", "administrator"]],
  ["PATCH", "/api/patients/none", ["clinician", "administrator"], { targets: "pregnancy" }],
  ["GET", "/api/patients/none/merged", ["clinician", "administrator"]],
  ["PUT", "/api/patients/none/merged-into", ["clinician", "administrator"], { into: null }],
  ["GET", "/api/patients/none/summary", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/ranges", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/readings?start=1&end=2", ["clinician", "administrator"]],
  ["GET", "/api/devices/P225043056", ["clinician", "support", "administrator"]],
  ["POST", "/api/devices/states", ["clinician", "support", "administrator"], { serials: ["P225043056"] }],
  ["GET", "/api/devices/P225043056/journey", ["clinician", "support", "administrator"]],
  ["GET", "/api/devices/P225043056/readings", ["clinician", "administrator"]],
  ["GET", "/api/imports", ["clinician", "administrator"]],
  ["POST", "/api/imports", ["clinician", "administrator"]],
  ["GET", "/api/imports/none", ["clinician", "administrator"]],
  ["DELETE", "/api/imports/none", ["clinician", "administrator"]],
  ["GET", "/api/imports/none/rows", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/start", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/pause", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/cancel", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/retry", ["clinician", "administrator"]],
  ["GET", "/api/audit", ["administrator"]],
  ["GET", "/api/audit/choices", ["administrator"]],
  ["GET", "/api/audit/verification", ["administrator"]],
  ["POST", "/api/audit/acts", ["clinician", "support", "administrator"], { act: "sensor-list.export" }],
  ["POST", "/api/audit/acts", ["clinician", "administrator"], { act: "patients.print" }],
  ["POST", "/api/audit/acts", ["administrator"], { act: "staff.print" }],
  ["GET", "/api/staff", ["administrator"]],
  ["GET", "/api/staff/colleagues", ["clinician", "administrator"]],
  ["POST", "/api/staff", ["administrator"], colleague],
  ["GET", "/api/account", roles],
  ["POST", "/api/account/activity", roles],
  ["PUT", "/api/account/password", roles, { password: "not the right one", next: "correct horse battery" }],
  ["POST", "/api/account/second-factor", roles, { password: "not the right one" }],
  ["POST", "/api/account/second-factor/confirm", roles, { code: "000000" }],
  ["POST", "/api/account/second-factor/off", roles, { password: "not the right one" }],
  ["POST", "/api/account/second-factor/recovery-codes", roles, { password: "not the right one" }],
  ["GET", "/api/account/sessions", roles],
  ["DELETE", "/api/account/sessions/none", roles],
  ["DELETE", "/api/account/sessions", roles],
];

test("every route lets its roles in and nobody else", async () => {
  const world = await createWorld();
  // Once each: signing in for every route would run into the limit of sign-ins.
  const cookies = { clinician: "", support: "", administrator: "" };
  for (const role of roles) cookies[role] = await world.signIn(role);
  for (const [method, path, allowed, body] of routes) {
    const init = body ? { ...json(body), method } : { method };
    const anonymous = await world.request(path, init);
    expect([method, path, anonymous.status]).toEqual([method, path, 401]);
    for (const role of roles) {
      const { status } = await world.request(path, { ...init, cookie: cookies[role] });
      expect([method, path, role, status === 403]).toEqual([method, path, role, !allowed.includes(role)]);
    }
  }
});

test("the table above is all that the API describes", async () => {
  const world = await createWorld();
  const document = (await (await world.request("/api/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const tested = routes.map(([method, path]) =>
    `${method} ${path}`.replace(/\?.*/, "").replace("/none", "/{id}").replace("P225043056", "{serial}"),
  );
  expect(described.sort()).toEqual([...new Set(tested), "GET /api/about"].sort());
});

test("a request from another site changes nothing", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const init = json(newcomer);
  const answer = await world.request("/api/patients", {
    ...init,
    headers: { ...init.headers, origin: "https://evil.example" },
    cookie,
  });
  expect(answer.status).toBe(403);
  const list = await (await world.request("/api/patients/search", { ...json({}), cookie })).json();
  expect(list).toMatchObject({ total: 0 });
});

test("nobody is signed in from another site, with or without a cookie", async () => {
  const world = await createWorld();
  for (const path of ["demo/sign-in", "sign-in/email"]) {
    const init = json({ role: "support", email: "a@clinic.example", password: "correct horse battery" });
    const headers = { ...init.headers, origin: "https://evil.example" };
    const answer = await world.request(`/api/auth/${path}`, { ...init, headers });
    expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 403, []]);
  }
});

test("the session cookie is out of scripts' reach and stays with this site", async () => {
  const world = await createWorld();
  const answer = await world.request("/api/auth/demo/sign-in", json({ role: "support" }));
  const cookie = answer.headers.getSetCookie().find((text) => text.includes("session_token")) ?? "";
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
});

test("there is no one-click sign-in on a real platform", async () => {
  const world = await createWorld({ sandboxMode: false });
  const answer = await world.request("/api/auth/demo/sign-in", json({ role: "administrator" }));
  expect(answer.status).toBe(404);
  expect(await (await world.request("/api/about")).json()).toMatchObject({ platform: "partner" });
});

test("the first administrator signs in, adds a colleague, and the colleague has only their role", async () => {
  const first = { email: "admin@clinic.example", password: "a very long secret" };
  const world = await createWorld({ sandboxMode: false, firstAdministrator: first });
  const signIn = async (who: { email: string; password: string }) => {
    const answer = await world.request("/api/auth/sign-in/email", json(who));
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return { status: answer.status, cookie: cookies.join("; ") };
  };
  const { cookie } = await signIn(first);
  const added = await world.request("/api/staff", { ...json(colleague), cookie });
  expect(added.status).toBe(201);
  const again = await world.request("/api/staff", { ...json(colleague), cookie });
  expect(await again.json()).toMatchObject({ fields: [{ field: "email", reason: "taken" }] });

  const support = await signIn(colleague);
  expect((await world.request("/api/patients", { cookie: support.cookie })).status).toBe(403);
  expect((await signIn({ ...colleague, password: "wrong wrong wrong" })).status).toBe(401);
});

test("nobody signs up by themselves", async () => {
  const world = await createWorld();
  const answer = await world.request("/api/auth/sign-up/email", json({ ...colleague }));
  expect(answer.ok).toBe(false);
});

test("signing out ends the session on the server", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  expect((await world.request("/api/patients/facets", { cookie })).status).toBe(200);
  await world.request("/api/auth/sign-out", { ...json({}), cookie });
  expect((await world.request("/api/patients/facets", { cookie })).status).toBe(401);
});

test("answers of the API are not stored and tell their request's ID", async () => {
  const world = await createWorld();
  for (const path of ["/api/about", "/api/patients/facets", "/api/auth/get-session", "/api/none"]) {
    const { headers } = await world.request(path);
    expect([path, headers.get("cache-control")]).toEqual([path, "no-store"]);
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test("health answers without a session", async () => {
  const world = await createWorld();
  expect((await world.request("/healthz")).status).toBe(200);
  expect((await world.request("/readyz")).status).toBe(200);
  await world.database.db.destroy();
  expect((await world.request("/healthz")).status).toBe(200);
  expect((await world.request("/readyz")).status).toBe(500);
  await world.proxy.stop();
});

test("a server that is to end says so to the load balancer and goes on answering", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  await world.proxy.drain();
  expect((await world.request("/readyz")).status).toBe(503);
  expect((await world.request("/healthz")).status).toBe(200);
  expect((await world.request("/api/patients/facets", { cookie })).status).toBe(200);
  await world.close();
});

test("an address that came with the request is not believed", async () => {
  const world = await createWorld();
  const init = json({ role: "support" });
  const headers = {
    ...init.headers,
    origin,
    "x-forwarded-for": "1.2.3.4",
    "x-trendline-client-address": "1.2.3.4",
  };
  await world.request("/api/auth/demo/sign-in", { ...init, headers });
  const rows = await world.database.db.selectFrom("audit").select("client_address").execute();
  expect(rows).toEqual([{ client_address: "198.51.100.7" }]);
});

test("only an administrator reaches better-auth's administration, and nobody can act as somebody else", async () => {
  const world = await createWorld();
  const asRole = async (role: (typeof roles)[number], path: string, body?: object) => {
    const cookie = await world.signIn(role);
    return (await world.request(`/api/auth/admin/${path}`, { ...(body ? json(body) : {}), cookie })).status;
  };
  expect(await asRole("support", "list-users")).toBe(403);
  expect(await asRole("clinician", "list-users")).toBe(403);
  expect(await asRole("administrator", "list-users")).toBe(200);
  const users = await world.database.db
    .selectFrom("user" as never)
    .selectAll()
    .execute();
  const [{ id: userId }] = users as [{ id: string }];
  expect(await asRole("support", "set-role", { userId, role: "administrator" })).toBe(403);
  expect(await asRole("administrator", "impersonate-user", { userId })).toBe(403);
});

test("a body larger than anything we ask for is refused", async () => {
  const world = await createWorld();
  const answer = await world.request("/api/patients", {
    ...json({ ...newcomer, name: "n".repeat(200_000) }),
    cookie: await world.signIn("clinician"),
  });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: "invalid-request" });
});
