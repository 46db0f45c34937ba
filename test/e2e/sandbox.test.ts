import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { patient } from "#contract/patient.ts";
import { credentials, dayMs, minuteMs, partnerOf, type WireRecord } from "#test/sandbox/partner.ts";
import { runToEnd, startServer } from "#test/support/server.ts";

const signing = { SANDBOX_APP_ID: credentials.appId, SANDBOX_APP_SECRET: credentials.appSecret };

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "trendline-sandbox-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** The sandbox as a process of its own, and a partner's side of it. */
async function startAlone(env: Record<string, string>) {
  const process = await startServer({ SANDBOX_PORT: "0", ...env }, { file: "src/sandbox-alone.ts" });
  onTestFinished(() => process.signal("SIGKILL"));
  const { url } = process;
  const get = async (path: string) => (await fetch(`${url}/sandbox/${path}`)).json();
  const now = async (): Promise<number> => (await get("clock")).nowMs;
  const send = async (request: Request) =>
    fetch(request.url.replace("http://platform.test", url), {
      method: request.method,
      headers: request.headers,
      body: request.method === "POST" ? await request.text() : undefined,
    });
  const fault = (body: object) =>
    fetch(`${url}/sandbox/faults`, { method: "POST", body: JSON.stringify(body) });
  return { ...process, get, now, fault, ...partnerOf(send, now) };
}

test("the sandbox alone, killed and started again: the same clock, people, readings, tokens and faults", async () => {
  const env = { DATA_DIR: newFolder(), SANDBOX_SPEED: "60", ...signing };
  const before = await startAlone(env);
  const firstMs = await before.now();
  const who = await before.register("new-1", "DE");
  const soFar = () => before.now().then((nowMs) => before.userRecords(who, firstMs, nowMs));
  await expect.poll(async () => (await soFar()).length, { interval: 100 }).toBeGreaterThan(0);
  const shown = await soFar();
  const shownMs = await before.now();
  const cohort = await before.register("clinic-0031");
  const history = await before.userRecords(cohort, firstMs - 20 * dayMs, firstMs);
  const devices = async (side: typeof before) =>
    Promise.all(["P225043056", "P225043057", "P225043073"].map(async (one) => (await side.device(one)).data));
  const known = await devices(before);
  await before.fault({ kind: "refused", path: "/device/", count: 2 });
  const info = { path: "/partner/v1/device/info", query: { device_sn: "P225043056" }, token: who.token };
  expect((await before.call(info)).code).toBe(1002);
  await before.kill();

  const after = await startAlone({ DATA_DIR: env.DATA_DIR, ...signing });
  expect(after.ready).toContain("60 times as fast");
  expect(await after.now()).toBeGreaterThan(shownMs);
  expect((await after.call(info)).code).toBe(1002);
  expect((await after.call(info)).code).toBe(0);
  expect(await after.userRecords(cohort, firstMs - 20 * dayMs, firstMs)).toEqual(history);
  const again = await after.userRecords(who, firstMs, shownMs);
  expect(again).toEqual(expect.arrayContaining<WireRecord>(shown));
  expect(await devices(after)).toEqual(known);
  expect(await after.stop()).toBe(0);
});

test("a product that is killed comes back to the same moment, with the curve of a patient of a minute ago", async () => {
  const env = { DATA_DIR: newFolder(), SANDBOX_SPEED: "1000" };
  const before = await startServer(env);
  let { url } = before;
  let cookie = "";
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { origin: url, cookie, ...init.headers } });
  const post = (path: string, body: object) =>
    call(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const signIn = async () => {
    const answer = await post("/api/auth/demo/sign-in", { role: "clinician" });
    cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
  };
  const nowMs = async (): Promise<number> => (await (await call("/api/about")).json()).nowMs;
  await signIn();
  const beganMs = await nowMs();
  const { id } = patient.parse(
    await (await post("/api/patients", { partnerUid: "new-1", name: "New", timeZone: "UTC" })).json(),
  );
  const readings = async (fromMs: number, toMs: number) =>
    (await (await call(`/api/patients/${id}/readings?start=${fromMs}&end=${toMs}`)).json()).readings;
  const count = async () => (await readings(beganMs, await nowMs())).valueMmolL?.length ?? 0;
  await expect.poll(count, { interval: 100 }).toBeGreaterThan(30);
  const untilMs = (await nowMs()) - 30 * minuteMs;
  const shown = await readings(beganMs, untilMs);
  expect(shown.valueMmolL.length).toBeGreaterThan(10);
  const shownMs = await nowMs();
  await before.kill();

  const after = await startServer(env);
  url = after.url;
  await signIn();
  expect(await nowMs()).toBeGreaterThan(shownMs);
  expect(await nowMs()).toBeLessThan(shownMs + dayMs * 3);
  expect(await readings(beganMs, untilMs)).toEqual(shown);
  expect(await after.stop()).toBe(0);
});

test("`npm run sandbox:reset` refuses while a server runs there, and then makes the next start a first one", async () => {
  const env = { DATA_DIR: newFolder() };
  const reset = () => runToEnd(env, "src/sandbox-reset.ts");
  expect(await reset()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^There is no sandbox in /),
  });
  const server = await startServer({ ...env, SANDBOX_SPEED: "60" });
  const refused = await reset();
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(
    /^Nothing was forgotten\. Another Trendline server is running on the data folder .*Stop it first/,
  );
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  await server.kill();
  writeFileSync(join(env.DATA_DIR, "trendline.db"), "a clinic's");
  const done = await reset();
  expect(done).toMatchObject({ exitCode: 0, stderr: "" });
  expect(done.stdout).toMatch(/is forgotten: its clock, faults, users and tokens, and the patients/);
  expect(readFileSync(join(env.DATA_DIR, "trendline.db"), "utf8")).toBe("a clinic's");
  expect(readdirSync(env.DATA_DIR).filter((name) => /sandbox(-state|-users|\.db)/.test(name))).toEqual([]);
  const first = await startAlone(env);
  expect(first.output()).not.toContain("clock");
  expect(await first.stop()).toBe(0);
});

test("a state file that is another's does not stop the server, and is still there", async () => {
  const env = { DATA_DIR: newFolder() };
  const file = join(env.DATA_DIR, "sandbox-state.json");
  writeFileSync(file, '{"name": "somebody else\'s"}');
  const server = await startServer(env);
  expect(server.output()).toMatch(/sandbox-state\.json is not of this version of the sandbox/);
  expect(await server.stop()).toBe(0);
  const aside = readdirSync(env.DATA_DIR).find((name) => name.includes("unreadable")) ?? "";
  expect(readFileSync(join(env.DATA_DIR, aside), "utf8")).toContain("somebody else's");
});

test("the sandbox alone says in words what it cannot begin with", async () => {
  const alone = (env: Record<string, string>) => runToEnd(env, "src/sandbox-alone.ts");
  const running = await startAlone({ DATA_DIR: newFolder() });
  const taken = new URL(running.url).port;
  const said = [
    await alone({ DATA_DIR: newFolder(), SANDBOX_PORT: taken }),
    await alone({ DATA_DIR: newFolder(), SANDBOX_PORT: "0", SANDBOX_APP_ID: "mine" }),
    await alone({ DATA_DIR: newFolder(), SANDBOX_PORT: "many" }),
    await alone({ DATA_DIR: newFolder(), SANDBOX_PORT: "0", SANDBOX_SPEED: "0" }),
  ];
  expect(await running.stop()).toBe(0);
  expect(said.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1]);
  expect(said.map(({ stderr }) => stderr.trim())).toEqual([
    `The sandbox did not start. Port ${taken} is taken. Stop the other program, or choose another port: SANDBOX_PORT=0 npm run sandbox`,
    "The sandbox did not start. SANDBOX_APP_ID and SANDBOX_APP_SECRET go together: set both or neither.",
    expect.stringContaining("SANDBOX_PORT must be a port number from 0 to 65535"),
    expect.stringContaining("SANDBOX_SPEED must be a number from 1 to 1000"),
  ]);
});

test("the README leads a program of others to a signed answer, by its own commands", async () => {
  const readme = readFileSync("src/sandbox/README.md", "utf8");
  const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  expect(blocks).toHaveLength(4);
  const folder = newFolder();
  const first = await startAlone({ DATA_DIR: folder });
  const printed = (text: string) => text.split("\n").filter((line) => line.startsWith("PARTNER_"));
  await first.kill();
  const alone = await startAlone({ DATA_DIR: folder });
  expect(printed(alone.output()).slice(1)).toEqual(printed(first.output()).slice(1));
  const script = ["set -euo pipefail", ...printed(alone.output()), ...blocks].join("\n");
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  const { stdout } = await promisify(execFile)(
    "bash",
    ["-c", script.replaceAll("localhost:4174", new URL(alone.url).host)],
    { cwd: folder, env },
  );
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
  expect(read("glucose.json").data.records.length).toBeGreaterThan(10);
  expect(read("device.json")).toMatchObject({ code: 0, data: { device_sn: "P225043056", status: 2 } });
  expect(stdout).toContain('{"active":[{"kind":"outage","count":5}]}{"active":[]}');
  expect(stdout).toMatch(/"speed":600.*"low":\{"partnerUid":"clinic-0010"/s);
  expect(stdout).toContain('"path":"/partner/v1/device/info"');
  expect(await alone.stop()).toBe(0);
});

test("the scripts of package.json are those files", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const files = [scripts.sandbox, scripts["sandbox:reset"]].map((line: string) => line.split(" ").at(-1));
  expect(files).toEqual(["src/sandbox-alone.ts", "src/sandbox-reset.ts"]);
  expect(files.every((file) => existsSync(file ?? ""))).toBe(true);
});
