/**
 * `npm run bench:reports`: reports of 14 days of 500 patients as a job, against the real server and a sandbox in a
 * process of its own; the server is killed in the middle. Ends with 1 where a report is missing, twice, or a bar is
 * missed.
 */
import { readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { getDocumentProxy } from "unpdf";
import { type ReportsJob, reportsJob } from "#contract/reports.ts";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { migrateTables, openDatabase } from "#proxy/store/database.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { type RunningServer, startServer } from "#test/support/server.ts";
import { filesInZip } from "#test/support/zip.ts";
import { authSecret } from "./clinic.ts";
import { createPeople, introduce, seed } from "./roster/people.ts";
import { startPlatform } from "./start-platform.ts";

const count = Number(process.env.PATIENTS ?? 500);
const mostSeconds = 60;
const mostMb = 300;
const credentials = { email: "bench@clinic.example", password: "correct horse battery" };

const folder = await mkdtemp(join(tmpdir(), "trendline-bench-"));
const dataDir = join(folder, "data");
const people = createPeople(count);
const nowMs = Date.now();
introduce(join(folder, "users.jsonl"), people, nowMs);
const database = await openDatabase({ databaseUrl: null, dataDir, sandbox: false });
await migrateTables(database, { chain: createAuditChain([authSecret]), nowMs });
await seed(database, people, nowMs, createSealer(authSecret, "glucose"));
await database.db.destroy();
const platform = await startPlatform(join(folder, "users.jsonl"));
const start = () =>
  startServer({
    DATA_DIR: dataDir,
    AUTH_SECRET: authSecret,
    // As `npm start` starts it.
    NODE_OPTIONS: "--max-semi-space-size=8",
    MALLOC_ARENA_MAX: "2",
    MALLOC_MMAP_THRESHOLD_: "65536",
    PLATFORM_CALLS_PER_SECOND: "10000",
    ROUNDS_PER_SECOND: "0",
    REQUIRE_SECOND_FACTOR: "false",
    BOOTSTRAP_ADMIN_EMAIL: credentials.email,
    BOOTSTRAP_ADMIN_PASSWORD: credentials.password,
    PARTNER_API_URL: platform.apiUrl,
    PARTNER_APP_ID: platform.appId,
    PARTNER_APP_SECRET: platform.appSecret,
  });

const statusOf = (pid: number, name: string) =>
  (Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024) /
  1e6;
/** Of all its threads, in hundredths of a second. */
const cpuSeconds = (pid: number) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

let server: RunningServer = await start();
const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
  method: "POST",
  headers: { "content-type": "application/json", origin: server.url },
  body: JSON.stringify(credentials),
});
const cookie = signedIn.headers
  .getSetCookie()
  .map((line) => line.split(";")[0])
  .join("; ");
const call = async (path: string, init: RequestInit = {}) => {
  const answer = await fetch(server.url + path, {
    ...init,
    headers: { cookie, origin: server.url, "content-type": "application/json" },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};
const read = async (id: string): Promise<ReportsJob> =>
  reportsJob.parse(await (await call(`/api/reports/${id}`)).json());
const isMade = ({ counts, total }: ReportsJob, share: number) => total - counts.new >= total * share;

async function until(id: string, share: number): Promise<ReportsJob> {
  for (;;) {
    const job = await read(id);
    if (isMade(job, share)) return job;
    await wait(100);
  }
}

const asked = { period: { days: 14 }, language: "zh-CN", unit: "mmol/L", paper: "a4" };
const patients = people.map(({ number }) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`);
const begin = async () => {
  const body = JSON.stringify({ patients, ...asked });
  return ((await (await call("/api/reports", { method: "POST", body })).json()) as ReportsJob).id;
};

const startMs = performance.now();
const id = await begin();
await until(id, 0.5);
const killedAtMs = performance.now();
let cpu = cpuSeconds(server.pid);
await server.kill();
server = await start();
const awayMs = performance.now() - killedAtMs;
const { counts } = await until(id, 1);
const madeSeconds = (performance.now() - startMs - awayMs) / 1000;
cpu += cpuSeconds(server.pid);
const madeMb = statusOf(server.pid, "VmHWM");

async function download(file: "reports.pdf" | "reports.zip") {
  const fromMs = performance.now();
  const fromCpu = cpuSeconds(server.pid);
  const bytes = new Uint8Array(await (await call(`/api/reports/${id}/${file}`)).arrayBuffer());
  const seconds = (performance.now() - fromMs) / 1000;
  return { bytes, seconds, cpu: cpuSeconds(server.pid) - fromCpu, mb: statusOf(server.pid, "VmHWM") };
}
const zip = await download("reports.zip");
const pdf = await download("reports.pdf");
const files = filesInZip(zip.bytes);
const { numPages } = await getDocumentProxy(pdf.bytes.slice());
const audit = await openDatabase({ databaseUrl: null, dataDir, sandbox: false });
const kept = await audit.db
  .selectFrom("report_row")
  .select((eb) => [
    eb.fn.countAll<number>().as("rows"),
    eb.fn.sum<number>(eb.fn("length", ["sealed_report"])).as("bytes"),
  ])
  .executeTakeFirstOrThrow();
await audit.db.destroy();

const MB = (bytes: number) => (bytes / 1e6).toFixed(1);
console.log(
  `${count} patients, 14 days: made in ${madeSeconds.toFixed(1)} s (without the ${(awayMs / 1000).toFixed(1)} s of a kill -9 and start in the middle), ` +
    `${((madeSeconds / count) * 1000).toFixed(0)} ms each, the server's processors ${cpu.toFixed(1)} s, ${madeMb.toFixed(0)} MB at most; ` +
    `${JSON.stringify(counts)}; ${MB(kept.bytes)} MB in the database`,
);
for (const [name, { bytes, seconds, cpu: own, mb }] of [
  ["zip", zip],
  ["one PDF", pdf],
] as const)
  console.log(
    `${name}: ${seconds.toFixed(1)} s, processors ${own.toFixed(1)} s, ${MB(bytes.length)} MB, the server ${mb.toFixed(0)} MB at most`,
  );
console.log(
  `${files.length} files in the zip, ${new Set(files.map(({ name }) => name)).size} names, ${numPages} pages`,
);

const isWell =
  counts.made + counts.empty === count &&
  files.length === count &&
  kept.rows === count &&
  numPages >= count &&
  cpu + pdf.cpu <= 2 * mostSeconds &&
  Math.max(madeMb, zip.mb, pdf.mb) <= mostMb;
await server.stop();
await platform.stop();
rmSync(folder, { recursive: true });
process.exit(isWell ? 0 : 1);
