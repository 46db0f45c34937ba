import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
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
