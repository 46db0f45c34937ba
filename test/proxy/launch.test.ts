import { expect, test } from "vitest";
import type { LaunchProblem, NewLaunchIssuer } from "#contract/launch.ts";
import type { Fault } from "#test/support/ehr-record.ts";
import { json } from "#test/support/world.ts";
import { type Clinic, openClinic } from "./launch-clinic.ts";

test("a record opens its patient by hospital number; the trail says who did and from where, and no token is kept", async () => {
  const clinic = await openClinic();
  expect(await clinic.launch()).toMatchObject({ patientId: clinic.patient.id });
  const address = new URL(clinic.record.baseUrl).host;
  const details = JSON.stringify({ issuer: "Hospital record", address });
  expect(await clinic.audited()).toEqual([
    { action: "launch-issuer.name", subject: null, outcome: "ok", details, actor_role: "administrator" },
    { action: "launch.begin", subject: null, outcome: "ok", details, actor_role: "clinician" },
    { action: "launch.open", subject: clinic.patient.id, outcome: "ok", details, actor_role: "clinician" },
  ]);
  expect(clinic.record.heard.filter((one) => !one.includes(".well-known"))).toEqual([
    "POST /token",
    "GET /Patient/7",
  ]);
  const [token = ""] = clinic.record.tokens;
  for (const table of ["audit", "launch", "launch_issuer"] as const)
    expect(JSON.stringify(await clinic.database.db.selectFrom(table).selectAll().execute())).not.toContain(
      token,
    );
  expect(clinic.logLines.join("")).not.toContain(token);
  expect(await clinic.database.db.selectFrom("launch").selectAll().execute()).toEqual([]);
});

test("a confidential client proves who it is with the key of the key set", async () => {
  const clinic = await openClinic({ isConfidential: true });
  clinic.record.keySet = async () =>
    (await (await clinic.request("/.well-known/jwks.json")).json()) as { keys: Record<string, unknown>[] };
  expect(await clinic.launch()).toMatchObject({ patientId: clinic.patient.id });
  const [issuer] = (await (await clinic.issuers()).json()).issuers;
  await clinic.issuers(
    { ...json({ ...clinic.named, isConfidential: false }), method: "PUT" },
    `/${issuer.id}`,
  );
  expect(await clinic.launch()).toMatchObject({ problem: "token-refused", said: "invalid_client" });
});

const html = "html" as const;
const faults: [keyof Clinic["record"] | "configuration" | "token" | "patient", Fault, LaunchProblem][] = [
  ["configuration", { status: 404 }, "no-configuration"],
  ["configuration", { status: 302, headers: { location: "https://evil.example" } }, "no-configuration"],
  ["configuration", html, "no-configuration"],
  [
    "configuration",
    { status: 200, body: { token_endpoint: "https://record.example/token" } },
    "no-configuration",
  ],
  ["configuration", { status: 200, body: "x".repeat(3_000_000) }, "no-configuration"],
  ["configuration", { status: 503 }, "unreachable"],
  ["configuration", { status: 429 }, "unreachable"],
  ["configuration", "cut", "unreachable"],
  ["token", { status: 400, body: { error: "invalid_grant" } }, "token-refused"],
  ["token", { status: 302, headers: { location: "https://evil.example" } }, "token-refused"],
  ["token", html, "token-refused"],
  ["token", { status: 200, body: { token_type: "Bearer" } }, "token-refused"],
  ["token", { status: 500 }, "unreachable"],
  ["patient", { status: 403 }, "patient-refused"],
  ["patient", { status: 404 }, "patient-refused"],
  ["token", { status: 200, body: { access_token: "x" } }, "token-unusable"],
  ["token", { status: 200, body: { access_token: "x", token_type: "mac" } }, "token-unusable"],
  ["token", { status: 200, body: { access_token: "x\r\ny: z", token_type: "Bearer" } }, "token-unusable"],
  [
    "token",
    { status: 200, body: { access_token: "x".repeat(20_000), token_type: "Bearer" } },
    "token-unusable",
  ],
  ["patient", html, "patient-wrong"],
  ["patient", { status: 200, body: { resourceType: "Patient", id: "8" } }, "patient-wrong"],
  ["patient", { status: 200, body: { resourceType: "Person", id: "7" } }, "patient-wrong"],
  ["patient", "cut", "unreachable"],
];
test("whatever the record does wrong has a name of its own, and opens nobody", async () => {
  const clinic = await openClinic();
  for (const [path, fault, problem] of faults) {
    const { url = "", cookies } = await clinic.begin();
    const back = clinic.record.authorize(url);
    clinic.record.faults.clear();
    clinic.record.faults.set(path as "token", fault);
    const answer = await clinic.finish(back, clinic.withCookies(cookies));
    expect([path, fault, answer.problem]).toEqual([path, fault, problem]);
    expect(answer).not.toHaveProperty("patientId");
    if (path === "configuration") expect((await clinic.begin()).problem).toBe(problem);
    clinic.record.faults.clear();
  }
  expect(await clinic.launch()).toMatchObject({ patientId: clinic.patient.id });
});

test.each([
  ["none", undefined],
  ["none in words", null],
  ["an address", "Patient/7"],
  ["a way up", "../../7"],
  ["two dots", ".."],
  ["a number", 7],
  ["a list", ["7"]],
  ["nothing", ""],
])("a token without a patient's ID opens nobody: %s", async (_name, patient) => {
  const clinic = await openClinic();
  clinic.record.open = patient;
  expect(await clinic.launch()).toMatchObject({ problem: "no-patient" });
  expect(clinic.record.heard.filter((one) => one.includes("Patient"))).toEqual([]);
});

test("the record's refusal is told in its words, on one line", async () => {
  const clinic = await openClinic();
  clinic.record.refusal = { error: "access_denied", error_description: "Not\n for you\u202e." };
  expect(await clinic.launch()).toMatchObject({ problem: "denied", said: "Not for you." });
  clinic.record.refusal = { error: "access_denied" };
  expect(await clinic.launch()).toMatchObject({ problem: "denied", said: "access_denied" });
});

test.each<[string, (clinic: Clinic, back: URL, own: string) => Promise<{ problem?: string }>]>([
  [
    "used already",
    async (clinic, back, own) => {
      await clinic.finish(back, own);
      return clinic.finish(back, own);
    },
  ],
  [
    "used already, in vain",
    async (clinic, back, own) => {
      await clinic.finish(back, clinic.clinician);
      return clinic.finish(back, own);
    },
  ],
  [
    "ten minutes old",
    (clinic, back, own) => {
      clinic.advance(10 * 60_000);
      return clinic.finish(back, own);
    },
  ],
  ["of another browser", (clinic, back) => clinic.finish(back, clinic.clinician)],
  [
    "of another browser that has begun one of its own",
    async (clinic, back) => {
      const { cookies } = await clinic.begin();
      return clinic.finish(back, clinic.withCookies(cookies));
    },
  ],
  [
    "with another secret under its name",
    (clinic, back, own) => clinic.finish(back, own.replace(/(launch\.[\w-]+=)[\w-]+/, "$1AAAA")),
  ],
  [
    "of somebody else in the same browser",
    (clinic, back, own) => clinic.finish(back, own.replace(clinic.clinician, clinic.administrator)),
  ],
  [
    "made up",
    (clinic, back, own) => {
      back.searchParams.set("state", "made-up");
      return clinic.finish(back, own);
    },
  ],
])("a state that is not this browser's own and new opens nobody: %s", async (_name, act) => {
  const clinic = await openClinic();
  const { url = "", cookies } = await clinic.begin();
  const back = clinic.record.authorize(url);
  expect(await act(clinic, back, clinic.withCookies(cookies))).toMatchObject({ problem: "state" });
});

test("two launches of one browser do not take each other's way", async () => {
  const clinic = await openClinic();
  const [first, second] = [await clinic.begin(), await clinic.begin()];
  const own = clinic.withCookies([...first.cookies, ...second.cookies]);
  for (const { url = "" } of [second, first])
    expect(await clinic.finish(clinic.record.authorize(url), own)).toMatchObject({
      patientId: clinic.patient.id,
    });
});

test("only the very address that is registered begins a launch, a slash at its end aside", async () => {
  const clinic = await openClinic();
  const { baseUrl } = clinic.record;
  const { host } = new URL(baseUrl);
  for (const iss of [
    baseUrl.toUpperCase(),
    baseUrl.replace("/fhir", "/FHIR"),
    baseUrl.replace("127.0.0.1", "localhost"),
    baseUrl.replace("http://", "https://"),
    `http://${host}@evil.example/fhir`,
    `http://user@${host}/fhir`,
    `${baseUrl}/../fhir`,
    `${baseUrl}/r4`,
    `${baseUrl}?x=1`,
    `${baseUrl}#`,
    `${baseUrl}%2F`,
    ` ${baseUrl}`,
    `${baseUrl}\u200b`,
    `${baseUrl}.evil.example`,
    "https://evil.example",
    "javascript:alert(1)",
    "fhir",
  ])
    expect([iss, (await clinic.begin(iss)).problem]).toEqual([iss, "unknown-issuer"]);
  expect(clinic.record.heard).toEqual([]);
  for (const iss of [baseUrl, `${baseUrl}/`]) expect((await clinic.begin(iss)).url).toContain("/authorize?");
});

test("the browser goes on to an address that the registered record names and that is as safe as its own", async () => {
  const clinic = await openClinic();
  for (const [address, isTaken] of [
    ["https://sign-in.record.example/authorize?tenant=7", true],
    [`${clinic.record.baseUrl}/authorize`, true],
    ["javascript:alert(1)", false],
    ["http://record.example/authorize", false],
    ["https://user@record.example/authorize", false],
    ["https://record.example/authorize#x", false],
    ["//record.example/authorize", false],
    ["data:text/html,x", false],
    ["", false],
  ] as const) {
    clinic.record.configuration = { authorization_endpoint: address };
    const { url, problem } = await clinic.begin();
    expect([address, problem]).toEqual([address, isTaken ? undefined : "no-configuration"]);
    if (url) expect(url.startsWith(address.split("?")[0] ?? "")).toBe(true);
  }
  clinic.record.configuration = { authorization_endpoint: "https://sign-in.record.example/a?tenant=7" };
  expect(new URL((await clinic.begin()).url ?? "").searchParams.get("tenant")).toBe("7");
  clinic.record.configuration = { code_challenge_methods_supported: ["plain"] };
  expect((await clinic.begin()).problem).toBe("no-configuration");
});

test("what comes back decides nothing about where the browser goes: only a patient's ID is answered", async () => {
  const clinic = await openClinic();
  const { url = "", cookies } = await clinic.begin();
  const back = clinic.record.authorize(url);
  const sent = { state: back.searchParams.get("state"), code: back.searchParams.get("code") };
  const own = clinic.withCookies(cookies);
  const evil = await clinic.post("/return", { ...sent, redirect: "https://evil.example" }, own);
  expect(evil.status).toBe(400);
  const answer = await clinic.post("/return", sent, own);
  expect(await answer.json()).toEqual({ patientId: clinic.patient.id });
  expect(answer.headers.get("location")).toBeNull();
});

test("the secret of a launch is a cookie of this browser alone, out of scripts' reach, and goes with its use", async () => {
  const clinic = await openClinic({}, "https://trendline.example");
  const { url = "", cookies } = await clinic.begin();
  expect(cookies).toEqual([
    expect.stringMatching(
      /^__Host-trendline\.launch\.[\w-]{16}=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    ),
  ]);
  expect(url).not.toContain(cookies[0]?.split(/[=;]/)[1]);
  const done = await clinic.finish(clinic.record.authorize(url), clinic.withCookies(cookies));
  expect(done).toMatchObject({ patientId: clinic.patient.id });
  expect(done.cookies[0]).toMatch(/^__Host-trendline\.launch\.[\w-]{16}=; Max-Age=0; /);
});

test("while exchange is off a record is asked nothing, under way or not; removed, it opens nothing", async () => {
  const clinic = await openClinic();
  const turn = (isOn: boolean) =>
    clinic.request("/api/exchange", { ...json({ isOn }), method: "PUT", cookie: clinic.administrator });
  const first = await clinic.begin();
  const back = clinic.record.authorize(first.url ?? "");
  await turn(false);
  const before = clinic.record.heard.length;
  expect((await clinic.begin()).problem).toBe("exchange-off");
  expect(await clinic.finish(back, clinic.withCookies(first.cookies))).toMatchObject({
    problem: "exchange-off",
  });
  expect(clinic.record.heard).toHaveLength(before);
  await turn(true);
  const second = await clinic.begin();
  const [issuer] = (await (await clinic.issuers()).json()).issuers;
  await clinic.issuers({ ...json({}), method: "DELETE" }, `/${issuer.id}`);
  const after = await clinic.finish(
    clinic.record.authorize(second.url ?? ""),
    clinic.withCookies(second.cookies),
  );
  expect(after).toMatchObject({ problem: "unknown-issuer" });
  expect((await clinic.begin()).problem).toBe("unknown-issuer");
});

test("a launch needs somebody signed in here who sees patients, whoever is signed in there", async () => {
  const clinic = await openClinic();
  expect((await clinic.post("", { iss: clinic.record.baseUrl, launch: "x" }, "none=1")).status).toBe(401);
  const support = await clinic.signIn("support");
  expect((await clinic.post("", { iss: clinic.record.baseUrl, launch: "x" }, support)).status).toBe(403);
  expect(clinic.record.heard).toEqual([]);
});

test.each<[Partial<NewLaunchIssuer>, string | null, string?]>([
  [{ baseUrl: "https://other.example/fhir" }, null],
  [{ baseUrl: "https://other.example/fhir/" }, null],
  [{ baseUrl: "https://other.example", frameOrigin: "https://portal.other.example:8443" }, null],
  [{ baseUrl: "https://other.example", patientSystem: null }, null],
  [{ baseUrl: "http://other.example/fhir" }, "baseUrl", "address"],
  [{ baseUrl: "https://user:word@other.example/fhir" }, "baseUrl", "address"],
  [{ baseUrl: "https://other.example/fhir?x=1" }, "baseUrl", "address"],
  [{}, "baseUrl", "duplicate"],
  [
    { baseUrl: "https://other.example", patientSystem: null, partnerSystem: null },
    "patientSystem",
    "required",
  ],
  [{ baseUrl: "https://other.example", clientId: "" }, "clientId", "required"],
  [{ baseUrl: "https://other.example", frameOrigin: "https://other.example/" }, "frameOrigin", "origin"],
  [{ baseUrl: "https://other.example", frameOrigin: "https://*.other.example" }, "frameOrigin", "origin"],
  [{ baseUrl: "https://other.example", frameOrigin: "*" }, "frameOrigin", "origin"],
  [{ baseUrl: "https://other.example", frameOrigin: "http://other.example" }, "frameOrigin", "origin"],
  [
    { baseUrl: "https://other.example", frameOrigin: "https://a.example https://b.example" },
    "frameOrigin",
    "origin",
  ],
  [
    { baseUrl: "https://other.example", frameOrigin: "https://a.example; script-src *" },
    "frameOrigin",
    "origin",
  ],
  [{ baseUrl: "https://other.example", frameOrigin: "https://user@a.example" }, "frameOrigin", "origin"],
])("an administrator's record is checked: %o", async (part, field, reason) => {
  const clinic = await openClinic();
  const answer = await clinic.issuers(json({ ...clinic.named, ...part }));
  if (field === null) return void expect(answer.status).toBe(201);
  expect(answer.status).toBe(400);
  expect((await answer.json()).fields).toContainEqual({ field, reason });
});
