/**
 * `npm run bench:chaos`: an hour of a clinic's requests in three minutes, against the real server, while the
 * sandbox in a process of its own is slow, erring, lying, cut off, hanging, refusing and away. Every answer
 * is compared with what the sandbox says when it is well. Ends with 1 when a promise is broken. A number
 * after it sets the length in seconds.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pLimit from "p-limit";
import { importJob } from "#contract/import.ts";
import { patient as patientSchema } from "#contract/patient.ts";
import { problem } from "#contract/problem.ts";
import { rosterPage } from "#contract/roster.ts";
import { about } from "#contract/staff.ts";
import { createSandbox } from "#sandbox/sandbox.ts";
import type { Newcomer } from "./chaos/checks.ts";
import { createMemoryProbe, type Memory } from "./chaos/memory.ts";
import { type Errand, longRead, planHour } from "./chaos/traffic.ts";
import { createTruth, keyOf } from "./chaos/truth.ts";
import { makeWeather, phases } from "./chaos/weather.ts";
import { startClinic } from "./clinic.ts";
import { quantile } from "./figures.ts";

const lengthMs = Number(process.argv[2] ?? 180) * 1000;
const importRows = 300;
/**
 * The server's limit for a request and its grace, and two seconds for a
 * machine that is busy with this very run.
 */
const limitMs = 29_000;
const serials = "042 043 044 056 062 073 081 082 083 086".split(" ").map((tail) => `P225043${tail}`);

interface Tally {
  right: number;
  stale: number;
  problems: number;
  wrong: string[];
  ms: number[];
}
const tallies = new Map<string, Tally>();
const codes = new Map<string, number>();
const tallyOf = (kind: string): Tally => {
  const tally = tallies.get(kind) ?? { right: 0, stale: 0, problems: 0, wrong: [], ms: [] };
  tallies.set(kind, tally);
  return tally;
};

const folder = mkdtempSync(join(tmpdir(), "trendline-chaos-"));
const usersFile = join(folder, "users.jsonl");
const started = await startClinic(join(folder, "data"), usersFile, {
  NODE_OPTIONS: "--inspect=127.0.0.1:0",
  LOG_LEVEL: "error",
  PLATFORM_CALLS_PER_SECOND: "100",
});
const clinic = {
  ...started,
  // A connection of its own for each: Node's fetch fails on one that the server closes at
  // that moment, where browsers ask again.
  call: (path: string, init: RequestInit = {}) =>
    started.call(path, { ...init, headers: { connection: "close", ...init.headers } }),
};
const inspector = /ws:\/\/\S+/.exec(clinic.server.stderr())?.[0];
if (!inspector) throw new Error("the server printed no inspector's address");
const memory = await createMemoryProbe(inspector);
const truth = createTruth(clinic.platform);
const post = (body: object): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** The sandbox's people are registered here while all is well, and what it says of them is noted. */
const { cohort } = createSandbox({ now: Date.now, appId: "", appSecret: "" });
const patients = [];
for (const [index, person] of cohort.entries()) {
  const { id, name, partnerUid } = patientSchema.parse(
    await (await clinic.call("/api/patients", post(person))).json(),
  );
  const days = index < longRead ? 91 : 31;
  patients.push({ id, name, partnerUid, truth: await truth.patient(partnerUid, days) });
}
const devices = [];
for (const serial of serials) devices.push({ serial, ...(await truth.device(serial)) });

const newcomers: Newcomer[] = [];
const plan = planHour({ patients, devices }, newcomers);

/**
 * Some twenty people's browsers have so many requests under way; the others
 * wait in the browser, as they do there.
 */
const inBrowsers = pLimit(80);

const make = (errand: Errand): Promise<boolean> => inBrowsers(() => send(errand));

async function send({ kind, path, body, check }: Errand): Promise<boolean> {
  const tally = tallyOf(kind);
  const startMs = performance.now();
  try {
    const answer = await clinic.call(path, body ? post(body) : {});
    const data: unknown = await answer.json();
    tally.ms.push(performance.now() - startMs);
    if (answer.ok) {
      const { wrong, isStale } = check(data, answer.status);
      if (wrong) tally.wrong.push(wrong);
      else if (isStale) tally.stale += 1;
      else tally.right += 1;
      return wrong === null;
    }
    const { code } = problem.parse(data);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    const isClear = code.startsWith("platform-") || (code === "device-unknown" && kind === "unknown sensor");
    if (isClear) tally.problems += 1;
    else tally.wrong.push(`${answer.status} ${code}`);
  } catch (error) {
    tally.ms.push(performance.now() - startMs);
    tally.wrong.push(String(error));
  }
  return false;
}

/** A person sends the form again until the answer is that it is done. */
async function makeUntilDone(errand: Errand): Promise<void> {
  while (!(await make(errand))) await wait(3_000);
}

const job = async (answer: Promise<Response>) => importJob.parse(await (await answer).json());
const csv = ["id,name", ...Array.from({ length: importRows }, (_, i) => `file-${i},Row ${i}`)].join("\n");
const { id: importId } = await job(
  clinic.call("/api/imports", { method: "POST", body: csv, headers: { "x-file-name": "clinic.csv" } }),
);
const importPath = `/api/imports/${importId}`;

/** From time to time a paused file is resumed and failed rows are tried again. */
async function followImport(): Promise<void> {
  await clinic.call(`${importPath}/start`, { method: "POST" });
  for (;;) {
    const { state, counts } = await job(clinic.call(importPath));
    if (state === "done" && counts.failed === 0) return;
    if (state !== "running")
      await clinic.call(`${importPath}/${state === "done" ? "retry" : "start"}`, { method: "POST" });
    await wait(1_000);
  }
}

const polls = { ready: 0, notReady: 0, notAnswering: 0, wrongSince: 0 };
async function poll(): Promise<void> {
  const { status } = await clinic.call("/readyz");
  polls[status === 200 ? "ready" : "notReady"] += 1;
  const { notAnsweringSinceMs, nowMs } = about.parse(await (await clinic.call("/api/about")).json());
  if (notAnsweringSinceMs === null) return;
  polls.notAnswering += 1;
  if (notAnsweringSinceMs > nowMs) polls.wrongSince += 1;
}

const startMs = performance.now();
const held: [string, Memory][] = [["before", await memory.measure()]];
let phase = "";
let isOver = false;
const tell = (words: string) =>
  process.stderr.write(`${((performance.now() - startMs) / 1000).toFixed(0).padStart(4)} s  ${words}\n`);
const weather = makeWeather(clinic.platform, lengthMs, (name) => {
  phase = name;
  tell(name);
}).then(() => {
  isOver = true;
});
const importing = followImport();
const watching = (async () => {
  const marks = [0.1, 0.33, 0.66];
  while (!isOver) {
    await poll();
    const share = (performance.now() - startMs) / lengthMs;
    if (marks[0] !== undefined && share >= marks[0]) {
      marks.shift();
      held.push([`${(share * 100).toFixed(0)} % (${phase})`, await memory.measure()]);
    }
    await wait(1_000);
  }
})();
const underWay = plan.map(async (errand, index) => {
  await wait((index / plan.length) * lengthMs);
  await (errand.kind === "registration" ? makeUntilDone(errand) : make(errand));
});
await Promise.all(underWay);
tell("every request is answered");
await Promise.all([weather, watching, importing]);
tell("the file is through");
held.push(["end", await memory.measure()]);

// Well again: what is left of a pause of at most half a minute, and then everything is as before.
const healedMs = performance.now();
const everybody: Errand[] = planHour({ patients, devices }, newcomers).filter(
  ({ kind }) => kind === "row: now",
);
while (about.parse(await (await clinic.call("/api/about")).json()).notAnsweringSinceMs !== null) {
  await clinic.call(`/api/devices/${serials[0]}`);
  await wait(500);
}
const backAfterS = (performance.now() - healedMs) / 1000;
await wait(1_000);
const before = tallyOf("row: now").right;
await Promise.all(everybody.slice(0, 50).map(make));
const wellAgain = tallyOf("row: now").right - before;

const later = new Map<string, Awaited<ReturnType<typeof truth.patient>>>();
for (const of of new Set(newcomers.map((newcomer) => newcomer.of)))
  later.set(of, await truth.patient(of, 30));
const invented = newcomers.filter(({ of, reading }) => {
  const known = later.get(of)?.byKey.get(keyOf(reading));
  return known?.valueMmolL !== reading.valueMmolL || known.trend !== reading.trend;
});

tell("what came meanwhile is compared");
const registered = [
  ...Array.from(
    { length: plan.filter(({ kind }) => kind === "registration").length },
    (_, i) => `chaos-${i}`,
  ),
  ...Array.from({ length: importRows }, (_, i) => `file-${i}`),
];
const here: { partnerUid: string; openId: string }[] = [];
for (let offset = 0; ; offset += 200) {
  const { rows } = rosterPage.parse(
    await (await clinic.call("/api/patients/search", post({ limit: 200, offset }))).json(),
  );
  here.push(...rows);
  if (rows.length < 200) break;
}
const atPlatform = readFileSync(usersFile, "utf8")
  .split("\n")
  .flatMap((line) => /"(chaos-\d+|file-\d+)"/.exec(line)?.[1] ?? []);
const mixedUp = [];
for (const { partnerUid, openId } of here)
  if ((await truth.openIdOf(partnerUid)) !== openId) mixedUp.push(partnerUid);
const { requests } = (await (await fetch(`${clinic.platform.apiUrl}/sandbox/requests`)).json()) as {
  requests: { path: string }[];
};
memory.close();
await clinic.stop();
rmSync(folder, { recursive: true });

const all = [...tallies.values()];
const sum = (of: (tally: Tally) => number) => all.reduce((total, tally) => total + of(tally), 0);
const longestMs = Math.max(...all.flatMap(({ ms }) => ms));
const seconds = (ms: number) => (ms / 1000).toFixed(2).padStart(7);
console.log(`${plan.length} requests in ${lengthMs / 1000} s: ${phases.map(({ name }) => name).join(", ")}`);
console.log("                    asked  right  stale  problem  wrong    p50 s    p99 s    max s");
for (const [kind, { right, stale, problems, wrong, ms }] of [...tallies].sort()) {
  const counts = [right, stale, problems, wrong.length];
  const widths = [7, 7, 9, 7];
  console.log(
    `${kind.padEnd(18)}${String(ms.length).padStart(7)}${counts.map((count, i) => String(count).padStart(widths[i] ?? 7)).join("")}` +
      `  ${seconds(quantile(ms, 0.5))}  ${seconds(quantile(ms, 0.99))}  ${seconds(Math.max(...ms))}`,
  );
}
console.log(`problems: ${[...codes].map(([code, count]) => `${code} ${count}`).join(", ")}`);
console.log(
  `the platform saw ${requests.length}${requests.length === 20_000 ? " or more" : ""} requests; ${newcomers.length} readings that came meanwhile were compared afterwards`,
);
console.log(
  `asked once a second: ready ${polls.ready} times; the platform was said not to answer ${polls.notAnswering} times; back ${backAfterS.toFixed(1)} s after the end`,
);
for (const [name, { heldMb, rssMb }] of held)
  console.log(
    `memory ${name.padEnd(22)} ${heldMb.toFixed(0).padStart(5)} MB held, ${rssMb.toFixed(0).padStart(5)} MB resident`,
  );
for (const [kind, { wrong }] of tallies)
  for (const words of new Set(wrong))
    console.log(`WRONG ${kind}: ${words} (${wrong.filter((one) => one === words).length} times)`);

const heldAt = (index: number) => held.at(index)?.[1].heldMb ?? 0;
const twice = (list: readonly string[]) => list.length - new Set(list).size;
const promises: [string, boolean][] = [
  [
    `every answer is right or a clear problem (${sum(({ wrong }) => wrong.length)} are not)`,
    sum(({ wrong }) => wrong.length) === 0,
  ],
  [`no reading is invented (${invented.length} are)`, invented.length === 0],
  [
    `no request takes longer than ${limitMs / 1000} s (longest ${(longestMs / 1000).toFixed(1)} s)`,
    longestMs <= limitMs,
  ],
  [
    `everybody is registered, and once: ${here.length} here, ${atPlatform.length} new at the platform`,
    here.length === cohort.length + registered.length &&
      twice(here.map(({ partnerUid }) => partnerUid)) === 0 &&
      twice(here.map(({ openId }) => openId)) === 0 &&
      twice(atPlatform) === 0 &&
      registered.every((uid) => atPlatform.includes(uid)),
  ],
  [`everybody is who the platform says (${mixedUp.length} are not)`, mixedUp.length === 0],
  [
    `the server is ready throughout (${polls.notReady} times not) and tells since when`,
    polls.notReady === 0 && polls.wrongSince === 0,
  ],
  [`an outage shows (${polls.notAnswering} times)`, polls.notAnswering > 0],
  [`all is well afterwards (${wellAgain} of 50)`, wellAgain === 50],
  [
    `memory is flat: ${heldAt(-1).toFixed(0)} MB at the end, ${heldAt(-2).toFixed(0)} and ${heldAt(-3).toFixed(0)} MB on the way`,
    heldAt(-1) <= 1.25 * Math.max(heldAt(-2), heldAt(-3)),
  ],
];
for (const [words, isKept] of promises) console.log(`${isKept ? "kept  " : "BROKEN"} ${words}`);
if (promises.some(([, isKept]) => !isKept)) process.exit(1);
