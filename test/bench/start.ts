/**
 * `npm run bench:start`: a new sandbox until its first page is answered, and its memory at rest and after
 * 100,000 requests. Linux only. What npm itself takes is left out; the look whether the server is built,
 * which `npm start` begins with, is not.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { buildIfNeeded } from "../../src/built.ts";
import { median } from "./figures.ts";
import { load } from "./proxy/load.ts";

const starts = 7;
const restMinutes = Number(process.env.REST_MINUTES ?? 3);
const requests = Number(process.env.REQUESTS ?? 100_000);
const dayMs = 86_400_000;
const tickMs = 10;

const proc = ({ pid }: ChildProcess, file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8");
const residentMb = (child: ChildProcess) =>
  (Number(/VmRSS:\s+(\d+)/.exec(proc(child, "status"))?.[1]) * 1024) / 1e6;

/** User and system time, after the name in parentheses. */
function cpuMs(child: ChildProcess): number {
  const fields = proc(child, "stat").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

async function start() {
  const dataDir = mkdtempSync(join(tmpdir(), "trendline-start-"));
  const startMs = performance.now();
  spawnSync(process.execPath, ["src/build.ts", "server", "--if-needed"], { stdio: "inherit" });
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "src/start.ts"], {
    env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: "0", DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  let url: string | undefined;
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    said += chunk;
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url) break;
  }
  if (!url) throw new Error(`the server ended: ${said}`);
  await (await fetch(url)).text();
  const measured = { wallMs: performance.now() - startMs, cpuMs: cpuMs(child), mb: residentMb(child) };
  const stop = async () => {
    child.kill();
    await once(child, "exit");
    rmSync(dataDir, { recursive: true });
  };
  return { child, url, measured, stop };
}

/** Paths of a day of each patient's readings, one after the other, with what to send along. */
async function signedIn(url: string) {
  const post = async (path: string, body: object, cookie = "") => {
    const headers = { "content-type": "application/json", origin: url, cookie };
    const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const entered = await post("/api/auth/demo/sign-in", { role: "clinician" });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { rows } = (await (await post("/api/patients/search", {}, cookie)).json()) as {
    rows: { id: string }[];
  };
  let asked = 0;
  const next = () => {
    asked += 1;
    const endMs = Date.now();
    return `/api/patients/${rows[asked % rows.length]?.id}/readings?start=${endMs - dayMs}&end=${endMs}`;
  };
  return { url, headers: { cookie, "accept-encoding": "br" }, next };
}

await Promise.all([buildIfNeeded("client"), buildIfNeeded("server")]);
const all: Awaited<ReturnType<typeof start>>["measured"][] = [];
for (let i = 1; i < starts; i += 1) {
  const { measured, stop } = await start();
  all.push(measured);
  await stop();
}
const { child, url, measured, stop } = await start();
all.push(measured);
const of = (key: keyof typeof measured) => median(all.map((one) => one[key])).toFixed(0);
console.log(
  `first page: ${of("wallMs")} ms, the server's CPU ${of("cpuMs")} ms, ${of("mb")} MB resident (medians of ${starts})`,
);
for (let minute = 1; minute <= restMinutes; minute += 1) {
  await wait(60_000);
  console.log(`at rest, minute ${minute}: ${residentMb(child).toFixed(0)} MB`);
}
const reading = await signedIn(url);
for (let done = 0; done < requests; done += requests / 5) {
  await load({ ...reading, amount: requests / 5 });
  console.log(`after ${done + requests / 5} requests: ${residentMb(child).toFixed(0)} MB`);
}
await stop();
