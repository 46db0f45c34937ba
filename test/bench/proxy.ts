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
import { startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { startClinic } from "./clinic.ts";
import { median } from "./figures.ts";
import { bytesOf, type Load, load, type Measured, startProgram } from "./proxy/load.ts";

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

interface Raced extends Measured {
  slowest: number;
  fastest: number;
}

/**
 * Medians of interleaved rounds, by name, and how far they are apart; a round before them counts for nothing.
 */
async function race(loads: Record<string, () => Promise<Measured>>): Promise<Record<string, Raced>> {
  const all: Record<string, Measured[]> = {};
  for (let round = 0; round <= rounds; round += 1)
    for (const [name, run] of Object.entries(loads)) {
      const measured = await run();
      if (round > 0) all[name] = [...(all[name] ?? []), measured];
    }
  const of = (list: Measured[], key: keyof Measured) => median(list.map((one) => one[key]));
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [
      name,
      {
        perSecond: of(list, "perSecond"),
        p50Ms: of(list, "p50Ms"),
        p99Ms: of(list, "p99Ms"),
        bytes: of(list, "bytes"),
        requests: list.reduce((sum, { requests }) => sum + requests, 0),
        slowest: Math.min(...list.map(({ perSecond }) => perSecond)),
        fastest: Math.max(...list.map(({ perSecond }) => perSecond)),
      },
    ]),
  );
}

const line = (name: string, { perSecond, p50Ms, p99Ms, bytes, requests, slowest, fastest }: Raced) =>
  console.log(
    `${name.padEnd(44)} ${perSecond.toFixed(0).padStart(6)} a second (${slowest.toFixed(0)}–${fastest.toFixed(0)}, n ${requests})  p50 ${p50Ms.toFixed(1).padStart(6)} ms  p99 ${p99Ms.toFixed(1).padStart(6)} ms  ${bytes.toFixed(0).padStart(9)} bytes`,
  );
const ratio = (what: string, one: Measured | undefined, other: Measured | undefined) =>
  console.log(
    `  ${what}: ${((one?.perSecond ?? 0) / (other?.perSecond ?? 1)).toFixed(2)} × the requests, ${((one?.bytes ?? 0) / (other?.bytes ?? 1)).toFixed(3)} × the bytes`,
  );

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
const through = (next: () => string): Load => ({ url: clinic.server.url, headers, next });

const same = join(folder, "same.br");
const body = await bytesOf(clinic.server.url + readings(14), headers);
writeFileSync(same, body);
const bare = await startProgram("bare.ts", [same]);
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
const raced = await race({
  bare: () => load({ url: bare.url, next: () => "/" }),
  cached: () => counted(() => load(through(() => readings(14))), hardlyAny),
  known: async () => {
    const url = clinic.server.url;
    const etag = (await fetch(url + readings(14), { headers })).headers.get("etag") ?? "";
    const asking = {
      url,
      headers: { ...headers, "if-none-match": etag },
      next: () => readings(14),
      status: 304 as const,
    };
    return counted(() => load(asking), hardlyAny);
  },
  pass: () => counted(() => load({ url: pass.url, next: raw }), eachOne),
  uncached: () => counted(() => load(through(() => readings(14, notKept()))), eachOne),
});
const { bare: bareRun, cached, known, pass: passRun, uncached } = raced;
if (!bareRun || !cached || !known || !passRun || !uncached) throw new Error("a run is missing");
line("bare Hono, the same bytes", bareRun);
line("Trendline, read within the last minute", cached);
ratio("Trendline ÷ bare", cached, bareRun);
line("Trendline, nothing new since (304)", known);
ratio("304 ÷ bare", known, bareRun);
line("http-proxy, the platform passed through", passRun);
line("Trendline, read from the platform", uncached);
ratio("Trendline ÷ http-proxy", uncached, passRun);

for (const { child } of [bare, pass]) child.kill();

const postgres = await startPostgres();
const first = await startClinic(join(folder, "first"), join(folder, "users-2.jsonl"), {
  DATABASE_URL: postgres.url,
});
const { id: there } = await register(first);
const second = await startServer({
  DATA_DIR: join(folder, "second"),
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  REQUIRE_SECOND_FACTOR: "false",
  DATABASE_URL: postgres.url,
  PARTNER_API_URL: first.platform.apiUrl,
  PARTNER_APP_ID: first.platform.appId,
  PARTNER_APP_SECRET: first.platform.appSecret,
});
const day = () => {
  const endMs = Date.now();
  return `/api/patients/${there}/readings?start=${endMs - dayMs}&end=${endMs}`;
};
const shared = { headers: { cookie: first.cookies.join("; "), "accept-encoding": "br" }, next: day };
const both = async (): Promise<Measured> => {
  const urls = [first.server.url, second.url];
  const [a, b] = await Promise.all(urls.map((url) => load({ ...shared, url, connections: 4 })));
  if (!a || !b) throw new Error("a server is missing");
  return {
    perSecond: a.perSecond + b.perSecond,
    p50Ms: Math.max(a.p50Ms, b.p50Ms),
    p99Ms: Math.max(a.p99Ms, b.p99Ms),
    bytes: (a.bytes + b.bytes) / 2,
    requests: a.requests + b.requests,
  };
};
console.log("a day of readings, read within the last minute, PostgreSQL, 8 connections in all");
const { one, two } = await race({ one: () => load({ ...shared, url: first.server.url }), two: both });
if (!one || !two) throw new Error("a run is missing");
line("one server", one);
line("two servers", two);
ratio("two ÷ one", two, one);
await second.stop();
await first.stop();
await postgres.stop();

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
