import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lookupList } from "#contract/lookups.ts";
import { startAndFail, startServer } from "#test/support/server.ts";

const partner = {
  PARTNER_APP_ID: "app_test",
  PARTNER_APP_SECRET: "not-a-real-secret",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  BOOTSTRAP_ADMIN_EMAIL: "admin@clinic.example",
  BOOTSTRAP_ADMIN_PASSWORD: "a very long secret",
  REQUIRE_SECOND_FACTOR: "false",
};

test("a taken port is said in one sentence, with what to do", async () => {
  const server = await startServer();
  const { port } = new URL(server.url);
  const { exitCode, stderr } = await startAndFail({ PORT: port });
  await server.stop();
  expect(exitCode).toBe(1);
  expect(stderr.trim()).toMatch(new RegExp(`^Trendline did not start. Port ${port} is taken\\..*PORT=`));
});

test("a taken port of the sandbox is said as that, and the other one is not blamed", async () => {
  const server = await startServer();
  const { port } = new URL(server.url);
  const { exitCode, stderr } = await startAndFail({ PORT: "0", SANDBOX_PORT: port });
  await server.stop();
  expect(exitCode).toBe(1);
  expect(stderr.trim()).toMatch(
    new RegExp(`^Trendline did not start. Port ${port} is taken\\..* SANDBOX_PORT=0 npm start$`),
  );
});

test("a data folder that cannot be used is said in one sentence", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-data-"));
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  chmodSync(file, 0o400);
  const { exitCode, stderr } = await startAndFail({ DATA_DIR: join(file, "data") });
  rmSync(folder, { recursive: true });
  expect(exitCode).toBe(1);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(stderr).toContain("DATA_DIR=");
});

test("a second server on one data folder is refused in one sentence, and one after kill -9 is not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-alone-"));
  const first = await startServer({ DATA_DIR: folder });
  const { exitCode, stderr } = await startAndFail({ DATA_DIR: folder });
  expect(exitCode).toBe(1);
  expect(stderr.trim()).toMatch(
    /^Trendline did not start\. Another Trendline server is running on the data folder .*DATA_DIR=/,
  );
  expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  await first.kill();
  const next = await startServer({ DATA_DIR: folder });
  expect(await next.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

test("a list of sensors goes on after kill -9 of the server, and every sensor of it is told", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-killed-"));
  const env = { DATA_DIR: folder, DEVICE_LOOKUPS_PER_SECOND: "5" };
  const first = await startServer(env);
  let { url } = first;
  let cookie = "";
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { origin: url, cookie, ...init.headers } });
  const body = JSON.stringify({ role: "support" });
  const headers = { "content-type": "application/json" };
  const signIn = await call("/api/auth/demo/sign-in", { method: "POST", headers, body });
  cookie = signIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const serials = Array.from({ length: 20 }, (_, i) => `P22609990${10 + i}`).join("\n");
  const { id } = lookupList.parse(
    await (await call("/api/look-ups", { method: "POST", body: serials })).json(),
  );
  const left = async () => lookupList.parse(await (await call(`/api/look-ups/${id}`)).json()).counts.new;
  await expect.poll(left, { interval: 50 }).toBeLessThan(18);
  await first.kill();
  const next = await startServer(env);
  url = next.url;
  const atStart = await left();
  expect(atStart).toBeGreaterThan(0);
  expect(atStart).toBeLessThan(18);
  await expect.poll(left, { timeout: 20_000 }).toBe(0);
  const { counts } = lookupList.parse(await (await call(`/api/look-ups/${id}`)).json());
  expect(counts).toMatchObject({ all: 20, unknown: 20, failed: 0 });
  expect(await next.stop()).toBe(0);
  rmSync(folder, { recursive: true });
});

test("`npm start` told to end takes the server with it, and another one starts on its folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-npm-"));
  const npm = spawn("npm", ["start"], {
    env: { ...process.env, DATA_DIR: folder, HOST: "127.0.0.1", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  npm.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  await expect.poll(address).toBeDefined();
  const url = address() ?? "";
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  npm.kill("SIGTERM");
  const isThere = () =>
    fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    );
  await expect.poll(isThere).toBe(false);
  // Once it has let go of its folder.
  await expect
    .poll(() =>
      startServer({ DATA_DIR: folder }).then(
        (it) => it.stop(),
        () => -1,
      ),
    )
    .toBe(0);
  rmSync(folder, { recursive: true });
});

test("half of the platform's credentials stop the start and name what is missing", async () => {
  const { exitCode, stderr } = await startAndFail({ PARTNER_APP_ID: "app_test" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("PARTNER_API_URL and PARTNER_APP_SECRET are missing");
});

test("a database that does not answer is said in one sentence", async () => {
  const { exitCode, stderr } = await startAndFail({ DATABASE_URL: "postgres://localhost:1/none" });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("The database at DATABASE_URL does not answer");
});

test("the same build before another Partner API host is that platform's and nobody else's", async () => {
  const elsewhere = await startServer({ SANDBOX_PORT: "0" });
  const server = await startServer({ ...partner, PARTNER_API_URL: elsewhere.url });
  expect(server.ready).not.toContain("sandbox");
  const about = await (await fetch(`${server.url}/api/about`)).json();
  expect(about).toMatchObject({ platform: "partner", clockSpeed: 1 });
  const record = await fetch(`${server.url}/fhir/metadata`);
  expect(record.headers.get("content-type")).toBe("application/fhir+json");
  expect(await record.json()).toMatchObject({
    resourceType: "CapabilityStatement",
    implementation: { url: `${server.url}/fhir` },
  });
  const post = (path: string, body: unknown, cookie = "") =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", origin: server.url, cookie },
      body: JSON.stringify(body),
    });
  expect((await post("/api/auth/demo/sign-in", { role: "administrator" })).status).toBe(404);
  const { BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password } = partner;
  const signIn = await post("/api/auth/sign-in/email", { email, password });
  const cookie = signIn.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  // That host is no Partner API, and what comes back says so instead of pretending.
  const register = await post("/api/patients", { partnerUid: "x", name: "X", timeZone: "UTC" }, cookie);
  expect(register.status).toBe(502);
  expect(await register.json()).toMatchObject({ code: "platform-malformed" });
  await server.stop();
  await elsewhere.stop();
});
