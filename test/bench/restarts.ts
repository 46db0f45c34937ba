/**
 * Restarts PostgreSQL ten times under two servers that are asked all the time and run an import, and reports
 * what became of the requests and of the processes. Ends with 1 when a process or anything acknowledged was
 * lost, or a failure was not explained in words.
 */
import { setTimeout as wait } from "node:timers/promises";
import { problem } from "#contract/problem.ts";
import {
  callAt,
  importAt,
  lookInto,
  post,
  shared,
  signInAt,
  startImport,
} from "#test/e2e/replicas/clinic.ts";
import { openPlatform } from "#test/e2e/replicas/platform.ts";
import { startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { quantile } from "./figures.ts";

const restarts = 10;
const betweenMs = 3000;
const importRows = 2000;
const callersPerServer = 6;

const [postgres, platform] = await Promise.all([startPostgres(), openPlatform(2)]);
const start = (door: number) =>
  startServer({ ...shared(postgres.url), ...platform.env(door), IMPORT_ROWS_PER_SECOND: "40" });
const servers = await Promise.all([start(0), start(1)]);
let processesLost = 0;
let isOver = false;
for (const { ended } of servers)
  void ended.then(() => {
    if (!isOver) processesLost += 1;
  });
const cookie = await signInAt(servers[0]?.url ?? "");
const calls = servers.map(({ url }) => callAt(url, cookie));

const took: number[] = [];
const counts = { answered: 0, inWords: 0, otherwise: 0 };
const others = new Map<string, number>();
const registered: string[] = [];
const other = (what: string) => {
  counts.otherwise += 1;
  others.set(what, (others.get(what) ?? 0) + 1);
};

async function ask(call: (typeof calls)[0], path: string, init: RequestInit = {}): Promise<Response | null> {
  const startMs = performance.now();
  try {
    const answer = await call(path, init);
    took.push(performance.now() - startMs);
    const text = await answer.text();
    if (answer.ok) counts.answered += 1;
    else if (
      answer.status === 503 &&
      problem.safeParse(JSON.parse(text)).data?.code === "database-unavailable"
    )
      counts.inWords += 1;
    else other(`${answer.status} ${path.split("/").slice(0, 3).join("/")} ${text.slice(0, 120)}`);
    return answer;
  } catch (error) {
    other(String((error as Error).cause ?? error));
    return null;
  }
}

let number = 0;
const first = `restart-${number++}`;
const person = (partnerUid: string) => post({ partnerUid, name: partnerUid, timeZone: "UTC" });
const made = (await (await calls[0]?.("/api/patients", person(first)))?.json()) as { id: string };
const importId = await startImport(calls[0] ?? callAt("", ""), "imported", importRows);

const flow = calls.flatMap((call) =>
  Array.from({ length: callersPerServer }, async () => {
    while (!isOver) {
      await ask(call, "/api/patients/search", post({ q: "restart" }));
      await ask(call, `/api/patients/${made.id}/summary`);
      await ask(call, "/api/devices/P225043056");
      const partnerUid = `restart-${number++}`;
      if ((await ask(call, "/api/patients", person(partnerUid)))?.ok) registered.push(partnerUid);
    }
  }),
);
for (let restart = 0; restart < restarts; restart += 1) {
  await wait(betweenMs);
  await postgres.halt();
  await postgres.resume();
}
await wait(betweenMs);
isOver = true;
await Promise.all(flow);

const lastCall = calls[1] ?? callAt("", "");
let state = await importAt(lastCall, importId);
while (state.state === "running") {
  await wait(500);
  state = await importAt(lastCall, importId);
}
const ready = await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
const database = await lookInto(postgres.url);
const people = await database.rows<{ partner_uid: string }>("select partner_uid from patient");
const here = new Set(people.map(({ partner_uid }) => partner_uid));
const acknowledgedLost = registered.filter((partnerUid) => !here.has(partnerUid)).length;
const verification = (await (await lastCall("/api/audit/verification")).json()) as { faultCount: number };

console.log(`PostgreSQL restarted ${restarts} times under ${servers.length} servers`);
console.log(
  `requests answered ${counts.answered}, failed in words (503) ${counts.inWords}, otherwise ${counts.otherwise}`,
);
for (const [what, count] of others) console.log(`  ${count} × ${what}`);
console.log(
  `ms p50 ${quantile(took, 0.5).toFixed(0)}, p99 ${quantile(took, 0.99).toFixed(0)}, longest ${Math.max(...took).toFixed(0)}`,
);
console.log(`registrations acknowledged ${registered.length}, lost ${acknowledgedLost}`);
console.log(`import of ${importRows}: ${state.state}, ${JSON.stringify(state.counts)}`);
console.log(`audit trail: ${verification.faultCount} faults`);
console.log(`processes lost ${processesLost}; ready afterwards ${ready.join(" ")}`);

const isWell =
  processesLost + acknowledgedLost + counts.otherwise + verification.faultCount === 0 &&
  state.state === "done" &&
  state.counts.failed === 0 &&
  ready.every((status) => status === 200);
isOver = true;
await database.close();
for (const server of servers) await server.stop();
await platform.stop();
await postgres.stop();
process.exit(isWell ? 0 : 1);
