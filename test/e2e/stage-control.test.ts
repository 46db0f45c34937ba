import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "#test/support/server.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let folder: string;
let server: RunningServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trendline-stage-"));
  server = await startServer({ DATA_DIR: folder });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** A browser that is signed in. */
async function signIn(role: string) {
  let cookie = "";
  const call = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { origin: server.url, cookie, ...init.headers } });
  const send = (path: string, body: unknown) =>
    call(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const answer = await send("/api/auth/demo/sign-in", { role });
  cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const read = async (path: string) => (await call(path)).json();
  return { call, send, read, jump: (forwardMs: number) => send("/api/stage/clock", { forwardMs }) };
}

const about = async () =>
  (await (await fetch(`${server.url}/api/about`)).json()) as { nowMs: number; clockSpeed: number };

interface Row {
  id: string;
  partnerUid: string;
  status: { checkedAtMs: number } | null;
}
type Visitor = Awaited<ReturnType<typeof signIn>>;
const listed = async (who: Visitor) =>
  ((await (await who.send("/api/patients/search", {})).json()) as { rows: Row[] }).rows;

test("after a jump of 30 days nobody is signed out, and nothing in the list is of before it", async () => {
  const who = await signIn("clinician");
  const before = await about();
  expect((await who.jump(30 * dayMs)).status).toBe(200);
  const { nowMs } = await about();
  expect(nowMs - before.nowMs).toBeGreaterThanOrEqual(30 * dayMs);
  expect(await who.read("/api/auth/get-session")).toMatchObject({ user: { role: "clinician" } });
  expect((await listed(who)).length).toBeGreaterThan(20);
  // At once, but on a machine that takes longer than twenty seconds for it.
  const stale = async () =>
    (await listed(who)).filter(({ status }) => !(Number(status?.checkedAtMs) > before.nowMs + 30 * dayMs));
  await expect.poll(stale, { timeout: 90_000 }).toEqual([]);
});

test("a jump of 400 days, a way back and nonsense are refused, and the clock goes on", async () => {
  const who = await signIn("support");
  for (const body of [{ forwardMs: 400 * dayMs }, { forwardMs: -hourMs }, { speed: "fast" }, {}]) {
    const before = await about();
    const answer = await who.send("/api/stage/clock", body);
    expect(answer.status).toBe(400);
    expect((await about()).nowMs - before.nowMs).toBeLessThan(minuteMs);
  }
});

const isDone = async (who: Visitor, path: string) => ((await who.read(path)) as { state: string }).state;

test("a file of patients and a job of reports go on over jumps, and none of their rows fails", async () => {
  const who = await signIn("clinician");
  const rows = Array.from({ length: 60 }, (_, i) => `jump-${i},Person ${i}`);
  const job = (await (
    await who.call("/api/imports", {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": "clinic.csv" },
      body: ["id,name", ...rows].join("\n"),
    })
  ).json()) as { id: string };
  await who.call(`/api/imports/${job.id}/start`, { method: "POST" });
  const patients = (await listed(who)).slice(0, 6).map(({ id }) => id);
  const asked = {
    patients,
    period: { days: 14 },
    language: "en",
    unit: "mmol/L",
    paper: "a4",
  };
  const reports = (await (await who.send("/api/reports", asked)).json()) as { id: string };
  for (const forwardMs of [2 * hourMs, hourMs, 3 * hourMs])
    expect((await who.jump(forwardMs)).status).toBe(200);
  await expect.poll(() => isDone(who, `/api/imports/${job.id}`), { timeout: 30_000 }).toBe("done");
  expect(await who.read(`/api/imports/${job.id}`)).toMatchObject({ counts: { registered: 60, failed: 0 } });
  await expect.poll(() => isDone(who, `/api/reports/${reports.id}`), { timeout: 30_000 }).toBe("done");
  expect(await who.read(`/api/reports/${reports.id}`)).toMatchObject({ counts: { made: 6, failed: 0 } });
});

test("at 600 times the speed the list is read by the platform's clock, and requests are answered as before", async () => {
  const who = await signIn("clinician");
  await who.send("/api/stage/clock", { speed: 600 });
  const [{ partnerUid = "", id = "" } = {}] = await listed(who);
  expect(partnerUid).not.toBe("");
  for (let round = 0; round < 5; round += 1) {
    const { nowMs } = await about();
    const path = `/api/patients/${id}/readings?start=${nowMs - dayMs}&end=${nowMs}`;
    expect((await who.call(path)).status).toBe(200);
  }
  expect((await about()).clockSpeed).toBe(600);
  await who.send("/api/stage/clock", { speed: 1 });
  expect((await about()).clockSpeed).toBe(1);
});

const scene = {
  seed: 7,
  startMs: Date.UTC(2026, 9, 24),
  clockMs: Date.UTC(2026, 9, 24, 9),
  speed: 1,
};
const isThere = async () => (await fetch(`${server.url}/api/about`)).ok && (await about()).nowMs;

async function set(who: Visitor, body: unknown): Promise<number> {
  const { status } = await who.send("/api/stage/scene", body);
  if (status === 202) await expect.poll(isThere).toBeLessThan(Date.UTC(2026, 9, 24, 10));
  return status;
}

/** All that the platform says of somebody's last days. */
async function told(who: Visitor): Promise<unknown> {
  const found = await (await who.send("/api/patients/lookup", { partnerUid: "clinic-0010" })).json();
  const { id } = (found as { patient: Row }).patient;
  const { startMs } = scene;
  const { readings } = (await who.read(
    `/api/patients/${id}/readings?start=${startMs - 3 * dayMs}&end=${startMs}`,
  )) as { readings?: unknown };
  return readings;
}

test("a scene is the same whenever it is set, and nothing of what was done before is left", async () => {
  const before = await signIn("clinician");
  expect(await set(before, scene)).toBe(202);
  expect(await before.read("/api/auth/get-session")).toBeNull();
  const first = await signIn("clinician");
  const shown = await told(first);
  expect(await listed(first)).toHaveLength(32);
  await first.jump(5 * dayMs);
  expect(await set(first, scene)).toBe(202);
  const second = await signIn("clinician");
  expect(await told(second)).toEqual(shown);
  expect(shown).not.toBeUndefined();
  await set(second, { ...scene, seed: 8 });
  expect(await told(await signIn("clinician"))).not.toEqual(shown);
});

test("its clock goes over the end of summer time, and the list is read", async () => {
  const who = await signIn("clinician");
  await set(who, scene);
  const again = await signIn("clinician");
  expect((await again.jump(2 * dayMs)).status).toBe(200);
  const unread = async () => (await listed(again)).filter(({ status }) => status === null);
  await expect.poll(unread, { timeout: 90_000 }).toEqual([]);
});

test.each<[what: string, change: object]>([
  ["no seed", { seed: undefined }],
  ["a seed that is none", { seed: 0.5 }],
  ["a clock before its start", { clockMs: scene.startMs - 1 }],
  ["a clock long after its start", { clockMs: scene.startMs + 400 * dayMs }],
  ["a time before anybody wore a sensor", { startMs: 0, clockMs: 0 }],
  ["a time that is no time", { startMs: "2026" }],
  ["what no scene has", { music: true }],
])("a scene with %s is refused in words, and nothing is forgotten", async (_what, change) => {
  const who = await signIn("clinician");
  const answer = await who.send("/api/stage/scene", { ...scene, ...change });
  expect(answer.status).toBe(400);
  expect(((await answer.json()) as { detail: string }).detail.length).toBeGreaterThan(10);
  expect(await who.read("/api/auth/get-session")).not.toBeNull();
});

test("of two scenes at once one is set, and the server is there afterwards; killed, it comes back to it", async () => {
  const who = await signIn("clinician");
  const statuses = await Promise.all([
    who.send("/api/stage/scene", scene).then(({ status }) => status),
    who.send("/api/stage/scene", scene).then(({ status }) => status),
  ]);
  expect(statuses).toContain(202);
  await expect.poll(isThere).toBeGreaterThan(scene.clockMs);
  await server.kill();
  expect(existsSync(folder)).toBe(true);
  server = await startServer({ DATA_DIR: folder });
  const { nowMs } = await about();
  expect(nowMs).toBeGreaterThan(scene.clockMs);
  expect(nowMs).toBeLessThan(scene.clockMs + hourMs);
  expect(await listed(await signIn("clinician"))).toHaveLength(32);
});
