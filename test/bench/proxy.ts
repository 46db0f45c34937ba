/**
 * `npm run bench:proxy`: reads of readings through the real server against a bare Hono app that sends
 * the same bytes, and against http-proxy that passes the platform through; memory after 100,000
 * requests; one server against two on PostgreSQL.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { signingHeaders } from "#proxy/platform/sign.ts";
import { createCohort } from "#sandbox/cohort.ts";
import { startClinic } from "./clinic.ts";
import { type Load, load, type Measured, rawAnswer, startProgram } from "./proxy/load.ts";
import { line, race, ratio } from "./proxy/race.ts";
import { raceTwoServers } from "./proxy/two-servers.ts";

const dayMs = 86_400_000;
const rounds = 5;
const metricsToken = "0123456789abcdef0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
const person = createCohort(1)[0]?.person;
if (!person) throw new Error("the sandbox has nobody");

type Clinic = Awaited<ReturnType<typeof startClinic>>;

async function register(clinic: Clinic): Promise<{ id: string; openId: string }> {
  const headers = { "content-type": "application/json" };
  const answer = await clinic.call("/api/patients", {
    method: "POST",
    headers,
    body: JSON.stringify(person),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json() as Promise<{ id: string; openId: string }>;
}

const clinic = await startClinic(join(folder, "data"), join(folder, "users.jsonl"), {
  METRICS_TOKEN: metricsToken,
  // A read of the background would answer for those that are measured.
  ROUNDS_PER_SECOND: "0",
});
const { id, openId } = await register(clinic);
const headers = { cookie: clinic.cookies.join("; "), "accept-encoding": "br" };
/** Ends now, as a page's does. */
const readings = (days: number, earlierMs = 0) => {
  const endMs = Date.now();
  return `/api/patients/${id}/readings?start=${endMs - days * dayMs - earlierMs}&end=${endMs}`;
};
const through = (next: () => string): Load => ({
  url: clinic.server.url,
  pid: clinic.server.pid,
  headers,
  next,
});
/** Has the bytes that `etag` is of. */
const knowing = (url: string, etag: string) => ({
  url,
  headers: { ...headers, "if-none-match": etag },
  status: 304 as const,
});

const same = join(folder, "same.br");
const whole = await rawAnswer(clinic.server.url + readings(14), headers);
writeFileSync(same, whole.body);
const sameHeaders = join(folder, "same.json");
const { headers: known } = await rawAnswer(clinic.server.url + readings(14), {
  ...headers,
  "if-none-match": whole.headers.etag ?? "",
});
const byHttp = new Set(["date", "connection", "keep-alive"]);
writeFileSync(
  sameHeaders,
  JSON.stringify(Object.fromEntries(Object.entries(known).filter(([name]) => !byHttp.has(name)))),
);
const bare = await startProgram("bare.ts", [same, sameHeaders]);
const tokenUrl = new URL(`${clinic.platform.apiUrl}/partner/v1/user/token?open_id=${openId}`);
const { appId, appSecret } = clinic.platform;
const signed = signingHeaders(appSecret, {
  method: "GET",
  url: tokenUrl,
  body: "",
  appId,
  timestampMs: Date.now(),
});
const token = (await (await fetch(tokenUrl, { headers: signed })).json()) as {
  data: { access_token: string };
};
const pass = await startProgram("pass-through.ts", [
  clinic.platform.apiUrl,
  appId,
  appSecret,
  token.data.access_token,
]);

/** Each a second earlier than all before, so that no kept read covers it. */
let earlierMs = 0;
const notKept = () => {
  earlierMs += 1000;
  return earlierMs;
};
const raw = () => {
  const endMs = Date.now();
  return `/partner/v1/user/glucose?open_id=${openId}&start_time=${endMs - 14 * dayMs - notKept()}&end_time=${endMs}`;
};

/** Runs a load of which the platform must be asked for glucose `least` to `most` times. */
async function counted(run: () => Promise<Measured>, reads: (requests: number) => [number, number]) {
  const before = await clinic.platform.reads();
  const measured = await run();
  const asked = (await clinic.platform.reads()) - before;
  const [least, most] = reads(measured.requests);
  if (asked < least || asked > most)
    throw new Error(
      `${measured.requests} requests asked the platform ${asked} times, not ${least} to ${most}`,
    );
  return measured;
}
/** What is under way when a round ends was asked for, too. */
const eachOne = (requests: number): [number, number] => [requests, requests + 8];
const hardlyAny = (): [number, number] => [0, 8];

const [cpu] = cpus();
console.log(`${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}`);
console.log(
  `14 days of readings, 8 connections, medians of ${rounds} interleaved rounds of 4 s after one to warm up (slowest–fastest, n requests)`,
);
const { pid } = clinic.server;
const raced = await race(rounds, {
  bare: () => load({ url: bare.url, pid: bare.child.pid, next: () => "/" }),
  bareKnown: () => load({ ...knowing(bare.url, "any"), pid: bare.child.pid, next: () => "/" }),
  cached: () => counted(() => load(through(() => readings(14))), hardlyAny),
  known: async () => {
    const { headers: answered } = await rawAnswer(clinic.server.url + readings(14), headers);
    const run = () =>
      load({ ...knowing(clinic.server.url, answered.etag ?? ""), pid, next: () => readings(14) });
    return counted(run, hardlyAny);
  },
  pass: () => counted(() => load({ url: pass.url, pid: pass.child.pid, next: raw }), eachOne),
  uncached: () => counted(() => load(through(() => readings(14, notKept()))), eachOne),
});
line("bare Hono, the same bytes", raced.bare);
line("Trendline, read within the last minute", raced.cached);
ratio("Trendline ÷ bare, the same bytes", raced.cached, raced.bare);
line("bare Hono, 304 with the same headers", raced.bareKnown);
line("Trendline, nothing new since (304)", raced.known);
ratio("304 ÷ bare, the bytes of the kept read", raced.known, raced.bare);
ratio("304 ÷ bare, 304 with the same headers", raced.known, raced.bareKnown);
line("http-proxy, the platform passed through", raced.pass);
line("Trendline, read from the platform", raced.uncached);
ratio("Trendline ÷ http-proxy", raced.uncached, raced.pass);

for (const { child } of [bare, pass]) child.kill();

await raceTwoServers(folder, register);

async function memory(): Promise<{ rssMb: number; heapMb: number }> {
  const answer = await fetch(`${clinic.server.url}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const text = await answer.text();
  const mb = (name: string) => Number(new RegExp(`^${name} (\\S+)`, "m").exec(text)?.[1] ?? Number.NaN) / 1e6;
  return { rssMb: mb("process_resident_memory_bytes"), heapMb: mb("nodejs_heap_size_used_bytes") };
}

const marks: string[] = [];
for (let done = 0; done <= 100_000; done += 20_000) {
  if (done > 0) await load({ ...through(() => readings(1)), amount: 20_000 });
  const { rssMb, heapMb } = await memory();
  marks.push(`${done}: ${rssMb.toFixed(0)} (${heapMb.toFixed(0)})`);
}
console.log(`memory after so many requests of a day, MB resident (heap in use): ${marks.join(", ")}`);
await clinic.stop();
rmSync(folder, { recursive: true });
