import { afterEach, expect, test } from "vitest";
import type { LaunchProblem, NewLaunchIssuer } from "#contract/launch.ts";
import { type Fault, startEhrRecord } from "#test/support/ehr-record.ts";
import { createWorld, json, origin } from "#test/support/world.ts";

const hospital = "urn:oid:1.2.3";
const partner = "https://partner.example/users";
const number = "A-104217";
const redirectUrl = `${origin}/launch/return`;

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A clinic with a patient of whom a record knows the hospital number, and that record, named by an administrator. */
async function openClinic(issuer: Partial<NewLaunchIssuer> = {}, publicUrl = origin) {
  const world = await createWorld({ publicUrl });
  const record = await startEhrRecord(publicUrl === origin ? redirectUrl : `${publicUrl}/launch/return`);
  open.push(world, { close: record.stop });
  const [person, other] = world.sandbox.cohort;
  if (!person || !other) throw new Error("two people are needed");
  const { patient } = await world.proxy.registerPatient(person);
  const administrator = await world.signIn("administrator");
  const clinician = await world.signIn("clinician");
  const put = (id: string, change: object) =>
    world.request(`/api/patients/${id}`, { ...json(change), method: "PATCH", cookie: clinician });
  await put(patient.id, { hospitalNumber: number, dateOfBirth: "1961-04-12" });
  record.patients.set("7", {
    resourceType: "Patient",
    id: "7",
    name: [{ text: "Somebody Else" }],
    birthDate: "1961-04-12",
    identifier: [{ system: hospital, value: number }],
  });
  const named: NewLaunchIssuer = {
    name: "Hospital record",
    baseUrl: record.baseUrl,
    clientId: record.clientId,
    isConfidential: false,
    scopes: "launch patient/Patient.r",
    patientSystem: hospital,
    partnerSystem: partner,
    frameOrigin: null,
    ...issuer,
  };
  const issuers = (init: RequestInit = {}, id = "") =>
    world.request(`/api/launch-issuers${id}`, { ...init, cookie: administrator });
  expect((await issuers(json(named))).status).toBe(201);

  const post = async (path: string, body: object, cookie = clinician) =>
    world.request(`/api/launches${path}`, { ...json(body), cookie });
  const answerOf = async (answer: Response) => ({
    ...((await answer.json()) as {
      url?: string;
      patientId?: string;
      problem?: LaunchProblem;
      said?: string;
    }),
    cookies: answer.headers.getSetCookie(),
  });
  const begin = async (iss = record.baseUrl, cookie?: string) =>
    answerOf(await post("", { iss, launch: record.launch }, cookie));
  const finish = async (address: URL, cookie: string) => {
    const { searchParams } = address;
    const of = (name: string) => searchParams.get(name) ?? undefined;
    const sent = { state: of("state"), code: of("code"), error: of("error"), said: of("error_description") };
    return answerOf(await post("/return", sent, cookie));
  };
  /** The cookie of the clinician's browser once the launch has begun. */
  const withCookies = (cookies: string[]) =>
    [clinician, ...cookies.map((line) => line.split(";")[0])].join("; ");
  return {
    ...world,
    record,
    patient,
    other,
    administrator,
    clinician,
    named,
    put,
    issuers,
    post,
    begin,
    finish,
    withCookies,
    launch: async () => {
      const { url = "", cookies } = await begin();
      return finish(record.authorize(url), withCookies(cookies));
    },
    audited: () =>
      world.database.db
        .selectFrom("audit")
        .select(["action", "subject", "outcome", "details", "actor_role"])
        .where("action", "like", "launch%")
        .where("action", "not like", "launch-issuer.view")
        .orderBy("seq")
        .execute(),
  };
}
type Clinic = Awaited<ReturnType<typeof openClinic>>;

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

const patientOf = (...identifier: { use?: string; system?: string; value?: string }[]) => ({
  resourceType: "Patient" as const,
  id: "7",
  name: [{ text: "王秀英" }],
  identifier,
});

test.each<[string, (clinic: Clinic) => unknown, "opens" | LaunchProblem]>([
  [
    "the number with spaces around it",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: ` ${number} ` })),
    "opens",
  ],
  [
    "the partner user ID",
    ({ record, patient }) =>
      record.patients.set("7", patientOf({ system: partner, value: patient.partnerUid })),
    "opens",
  ],
  [
    "both identifiers of one person",
    ({ record, patient }) =>
      record.patients.set(
        "7",
        patientOf({ system: partner, value: patient.partnerUid }, { system: hospital, value: number }),
      ),
    "opens",
  ],
  [
    "no date of birth there",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: number })),
    "opens",
  ],
  [
    "one of two who is archived",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: number });
      await clinic.put(patient.id, { archived: true });
    },
    "opens",
  ],
  [
    "a part of another record",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: "B-2" });
      await clinic.request(`/api/patients/${patient.id}/merged-into`, {
        ...json({ into: clinic.patient.id }),
        method: "PUT",
        cookie: clinic.clinician,
      });
      clinic.record.patients.set("7", patientOf({ system: hospital, value: "B-2" }));
    },
    "opens",
  ],
  ["the name alone", ({ record }) => record.patients.set("7", patientOf()), "patient-none"],
  [
    "the number in another system",
    ({ record }) => record.patients.set("7", patientOf({ system: "urn:oid:9", value: number })),
    "patient-none",
  ],
  [
    "the number without a system",
    ({ record }) => record.patients.set("7", patientOf({ value: number })),
    "patient-none",
  ],
  [
    "a number that was theirs once",
    ({ record }) => record.patients.set("7", patientOf({ use: "old", system: hospital, value: number })),
    "patient-none",
  ],
  [
    "a partner user ID as hospital number",
    ({ record, patient }) =>
      record.patients.set("7", patientOf({ system: hospital, value: patient.partnerUid })),
    "patient-none",
  ],
  [
    "more numbers than anybody has, one of them no text",
    ({ record }) =>
      record.patients.set(
        "7",
        patientOf(
          { system: hospital, value: "A\u0000" },
          ...Array.from({ length: 20_000 }, (_none, index) => ({ system: hospital, value: `B-${index}` })),
        ),
      ),
    "patient-none",
  ],
  [
    "an empty number",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: "" })),
    "patient-none",
  ],
  [
    "a beginning of the number",
    ({ record }) => record.patients.set("7", patientOf({ system: hospital, value: "A-10421" })),
    "patient-none",
  ],
  [
    "a number that two have",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      await clinic.put(patient.id, { hospitalNumber: number });
    },
    "patient-many",
  ],
  [
    "identifiers of two persons",
    async (clinic) => {
      const { patient } = await clinic.proxy.registerPatient(clinic.other);
      clinic.record.patients.set(
        "7",
        patientOf({ system: hospital, value: number }, { system: partner, value: patient.partnerUid }),
      );
    },
    "patient-many",
  ],
  [
    "another date of birth",
    ({ record }) =>
      record.patients.set("7", {
        ...patientOf({ system: hospital, value: number }),
        birthDate: "1961-12-04",
      }),
    "patient-differs",
  ],
])("the patient is found by an identifier, or said not to be: %s", async (_name, arrange, expected) => {
  const clinic = await openClinic();
  await arrange(clinic);
  const answer = await clinic.launch();
  if (expected === "opens") expect(answer).toMatchObject({ patientId: clinic.patient.id });
  else {
    expect(answer).toMatchObject({ problem: expected, issuer: "Hospital record" });
    expect(answer).not.toHaveProperty("patientId");
    expect((await clinic.audited()).at(-1)).toMatchObject({
      action: "launch.open",
      subject: null,
      outcome: "failed",
      details: expect.stringContaining(`"problem":"${expected}"`),
    });
  }
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
  ["patient", html, "patient-refused"],
  ["patient", { status: 200, body: { resourceType: "Patient", id: "8" } }, "patient-refused"],
  ["patient", { status: 200, body: { resourceType: "Person", id: "7" } }, "patient-refused"],
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
