import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startAndFail, startServer } from "#test/support/server.ts";
import { type Collector, startCollector } from "./leaks/collector.ts";
import { glucoseValue, startWatchedPlatform, type WatchedPlatform } from "./leaks/platform.ts";
import { type Answer, patients, runSession } from "./leaks/session.ts";

const secret = () => randomBytes(24).toString("hex");
const credentials = { appId: "app_leaks", appSecret: secret() };
const admin = { email: "admin@clinic.example", password: `admin ${secret()}` };
const support = { email: "support@clinic.example", password: `support ${secret()}` };
const metricsToken = secret();
const folder = mkdtempSync(join(tmpdir(), "trendline-leaks-"));
const dataDir = join(folder, "data");
const clientFolder = join(folder, "client");

const secretsOfEnv = {
  PARTNER_APP_SECRET: credentials.appSecret,
  AUTH_SECRET: secret(),
  AUTH_SECRET_PREVIOUS: `${secret()},${secret()}`,
  METRICS_TOKEN: metricsToken,
  BOOTSTRAP_ADMIN_PASSWORD: admin.password,
};

let platform: WatchedPlatform;
let collector: Collector;
let server: RunningServer;
let env: Record<string, string>;
let answers: Answer[];
let cookies: string[];

/** What must be nowhere. */
const secrets = () => [
  ...Object.values(secretsOfEnv).flatMap((value) => value.split(",")),
  support.password,
  ...platform.secrets,
];
/** What may be on the screen of those who treat the patient, and nowhere else. */
const people = [
  ...patients.flatMap(({ name, partnerUid }) => [name, encodeURIComponent(name), partnerUid]),
  String(glucoseValue).slice(0, 5),
];

/** The places that contain one of the texts, each with what it contains. */
const found = (places: readonly (readonly [string, string])[], texts: readonly string[]) =>
  places.flatMap(([place, content]) =>
    texts.filter((text) => content.includes(text)).map((text) => `${place}: ${text}`),
  );

const filesOf = (parent: string) =>
  globSync("**/*", { cwd: parent })
    .map((name) => join(parent, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, readFileSync(file, "latin1")] as const);

beforeAll(async () => {
  platform = await startWatchedPlatform(credentials);
  collector = await startCollector();
  const crash = join(folder, "crash.mjs");
  const error = { query: "insert into patient", parameters: [patients[0]?.name], headers: secretsOfEnv };
  writeFileSync(
    crash,
    `process.on("SIGUSR2", () => {
      process.report.writeReport();
      Promise.reject(Object.assign(new Error("crashed on purpose"), ${JSON.stringify(error)}));
    });`,
  );
  env = {
    PARTNER_API_URL: platform.apiUrl,
    PARTNER_APP_ID: credentials.appId,
    ...secretsOfEnv,
    BOOTSTRAP_ADMIN_EMAIL: admin.email,
    REQUIRE_SECOND_FACTOR: "false",
    DATA_DIR: dataDir,
    LOG_LEVEL: "debug",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    NODE_OPTIONS: `--import=${crash} --report-directory=${folder} --report-compact`,
  };
  const built = spawnSync(
    process.execPath,
    ["--eval", `import("./src/build.ts").then((it) => it.buildClient(${JSON.stringify(clientFolder)}))`],
    {
      env: { ...process.env, ...env },
    },
  );
  expect(built.status, built.stderr.toString()).toBe(0);
  server = await startServer(env);
  ({ answers, cookies } = await runSession(server, platform, { admin, support, metricsToken }));
});

afterAll(() => {
  platform.stop();
  collector.stop();
  rmSync(folder, { recursive: true });
});

test("the session was a mixed one", () => {
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].sort()).toEqual([200, 201, 400, 401, 403, 404, 502, 503]);
  expect(platform.secrets.size).toBeGreaterThan(20);
  expect(cookies.length).toBeGreaterThan(1);
  const log = server.output();
  for (const word of ['"level":20', '"level":50', "platform-unreachable", "/api/patients/:id/readings"])
    expect(log).toContain(word);
  const glucose = answers.filter(({ body }) => body.includes(String(glucoseValue)));
  expect(glucose.length).toBeGreaterThan(1);
});

test("no secret is in any answer, its headers included", () => {
  const places = answers.map(({ name, headers, body }) => [name, `${headers}\n${body}`] as const);
  expect(found(places, [...secrets(), ...cookies, ...cookies.map(decodeURIComponent)])).toEqual([]);
});

test("no patient and no glucose value is in a header, an error or an answer to whoever may not see it", () => {
  const open = answers.filter(({ name }) =>
    /readings|(GET|POST|PATCH) .api.(patients|imports)|POST .api.worklist.devices$/.test(name),
  );
  const places = [
    ...answers.map(({ name, headers }) => [name, headers] as const),
    ...answers.filter(({ status }) => status >= 400).map(({ name, body }) => [name, body] as const),
    ...answers.filter((answer) => !open.includes(answer)).map(({ name, body }) => [name, body] as const),
  ];
  expect(found(places, people)).toEqual([]);
});

test("the list of devices names to support who was handed over, and nothing of their glucose", () => {
  const lists = answers.filter(({ name }) => name === "POST /api/worklist/devices");
  const ids = [patients[0]?.name, patients[0]?.partnerUid, encodeURIComponent(patients[0]?.name ?? "")];
  expect(lists.map(({ status }) => status)).toEqual([200]);
  expect(lists[0]?.body).toContain(patients[0]?.name);
  const places = lists.map(({ name, body }) => [name, body] as const);
  const others = people.filter((text) => !ids.includes(text));
  expect(found(places, others)).toEqual([]);
});

test("no secret, no cookie and nobody's data is in what the server prints and counts", () => {
  const metrics = answers.findLast(({ name, status }) => name === "GET /metrics" && status === 200);
  expect(metrics?.body).toContain("process_resident_memory_bytes");
  const places = [["output", server.output()] as const, ["metrics", metrics?.body ?? ""] as const];
  const decoded = cookies.map(decodeURIComponent);
  expect(found(places, [...secrets(), ...people, ...cookies, ...decoded, "127.0.0.1:", "P2250430"])).toEqual([
    // Where it listens, said at the start.
    "output: 127.0.0.1:",
  ]);
});

test("no secret is in what a browser downloads", () => {
  const bundle = filesOf(clientFolder).filter(([file]) => !file.endsWith(".br"));
  expect(bundle.length).toBeGreaterThan(10);
  expect(found(bundle, [...secrets(), ...people])).toEqual([]);
});

test("no secret lies open in the data folder, and no glucose value at all", () => {
  const files = filesOf(dataDir);
  expect(files.map(([file]) => file)).toContain(join(dataDir, "trendline.db"));
  expect(found(files, [...secrets(), ...cookies, String(glucoseValue)])).toEqual([]);
});

test("a server that does not start says why without the secret", async () => {
  const password = secret();
  const bad: Record<string, string>[] = [
    { AUTH_SECRET: secretsOfEnv.AUTH_SECRET.slice(0, 31) },
    { AUTH_SECRET_PREVIOUS: `${secretsOfEnv.AUTH_SECRET},short` },
    { METRICS_TOKEN: metricsToken.slice(0, 31) },
    { DATABASE_URL: `postgres://trendline:${password}@127.0.0.1:1/trendline` },
    { DATABASE_URL: `mysql://trendline:${password}@127.0.0.1/trendline` },
    { PARTNER_APP_SECRET: credentials.appSecret },
  ];
  const ends = await Promise.all(bad.map((env) => startAndFail({ DATA_DIR: dataDir, ...env })));
  const kept = [secretsOfEnv.AUTH_SECRET, credentials.appSecret, metricsToken].map((one) => one.slice(0, 31));
  for (const [i, { exitCode, stderr }] of ends.entries()) {
    expect([bad[i], exitCode]).toEqual([bad[i], 1]);
    expect(stderr).toContain("did not start");
    expect(found([["stderr", stderr]], [password, ...kept])).toEqual([]);
  }
});

test("what happened was traced: requests, their calls to the platform and their queries, as one tree", async () => {
  await server.stop();
  const spans = collector.spans();
  const request = spans.find(({ name }) => name === "GET /api/patients/:id/readings");
  const inside = spans.filter(({ traceId }) => traceId === request?.traceId);
  const names = inside.map(({ name }) => name);
  expect(names).toContain("platform /partner/v1/user/glucose");
  expect(names).toContain("database select patient");
  const ids = new Set(inside.map(({ spanId }) => spanId));
  for (const span of inside.filter((one) => one !== request)) expect(ids).toContain(span.parentSpanId);
  expect(request?.parentSpanId ?? "").toBe("");
  const traces = collector.bodies.map((body, i) => [`traces ${i}`, body] as const);
  expect(found(traces, [...secrets(), ...people, ...cookies, "127.0.0.1:", "P2250430"])).toEqual([]);
});

test("an error that nobody caught ends the server without its secrets, and so does a report of it", async () => {
  const doomed = await startServer(env);
  doomed.signal("SIGUSR2");
  await doomed.ended;
  expect(doomed.output()).toMatch(/"level":60.*"crashed on purpose"/);
  const reports = filesOf(folder).filter(([file]) => /report\..*\.json$/.test(file));
  expect(reports).toHaveLength(1);
  expect(found([["output", doomed.output()], ...reports], [...secrets(), ...people])).toEqual([]);
});
