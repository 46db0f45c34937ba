import { expect, test } from "vitest";
import { roles } from "#contract/staff.ts";
import { contractHeader, contractVersion } from "#contract/version.ts";
import { usualLimits } from "#glucose/limits.ts";
import { makeKey } from "#test/support/api-keys.ts";
import { addColleague, cookieOf } from "#test/support/colleague.ts";
import { askAs, openedWith, portal, tokenFor } from "#test/support/embeds.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

const newcomer = { partnerUid: "x-1", name: "X", region: "CN", timeZone: "Asia/Shanghai" };
const colleague = {
  name: "New",
  email: "new@clinic.example",
  role: "support",
  password: "correct horse battery",
} as const;

const newReceiver = {
  name: "Hospital record",
  baseUrl: "https://record.example/fhir",
  tokenUrl: null,
  clientId: null,
  scopes: "system/Observation.cu",
  patientSystem: null,
};
const newSubmission = { receiverId: "none", days: "14", language: "en", unit: "mmol/L", paper: "a4" };

const newIssuer = {
  name: "Hospital record",
  baseUrl: "https://record.example/fhir",
  clientId: "trendline",
  isConfidential: false,
  scopes: "launch patient/Patient.r",
  patientSystem: "urn:oid:1.2.3",
  partnerSystem: null,
  frameOrigin: null,
};

type Route = [method: string, path: string, roles: readonly string[], body?: object];

/** Every route that needs a session, and who may call it. */
const routes: Route[] = [
  ["POST", "/api/patients/search", ["clinician", "administrator"], { q: "x" }],
  ["GET", "/api/patients/facets", ["clinician", "administrator"]],
  ["GET", "/api/patients/review-figures", ["clinician", "administrator"]],
  ["POST", "/api/patients/lookup", ["clinician", "administrator"], { partnerUid: "x-1" }],
  [
    "POST",
    "/api/patients/readings-file",
    ["clinician", "administrator"],
    { patients: ["none"], period: { days: 1 }, language: "en", unit: "mmol/L" },
  ],
  ["POST", "/api/patients/resolve", ["clinician", "administrator"], { lines: ["x-1"] }],
  ["POST", "/api/patients/now", ["clinician", "administrator"], { ids: ["none"], opening: "opening-1" }],
  ["POST", "/api/patients/duplicates", ["clinician", "administrator"], { hospitalNumber: "x-1" }],
  ["POST", "/api/patients", ["clinician", "administrator"], newcomer],
  ["GET", "/api/patients/none", ["clinician", "administrator"]],
  ["PATCH", "/api/patients/none", ["clinician", "administrator"], { targets: "pregnancy" }],
  ["GET", "/api/patients/none/merged", ["clinician", "administrator"]],
  ["PUT", "/api/patients/none/merged-into", ["clinician", "administrator"], { into: null }],
  ["GET", "/api/patients/none/marks", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/reasons", ["clinician", "administrator"]],
  ["POST", "/api/patients/none/review", ["clinician", "administrator"], { seen: null }],
  ["DELETE", "/api/patients/none/review", ["clinician", "administrator"], { number: 1 }],
  ["PUT", "/api/patients/none/snooze", ["clinician", "administrator"], { untilMs: null, untilWorse: true }],
  ["DELETE", "/api/patients/none/snooze", ["clinician", "administrator"]],
  ["PUT", "/api/patients/none/hand-over", ["clinician", "administrator"], { to: { role: "support" } }],
  ["DELETE", "/api/patients/none/hand-over", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/notes", ["clinician", "administrator"]],
  ["POST", "/api/patients/none/notes", ["clinician", "administrator"], { text: "x" }],
  ["DELETE", "/api/patients/none/notes/none", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/summary", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/ranges", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/readings?start=1&end=2", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/fhir?start=2026-11-06&end=2026-11-19", ["clinician", "administrator"]],
  ["GET", "/fhir/Patient?_id=none", ["clinician", "administrator"]],
  ["GET", "/fhir/Patient/none", ["clinician", "administrator"]],
  ["GET", "/fhir/Patient/none/$summary?start=2026-11-06&end=2026-11-19", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/health-links", ["clinician", "administrator"]],
  [
    "POST",
    "/api/patients/none/health-links",
    ["clinician", "administrator"],
    { days: "14", language: "en", unit: "mmol/L", paper: "a4", lifeDays: "7", passcode: null },
  ],
  ["DELETE", "/api/patients/none/health-links/none", ["clinician", "administrator"]],
  ["GET", "/api/patients/none/submissions", ["clinician", "administrator"]],
  ["POST", "/api/patients/none/submissions", ["clinician", "administrator"], newSubmission],
  ["POST", "/api/patients/none/submissions/none/again", ["clinician", "administrator"]],
  ["POST", "/api/patients/none/submissions/none/cancel", ["clinician", "administrator"]],
  [
    "POST",
    "/api/patients/none/standing-orders",
    ["clinician", "administrator"],
    { ...newSubmission, every: "week" },
  ],
  ["DELETE", "/api/patients/none/standing-orders/none", ["clinician", "administrator"]],
  ["GET", "/api/receivers", ["administrator"]],
  ["POST", "/api/receivers", ["administrator"], newReceiver],
  ["PUT", "/api/receivers/none", ["administrator"], newReceiver],
  ["DELETE", "/api/receivers/none", ["administrator"]],
  ["DELETE", "/api/receivers/none/standing-orders", ["administrator"]],
  ["POST", "/api/receivers/none/test", ["administrator"]],
  ["GET", "/api/launch-issuers", ["administrator"]],
  ["POST", "/api/launch-issuers", ["administrator"], newIssuer],
  ["PUT", "/api/launch-issuers/none", ["administrator"], { ...newIssuer, baseUrl: "https://other.example" }],
  ["DELETE", "/api/launch-issuers/none", ["administrator"]],
  ["POST", "/api/launch-issuers/none/test", ["administrator"]],
  ["POST", "/api/launches", ["clinician", "administrator"], { iss: "https://none.example", launch: "x" }],
  ["POST", "/api/launches/return", ["clinician", "administrator"], { state: "x", code: "y" }],
  ["GET", "/fhir/Device?patient=none", ["clinician", "administrator"]],
  ["GET", "/fhir/Device/none", ["clinician", "administrator"]],
  ["GET", "/fhir/DiagnosticReport/none", ["clinician", "administrator"]],
  ["GET", "/fhir/Observation/none", ["clinician", "administrator"]],
  ["GET", "/fhir/Observation?patient=none", ["clinician", "administrator"]],
  ["GET", "/fhir/DiagnosticReport?patient=none", ["clinician", "administrator"]],
  [
    "GET",
    "/api/patients/none/report.pdf?days=14&language=en&unit=mmol/L&paper=a4",
    ["clinician", "administrator"],
  ],
  ["GET", "/api/patients/none/leaflet.pdf?language=en&paper=a4", ["clinician", "administrator"]],
  ["GET", "/api/devices/P225043056", ["clinician", "support", "administrator"]],
  [
    "POST",
    "/api/devices/alike",
    ["clinician", "support", "administrator"],
    { serial: "P22504305", likely: ["P225043056"] },
  ],
  ["POST", "/api/devices/states", ["clinician", "support", "administrator"], { serials: ["P225043056"] }],
  ["GET", "/api/recalls", ["clinician", "support", "administrator"]],
  ["POST", "/api/recalls", ["clinician", "support", "administrator"]],
  ["GET", "/api/recalls/none", ["clinician", "support", "administrator"]],
  ["POST", "/api/recalls/none/begin", ["clinician", "support", "administrator"], { name: "Lot 7" }],
  ["GET", "/api/recalls/none/without-wearer", ["clinician", "support", "administrator"]],
  [
    "PATCH",
    "/api/recalls/none",
    ["clinician", "support", "administrator"],
    { instruction: { en: "Take it off.", "zh-CN": null } },
  ],
  ["GET", "/api/recalls/none/people", ["clinician", "support", "administrator"]],
  [
    "PUT",
    "/api/recalls/none/people/one",
    ["clinician", "support", "administrator"],
    { outcome: "contacted" },
  ],
  ["DELETE", "/api/recalls/none", ["administrator"]],
  ["GET", "/api/devices/P225043056/recalls", ["clinician", "support", "administrator"]],
  ["GET", "/api/devices/P225043056/cases", ["clinician", "support", "administrator"]],
  ["GET", "/api/patients/none/cases", ["clinician", "administrator"]],
  [
    "POST",
    "/api/cases",
    ["clinician", "support", "administrator"],
    { serial: "P225043056", receivedAtMs: 1763631000000, nature: "fell off" },
  ],
  ["POST", "/api/cases/search", ["clinician", "support", "administrator"], {}],
  ["POST", "/api/cases/export", ["clinician", "support", "administrator"], {}],
  ["GET", "/api/cases/none", ["clinician", "support", "administrator"]],
  ["GET", "/api/cases/none/pdf?language=en&paper=a4&zone=UTC", ["clinician", "support", "administrator"]],
  ["PATCH", "/api/cases/none", ["clinician", "support", "administrator"], { state: "closed" }],
  ["POST", "/api/cases/none/calls", ["clinician", "support", "administrator"], { said: "again" }],
  ["PUT", "/api/cases/none/calls/none", ["clinician", "support", "administrator"], { said: "again" }],
  ["DELETE", "/api/cases/none/calls/none", ["clinician", "support", "administrator"]],
  ["GET", "/api/look-ups", ["clinician", "support", "administrator"]],
  ["POST", "/api/look-ups", ["clinician", "support", "administrator"]],
  ["GET", "/api/look-ups/none", ["clinician", "support", "administrator"]],
  ["DELETE", "/api/look-ups/none", ["clinician", "support", "administrator"]],
  ["GET", "/api/look-ups/none/rows", ["clinician", "support", "administrator"]],
  ["POST", "/api/look-ups/none/start", ["clinician", "support", "administrator"]],
  ["POST", "/api/look-ups/none/pause", ["clinician", "support", "administrator"]],
  ["POST", "/api/look-ups/none/cancel", ["clinician", "support", "administrator"]],
  ["POST", "/api/look-ups/none/retry", ["clinician", "support", "administrator"]],
  [
    "PUT",
    "/api/devices/P225043056/box",
    ["clinician", "support", "administrator"],
    { gtin: null, lot: "L1", expiry: null, producedOn: null },
  ],
  ["POST", "/api/devices/wearers", ["clinician", "support", "administrator"], { q: "x1" }],
  ["GET", "/api/patients/none/sensors", ["clinician", "administrator"]],
  ["GET", "/api/devices/P225043056/journey", ["clinician", "support", "administrator"]],
  ["GET", "/api/devices/P225043056/readings", ["clinician", "administrator"]],
  ["GET", "/api/fleet?by=lot", ["clinician", "support", "administrator"]],
  [
    "POST",
    "/api/fleet/sensors",
    ["clinician", "support", "administrator"],
    { by: "lot", key: "A1", ends: "any", choice: "ended" },
  ],
  ["POST", "/api/worklist/devices", ["support", "administrator"], { q: "x" }],
  ["POST", "/api/worklist/devices/none/review", ["support", "administrator"], {}],
  ["PUT", "/api/worklist/devices/none/review", ["support", "administrator"], { atMs: 1, words: "x" }],
  ["DELETE", "/api/worklist/devices/none/review", ["support", "administrator"], { atMs: 1 }],
  [
    "PUT",
    "/api/worklist/devices/none/snooze",
    ["support", "administrator"],
    { untilMs: null, untilWorse: true },
  ],
  ["DELETE", "/api/worklist/devices/none/snooze", ["support", "administrator"]],
  ["PUT", "/api/worklist/devices/none/hand-over", ["support", "administrator"], { to: "clinician" }],
  ["DELETE", "/api/worklist/devices/none/hand-over", ["support", "administrator"], { atMs: 1 }],
  ["GET", "/api/imports", ["clinician", "administrator"]],
  ["POST", "/api/imports", ["clinician", "administrator"]],
  ["GET", "/api/imports/none", ["clinician", "administrator"]],
  ["DELETE", "/api/imports/none", ["clinician", "administrator"]],
  ["GET", "/api/imports/none/rows", ["clinician", "administrator"]],
  ["PUT", "/api/imports/none/left-out", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/start", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/pause", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/cancel", ["clinician", "administrator"]],
  ["POST", "/api/imports/none/retry", ["clinician", "administrator"]],
  ["GET", "/api/reports", ["clinician", "administrator"]],
  [
    "POST",
    "/api/reports",
    ["clinician", "administrator"],
    { patients: ["none"], period: { days: 14 }, language: "en", unit: "mmol/L", paper: "a4" },
  ],
  ["GET", "/api/reports/none", ["clinician", "administrator"]],
  ["DELETE", "/api/reports/none", ["clinician", "administrator"]],
  ["GET", "/api/reports/none/rows", ["clinician", "administrator"]],
  ["GET", "/api/reports/none/reports.pdf", ["clinician", "administrator"]],
  ["GET", "/api/reports/none/reports.zip", ["clinician", "administrator"]],
  ["POST", "/api/reports/none/start", ["clinician", "administrator"]],
  ["POST", "/api/reports/none/pause", ["clinician", "administrator"]],
  ["POST", "/api/reports/none/cancel", ["clinician", "administrator"]],
  ["POST", "/api/reports/none/retry", ["clinician", "administrator"]],
  ["GET", "/api/worklist/limits", ["clinician", "support", "administrator"]],
  ["PUT", "/api/worklist/limits", ["administrator"], { limits: usualLimits, from: usualLimits }],
  ["GET", "/api/keys", ["administrator"]],
  ["POST", "/api/keys", ["administrator"], { name: "X", role: "support", days: 1 }],
  ["DELETE", "/api/keys/none", ["administrator"]],
  ["GET", "/api/exchange", ["administrator"]],
  ["PUT", "/api/exchange", ["administrator"], { isOn: true }],
  ["GET", "/api/audit", ["administrator"]],
  ["GET", "/api/brand", ["administrator"]],
  ["GET", "/api/audit/choices", ["administrator"]],
  ["GET", "/api/audit/verification", ["administrator"]],
  ["POST", "/api/audit/events", ["clinician", "support", "administrator"], { event: "sensor-list.export" }],
  ["POST", "/api/audit/events", ["clinician", "administrator"], { event: "patients.print" }],
  ["POST", "/api/audit/events", ["administrator"], { event: "staff.print" }],
  ["GET", "/api/staff", ["administrator"]],
  ["GET", "/api/staff/colleagues", ["clinician", "administrator"]],
  ["PATCH", "/api/staff/none", ["administrator"], { role: "support" }],
  ["DELETE", "/api/staff/none/sessions", ["administrator"]],
  ["DELETE", "/api/staff/none/second-factor", ["administrator"]],
  ["POST", "/api/staff/none/password-link", ["administrator"]],
  ["GET", "/api/invitations", ["administrator"]],
  ["POST", "/api/invitations", ["administrator"], { name: "X", email: "x@clinic.example", role: "support" }],
  ["DELETE", "/api/invitations/none", ["administrator"]],
  ["GET", "/api/account", roles],
  ["POST", "/api/account/activity", roles],
  ["PUT", "/api/account/password", roles, { password: "not the right one", next: "correct horse battery" }],
  ["POST", "/api/account/second-factor", roles, { password: "not the right one" }],
  ["POST", "/api/account/second-factor/confirm", roles, { code: "000000" }],
  ["POST", "/api/account/second-factor/off", roles, { password: "not the right one" }],
  ["POST", "/api/account/second-factor/recovery-codes", roles, { password: "not the right one" }],
  ["GET", "/api/account/views", ["clinician", "administrator"]],
  ["PUT", "/api/account/views", ["clinician", "administrator"], { name: "Lows", search: "sort=name" }],
  ["DELETE", "/api/account/views", ["clinician", "administrator"], { name: "none" }],
  ["GET", "/api/account/appointments", ["clinician", "administrator"]],
  ["DELETE", "/api/account/appointments", ["clinician", "administrator"]],
  ["PUT", "/api/account/appointments", ["clinician", "administrator"], { ids: [], untilMs: 0 }],
  ["GET", "/api/account/ward", ["clinician", "administrator"]],
  [
    "PUT",
    "/api/account/ward",
    ["clinician", "administrator"],
    { shown: { search: "mine=1" }, named: "name" },
  ],
  ["GET", "/api/account/sessions", roles],
  ["DELETE", "/api/account/sessions/none", roles],
  ["DELETE", "/api/account/sessions", roles],
];

/** Every route that needs none. */
const openRoutes: Route[] = [
  ["GET", "/fhir/metadata", roles],
  ["GET", "/fhir/OperationDefinition/summary", roles],
  ["GET", "/api/about", roles],
  ["POST", "/api/invitations/look", roles, { token: "none" }],
  ["POST", "/api/invitations/accept", roles, { token: "none", password: colleague.password }],
];

/** For programs alone, by their keys. */
const keyRoutes: Route[] = [
  ["POST", "/api/embed-tokens", ["clinician", "support"], { serial: "P225043056", parentOrigin: portal }],
];

/** For a view in a partner's page, with its pass; the token for it opens none of them. */
const embedRoutes: Route[] = [
  ["GET", "/api/embedded/patients/none/summary", []],
  ["GET", "/api/embedded/patients/none/readings?start=1&end=2", []],
  ["GET", "/api/embedded/devices/P225043056", []],
  ["GET", "/api/embedded/devices/P225043056/journey", []],
  ["GET", "/api/embedded/devices/P225043056/recalls", []],
  ["GET", "/api/embedded/devices/P225043056/readings", []],
];
/** Whoever has a token uses it up here. */
const embedOpening: Route = ["POST", "/api/embedded", [], { token: "none", parentOrigin: portal }];

/** For whoever has a link that a patient took along, from any site. */
const sharedRoutes: Route[] = [
  ["POST", "/shl/none", roles, { recipient: "Ward 4" }],
  ["GET", "/shl/none/file", roles],
];

/** What of better-auth changes something; none of it is for other sites. */
const authRoutes: [path: string, body: object][] = [
  ["/api/auth/demo/sign-in", { role: "administrator" }],
  ["/api/auth/sign-in/email", { email: "a@clinic.example", password: colleague.password }],
  ["/api/auth/sign-in/social", { provider: "oidc", callbackURL: "/sign-in", errorCallbackURL: "/sign-in" }],
  ["/api/auth/callback/oidc", {}],
  ["/api/auth/sign-out", {}],
  ["/api/auth/change-password", { currentPassword: "x", newPassword: "y" }],
  ["/api/auth/revoke-sessions", {}],
];

/** Areas that no key opens, whatever the role of it may do. */
const closedToKeys = [
  "account",
  "staff",
  "invitations",
  "keys",
  "exchange",
  "receivers",
  "launch-issuers",
  "launches",
  "audit",
  "imports",
  "reports",
];
/** What is asked by POST: a key that only reads may. */
const questions = [
  "/api/patients/search",
  "/api/patients/lookup",
  "/api/patients/resolve",
  "/api/patients/now",
  "/api/patients/duplicates",
  "/api/devices/alike",
  "/api/devices/states",
  "/api/devices/wearers",
  "/api/cases/search",
  "/api/cases/export",
  "/api/fleet/sensors",
  "/api/worklist/devices",
];

const sending = (method: string, body?: object) => (body ? { ...json(body), method } : { method });

test("every route lets its roles in and nobody else", async () => {
  const world = await createWorld();
  // Once each: signing in for every route would run into the limit of sign-ins.
  const cookies = new Map<string, string>();
  for (const role of roles) cookies.set(role, await world.signIn(role));
  for (const [method, path, allowed, body] of routes) {
    const init = sending(method, body);
    const anonymous = await world.request(path, init);
    expect([method, path, anonymous.status]).toEqual([method, path, 401]);
    for (const [role, cookie] of cookies) {
      const { status } = await world.request(path, { ...init, cookie });
      expect([method, path, role, status === 403]).toEqual([method, path, role, !allowed.includes(role)]);
    }
  }
});

test("a key opens what its role may read, to register patients if it was made for that, and nothing else", async () => {
  const world = await createWorld();
  const administrator = await world.signIn("administrator");
  const kinds = [
    { role: "clinician", mayRegister: false },
    { role: "clinician", mayRegister: true },
    { role: "support", mayRegister: false },
  ] as const;
  for (const kind of kinds) {
    const { secret } = await makeKey(world, administrator, kind);
    // A session beside it opens nothing more.
    const headers = { authorization: `Bearer ${secret}`, cookie: administrator };
    let opened = 0;
    for (const [method, path, allowed, body] of routes) {
      const init = sending(method, body);
      const { status } = await world.request(path, { ...init, headers: { ...init.headers, ...headers } });
      const isClosed = closedToKeys.some((area) => path.startsWith(`/api/${area}`));
      const isRegistration = method === "POST" && path === "/api/patients";
      const isRead = method === "GET" || questions.includes(path);
      const isOpen =
        allowed.includes(kind.role) && !isClosed && (isRead || (isRegistration && kind.mayRegister));
      expect([method, path, kind, status === 403]).toEqual([method, path, kind, !isOpen]);
      if (isOpen) opened += 1;
    }
    expect(opened).toBeGreaterThan(15);
  }
  await world.close();
});

test("a view in a partner's page opens its own addresses, and a view alone does", async () => {
  const world = await createWorld({ embedOrigins: [portal] });
  const administrator = await world.signIn("administrator");
  // Whose sensor is another one.
  const [, person] = world.sandbox.cohort;
  if (!person) throw new Error("the sandbox has nobody");
  const { patient } = await world.proxy.registerPatient(person);
  const { secret } = await makeKey(world, administrator, { role: "clinician" });
  const own = (path: string) => path.replace("none", patient.id);
  for (const of of [{ patient: patient.id }, { serial: "P225043056" }]) {
    const token = await tokenFor(world, secret, of);
    const unused = await tokenFor(world, secret, of);
    const { pass } = await openedWith(world, token);
    const isOpen = (path: string) => path.includes("patient" in of ? "/patients/" : "/devices/");
    for (const [method, path] of embedRoutes) {
      const { status } = await askAs(world, pass, own(path), { method });
      expect([path, of, status]).toEqual([path, of, isOpen(path) ? 200 : 403]);
    }
    for (const [method, path, , body] of [...routes, ...keyRoutes])
      for (const bearer of [pass, token, unused]) {
        const { status } = await askAs(world, bearer, own(path), sending(method, body));
        expect([method, path, of, status]).toEqual([method, path, of, 401]);
      }
    for (const bearer of [token, unused, secret])
      for (const [method, path] of embedRoutes)
        expect([path, (await askAs(world, bearer, own(path), { method })).status]).toEqual([path, 401]);
  }
  for (const cookie of [undefined, administrator])
    for (const [method, path, , body] of [...embedRoutes, ...keyRoutes, embedOpening])
      expect([path, (await world.request(path, { ...sending(method, body), cookie })).status]).toEqual([
        path,
        401,
      ]);
  await world.close();
});

test("a key asks for tokens of what its role may see", async () => {
  const world = await createWorld({ embedOrigins: [portal] });
  const administrator = await world.signIn("administrator");
  for (const role of ["clinician", "support"] as const) {
    const { secret } = await makeKey(world, administrator, { role });
    for (const [method, path, , body] of keyRoutes)
      expect((await askAs(world, secret, path, sending(method, body))).status).toBe(201);
  }
  await world.close();
});

test("a key is nobody's session", async () => {
  const world = await createWorld();
  const { secret } = await makeKey(world, await world.signIn("administrator"), { role: "clinician" });
  const headers = { authorization: `Bearer ${secret}` };
  expect(await (await world.request("/api/auth/get-session", { headers })).json()).toBeNull();
  await world.close();
});

test("open routes answer with and without a session", async () => {
  const world = await createWorld();
  for (const cookie of [undefined, await world.signIn("support")])
    for (const [method, path, , body] of openRoutes) {
      const { status } = await world.request(path, { ...sending(method, body), cookie });
      expect([method, path, status]).toEqual([method, path, method === "GET" ? 200 : 404]);
    }
});

test("of a link that is none anybody hears as much, from any site", async () => {
  const world = await createWorld();
  for (const cookie of [undefined, await world.signIn("administrator")])
    for (const [method, path, , body] of sharedRoutes) {
      const init = sending(method, body);
      const headers = { ...init.headers, origin: "https://elsewhere.example" };
      const { status } = await world.request(path, { ...init, headers, cookie });
      expect([method, path, status]).toEqual([method, path, 404]);
    }
});

test.each(["https://evil.example", "null", "http://127.0.0.1:4174", `${origin}.evil.example`])(
  "nothing is changed by a page of %s, whoever is signed in",
  async (elsewhere) => {
    const world = await createWorld();
    const cookies = [undefined, ...(await Promise.all(roles.map((role) => world.signIn(role))))];
    const changing = [...routes, ...openRoutes, ...keyRoutes, embedOpening].filter(
      ([method]) => method !== "GET",
    );
    const all: Route[] = [...changing, ...authRoutes.map(([path, body]): Route => ["POST", path, [], body])];
    for (const [method, path, , body] of all)
      for (const cookie of cookies) {
        const init = sending(method, body);
        const headers = { ...init.headers, origin: elsewhere };
        const answer = await world.request(path, { ...init, headers, cookie });
        expect([method, path, answer.status]).toEqual([method, path, 403]);
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    for (const cookie of cookies.slice(1)) {
      const session = await world.request("/api/auth/get-session", { cookie });
      expect(await session.json()).not.toBeNull();
    }
  },
);

test("the tables above are all that the API describes", async () => {
  const world = await createWorld();
  const document = (await (await world.request("/api/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, Record<string, unknown>>;
  };
  expect(document.openapi).toBe("3.1.0");
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const all = [...routes, ...openRoutes, ...sharedRoutes, ...keyRoutes, ...embedRoutes, embedOpening];
  const tested = all.map(([method, path]) =>
    `${method} ${path}`
      .replace(/\?.*/, "")
      .replace("/notes/none", "/notes/{noteId}")
      .replace("/health-links/none", "/health-links/{linkId}")
      .replace("/submissions/none", "/submissions/{submissionId}")
      .replace("/standing-orders/none", "/standing-orders/{orderId}")
      .replace("/shl/none", "/shl/{token}")
      .replace("/calls/none", "/calls/{call}")
      .replace("/people/one", "/people/{patientId}")
      .replace("/none", "/{id}")
      .replace("P225043056", "{serial}"),
  );
  expect(described.sort()).toEqual([...new Set(tested)].sort());
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

test("the first administrator signs in, invites a colleague, and the colleague has only their role", async () => {
  const first = { email: "admin@clinic.example", password: "a very long secret" };
  const world = await createWorld({ sandboxMode: false, firstAdministrator: first });
  const signIn = async ({ email, password }: { email: string; password: string }) => {
    const answer = await world.request("/api/auth/sign-in/email", json({ email, password }));
    return { status: answer.status, cookie: cookieOf(answer) };
  };
  const { cookie } = await signIn(first);
  await addColleague(world, cookie, colleague);
  const support = await signIn(colleague);
  expect((await world.request("/api/patients/facets", { cookie: support.cookie })).status).toBe(403);
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

test("answers name their contract, but for those that a page of another one needs as well", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("clinician");
  const named = async (path: string) => (await world.request(path, { cookie })).headers.get(contractHeader);
  expect(contractVersion).toMatch(/^[0-9a-f]{16}$/);
  expect(await named("/api/patients/facets")).toBe(contractVersion);
  expect(await named("/api/about")).toBeNull();
  expect(await named("/api/auth/get-session")).toBeNull();
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

test("better-auth's own administration is closed to everyone, however its address is written", async () => {
  const world = await createWorld();
  const cookie = await world.signIn("administrator");
  const { id: userId } = await world.database.db.selectFrom("user").select("id").executeTakeFirstOrThrow();
  const change = json({ userId, role: "support" });
  for (const path of [
    "admin/set-role",
    "/admin/set-role/",
    "admin//set-role",
    "%61dmin/set-role",
    "Admin/set-role",
  ])
    expect([path, (await world.request(`/api/auth/${path}`, { ...change, cookie })).status]).toEqual([
      path,
      404,
    ]);
  for (const path of ["admin/list-users", "admin/get-user?id=x", "account-info", "get-access-token"])
    expect([path, (await world.request(`/api/auth/${path}`, { cookie })).status]).toEqual([path, 404]);
  for (const path of ["admin/impersonate-user", "link-social", "update-user", "delete-user"])
    expect([path, (await world.request(`/api/auth/${path}`, { ...json({}), cookie })).status]).toEqual([
      path,
      404,
    ]);
  expect(await (await world.request("/api/auth/get-session", { cookie })).json()).toMatchObject({
    user: { role: "administrator" },
  });
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
