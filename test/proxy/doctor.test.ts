import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { examine } from "#proxy/doctor/examine.ts";
import type { Finding } from "#proxy/doctor/finding.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { createSandbox, type Fault } from "#sandbox/sandbox.ts";
import { hasPostgres, type Postgres, startPostgres } from "#test/support/postgres.ts";
import { createWorld, json } from "#test/support/world.ts";

const appSecret = "a-secret-that-nobody-may-read-1234567890";
const authSecret = "0123456789abcdef0123456789abcdef";
const minuteMs = 60_000;
/** In the middle of a second, as a date in whole seconds is taken for. */
const nowMs = Date.UTC(2026, 10, 20, 9, 30, 0, 500);
const sandbox = createSandbox({ appId: "app_doctor", appSecret, now: () => nowMs });
const platform = createServer((request, response) => {
  response.setHeader("date", new Date(nowMs).toUTCString());
  return answer(request, response);
});
const answer = getRequestListener((request, env) => sandbox.fetch(request, env));
const folder = mkdtempSync(join(tmpdir(), "trendline-doctor-"));
const printed: string[] = [];

const listening = async (server: Server) => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
};

let platformUrl: string;

beforeAll(async () => {
  platformUrl = `http://127.0.0.1:${await listening(platform)}`;
});
beforeEach(() => sandbox.reset());
afterAll(() => {
  platform.close().closeAllConnections();
  rmSync(folder, { recursive: true });
  for (const secret of [appSecret, authSecret, "let-me-in"]) expect(printed.join("\n")).not.toContain(secret);
});

/** What the doctor says in a clinic's environment with `change`. */
async function findings(change: Record<string, string> = {}, aheadMs = 0): Promise<Finding[]> {
  const all = await examine(
    {
      PARTNER_API_URL: platformUrl,
      PARTNER_APP_ID: "app_doctor",
      PARTNER_APP_SECRET: appSecret,
      AUTH_SECRET: authSecret,
      DATA_DIR: folder,
      PORT: "0",
      ...change,
    },
    { fetch, now: () => nowMs + aheadMs },
  );
  printed.push(JSON.stringify(all));
  return all;
}

const about = async (what: string, change?: Record<string, string>, aheadMs?: number) => {
  const found = (await findings(change, aheadMs)).filter((one) => one.what === what);
  return found.map(({ level, words }) => `${level}: ${words}`).join("\n");
};

test("a clinic where all is well has nothing but ok", async () => {
  const all = await findings();
  expect(all.filter(({ level }) => level !== "ok")).toEqual([]);
  expect(all.map(({ what }) => what)).toEqual([
    "configuration",
    "address",
    "data folder",
    "disk",
    "port",
    "database",
    "platform",
    "clock",
  ]);
});

test.each<[string, Fault | null, Record<string, string>, RegExp]>([
  [
    "does not accept the secret",
    null,
    { PARTNER_APP_SECRET: "let-me-in" },
    /^fail: .*does not accept us \(1001\).*"invalid signature"/,
  ],
  [
    "does not know the app",
    null,
    { PARTNER_APP_ID: "app_other" },
    /^fail: .*does not accept us \(1001\).*"unknown app"/,
  ],
  ["refuses", { kind: "refused" }, {}, /^fail: .*knows us and refuses \(1002\).*"permission denied"/],
  ["asks for fewer requests", { kind: "http", status: 429 }, {}, /^fail: .*fewer requests \(429\)/],
  ["is in trouble", { kind: "http", status: 503 }, {}, /^fail: .*is in trouble.*HTTP 503/],
  ["is another web site", { kind: "html" }, {}, /^fail: .*not as the Partner API does/],
  ["is behind a firewall", { kind: "http", status: 403 }, {}, /^fail: .*gateway or firewall.*HTTP 403/],
  ["cuts the connection", { kind: "outage" }, {}, /^fail: .*cannot be reached: the connection was cut/],
  [
    "has no such name",
    null,
    { PARTNER_API_URL: "https://platform.invalid" },
    /^fail: .*(name does not exist|names cannot)/,
  ],
])("a platform that %s is told in words", async (_, fault, change, words) => {
  if (fault) sandbox.inject(fault);
  expect(await about("platform", change)).toMatch(words);
});

test("a brand that is partly wrong is a warning for each part, and no failure: the server starts without that part", async () => {
  const brand = mkdtempSync(join(folder, "brand-"));
  writeFileSync(join(brand, "brand.json"), '{"name":"Glukosys","accent":"salmonish","logo":"logo.png"}');
  writeFileSync(join(brand, "logo.png"), "<!doctype html><html></html>");
  expect((await about("brand", { BRAND_DIR: brand })).split("\n")).toEqual([
    expect.stringMatching(
      /^warn: Logo \(logo\): logo\.png is no PNG but HTML\. Export it as PNG\. Trendline’s own/,
    ),
    expect.stringMatching(/^warn: Accent colour \(accent\): In brand\.json it is “salmonish”.*#0b7285/),
  ]);
  writeFileSync(join(brand, "brand.json"), '{"name":"Glukosys"}');
  expect(await about("brand", { BRAND_DIR: brand })).toBe(`ok: Glukosys, of ${brand}.`);
  expect(await about("brand", { BRAND_DIR: join(brand, "gone") })).toMatch(
    /^warn: .*gone is not there\. Make this folder/,
  );
  expect(await about("brand")).toBe("");
});

test("a platform that is not there is told in words", async () => {
  // The port of a connection out: it is taken, and nothing listens there.
  const out = connect(Number(new URL(platformUrl).port), "127.0.0.1");
  await once(out, "connect");
  const change = { PARTNER_API_URL: `http://127.0.0.1:${out.localPort}` };
  expect(await about("platform", change)).toMatch(/^fail: .*nothing listens there \(ECONNREFUSED\)/);
  out.destroy();
});

test("an address without TLS where https is asked for is told as TLS", async () => {
  const change = { PARTNER_API_URL: platformUrl.replace("http:", "https:") };
  expect(await about("platform", change)).toMatch(/^fail: .*TLS fails \((ERR_SSL_\w+|EPROTO)\)/);
});

test("a platform that answers about a user who does not exist has accepted us", async () => {
  expect(await about("platform")).toBe(`ok: ${new URL(platformUrl).host} accepts our signature.`);
  expect(sandbox.requests.map(({ path }) => path)).toEqual(["/partner/v1/user/token"]);
});

test("a wrong clock is measured against the platform's", async () => {
  expect(await about("clock")).toMatch(/^ok: (agrees|is [12] s)/);
  expect(await about("clock", {}, 2 * minuteMs)).toMatch(/^warn: is (119|120|121) s ahead of the platform's/);
  expect(await about("clock", {}, -6 * minuteMs)).toMatch(/^fail: is (359|360|361) s behind .*5 minutes/);
  expect(await about("platform", {}, -6 * minuteMs)).toMatch(/1001.*wrong clock.*"request expired"/);
});

test.each([
  [{ PARTNER_APP_SECRET: "" }, "configuration", /^fail: PARTNER_APP_SECRET is missing/],
  [{ AUTH_SECRET: "short" }, "configuration", /^fail: AUTH_SECRET must be at least 32/],
  [{ PARTNER_API_URL: "http://platform.invalid" }, "configuration", /^fail: PARTNER_API_URL is not https/],
  [{ AUTH_SECRET: "a".repeat(40) }, "start", /^fail: AUTH_SECRET is easily guessed/],
  [{ AUTH_SECRET: "a".repeat(40) }, "secrets", /^warn: AUTH_SECRET is easily guessed/],
  [{ AUTH_SECRET_PREVIOUS: "abcdefghij".repeat(4) }, "secrets", /^warn: AUTH_SECRET_PREVIOUS is still set/],
  [{ AUTH_SECRET_PREVIOUS: authSecret }, "secrets", /^fail: AUTH_SECRET is also in/],
  [
    { BOOTSTRAP_ADMIN_EMAIL: "a@clinic.example", BOOTSTRAP_ADMIN_PASSWORD: "let-me-in let-me-in" },
    "secrets",
    /^warn: BOOTSTRAP_ADMIN_PASSWORD/,
  ],
  [{ HOST: "0.0.0.0" }, "address", /^fail: .*PUBLIC_URL is missing/],
  [{ PUBLIC_URL: "http://trendline.clinic.example" }, "address", /^fail: .*in the open/],
  [{ HOST: "0.0.0.0", PUBLIC_URL: "https://trendline.clinic.example" }, "address", /^warn: .*without TLS/],
  [{ PUBLIC_URL: "https://trendline.clinic.example" }, "address", /^ok: people open https/],
  [{ HOST: "192.0.2.1" }, "port", /^fail: .*cannot be listened on \(EADDRNOTAVAIL\)/],
  [{ DATA_DIR: "/dev/null/data" }, "data folder", /^fail: .*cannot be written \(ENOTDIR\)/],
])("%j: %s", async (change, what, words) => {
  expect(await about(what, change)).toMatch(words);
});

test("a folder that others can open is told", async () => {
  chmodSync(folder, 0o755);
  expect(await about("data folder")).toMatch(/^warn: other users .*chmod 700/);
  chmodSync(folder, 0o700);
  expect(await about("data folder")).toMatch(/^ok/);
});

test("a port that is taken is told, and whether by ourselves", async () => {
  const other = createServer((_, response) => response.end("hello"));
  const port = String(await listening(other));
  expect(await about("port", { PORT: port })).toMatch(/^fail: .*another program/);
  other.removeAllListeners("request");
  const { proxy } = await createWorld();
  other.on(
    "request",
    getRequestListener((request) => proxy.fetch(request)),
  );
  expect(await about("port", { PORT: port })).toMatch(/^ok: .*a Trendline that is alive/);
  other.close().closeAllConnections();
});

async function lookOver(postgres: Postgres | null): Promise<void> {
  const dataDir = mkdtempSync(join(folder, "db-"));
  const change = { DATA_DIR: dataDir, ...(postgres ? { DATABASE_URL: postgres.url } : {}) };
  if (postgres) expect(await about("database", change)).toMatch(/^ok: .*will bring it up to date \(\d+ mig/);
  else expect(await about("database", change)).toMatch(/^ok: .*will be made at the first start/);

  const where = { databaseUrl: postgres?.url ?? null, dataDir, sandbox: false };
  const database = await openDatabase(where);
  const world = await createWorld({ database, authSecret });
  const cookie = await world.signIn("clinician");
  const li = { partnerUid: "p-1", name: "Li Na", region: "CN", timeZone: "UTC" };
  const registered = await world.request("/api/patients", { ...json(li), cookie });
  const { id } = (await registered.json()) as { id: string };
  await world.request(`/api/patients/${id}/notes`, { ...json({ text: "Called" }), cookie });
  expect(await about("database", change)).toMatch(/^ok: .*ours to write, up to date/);
  expect(await about("sealed tokens", change)).toBe("");
  const another = { ...change, AUTH_SECRET: "another-secret-of-32-characters-or-more" };
  expect(await about("sealed tokens", another)).toMatch(/^warn: 1 of 1 were sealed with another AUTH_SECRET/);
  expect(await about("sealed notes", change)).toBe("");
  expect(await about("sealed notes", another)).toMatch(/^warn: 1 of 1 were sealed with another AUTH_SECRET/);
  expect(await about("sealed notes", { ...another, AUTH_SECRET_PREVIOUS: authSecret })).toBe("");
  expect(await about("sealed tokens", { ...another, AUTH_SECRET_PREVIOUS: authSecret })).toBe("");

  const stamp = { name: "9999-later", timestamp: new Date(0).toISOString() };
  const anyTables = database.db.withTables<{ kysely_migration: typeof stamp }>();
  await anyTables.insertInto("kysely_migration").values(stamp).execute();
  expect(await about("database", change)).toMatch(/^fail: .*newer Trendline/);
  await world.close();
  await postgres?.stop();
  if (postgres)
    expect(await about("database", change)).toMatch(/^fail: PostgreSQL does not answer \(ENOENT\)/);
}

test("a database on SQLite is looked over and left as it is", () => lookOver(null));

test.skipIf(!hasPostgres)("a database on PostgreSQL is looked over and left as it is", async () =>
  lookOver(await startPostgres()),
);
