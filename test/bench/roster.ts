/**
 * `npm run bench:roster`: search, browser and import with a thousand and a hundred thousand patients,
 * on SQLite and PostgreSQL, in one run.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "#proxy/store/database.ts";
import { startPostgres } from "#test/support/postgres.ts";
import { median, quantile } from "./figures.ts";
import { measureBrowser } from "./roster/browser.ts";
import { measureImport } from "./roster/imports.ts";
import { createPeople } from "./roster/people.ts";
import { measureRefresh } from "./roster/refresh.ts";
import { describeSearch, measureSearch } from "./roster/search.ts";

const few = 1_000;
const many = 100_000;
/** All of them take a quarter of an hour; `REFRESH_SECONDS=900` waits for it. */
const refreshSeconds = Number(process.env.REFRESH_SECONDS ?? 120);
const people = createPeople(many);
const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
const postgres = await startPostgres();

console.log("search at the server, ms (p50 / p95)");
console.log(
  "                          letter by letter  filters and orders   the same by like   load ms  heap MB",
);
for (const [name, databaseUrl] of [
  ["SQLite", null],
  ["PostgreSQL", postgres.url],
] as const) {
  const database = await openDatabase({ databaseUrl, dataDir: folder, sandbox: true });
  const small = await measureSearch(database, people.slice(0, few), people.slice(0, few));
  console.log(describeSearch(`${name} ${few}`, small));
  const large = await measureSearch(database, people, people.slice(few));
  console.log(describeSearch(`${name} ${many}`, large));
  const growth = (q: number) => (quantile(large.typed, q) / quantile(small.typed, q)).toFixed(1);
  console.log(`${name}, ${many} ÷ ${few}: p50 ${growth(0.5)}, p95 ${growth(0.95)}`);
  await database.db.destroy();
}

const { keys, longTasks, longestFrame } = await measureBrowser(people);
console.log(
  `browser with ${many}: key to painted rows p50 ${median(keys).toFixed(0)}, p95 ${quantile(keys, 0.95).toFixed(0)} ms (n ${keys.length}); ` +
    `200 turns of the wheel: ${longTasks.length} tasks over 50 ms${longTasks.length > 0 ? ` (longest ${Math.max(...longTasks).toFixed(0)})` : ""}, longest frame ${longestFrame.toFixed(0)} ms`,
);

for (const [name, url] of [
  ["SQLite", null],
  ["PostgreSQL", postgres.url],
] as const) {
  const calm = await measureImport(2_000, false, url);
  const faulty = await measureImport(500, true, url);
  console.log(
    `import, ${name}: ${calm.toFixed(0)} rows a second; ${faulty.toFixed(1)} where the platform takes 100 ms and fails four times every five seconds`,
  );
}
await postgres.stop();

const refreshed = await startPostgres();
const { patientsPerSecond, callsPerSecond, bytesPerRefresh, megabytes, perDay } = await measureRefresh(
  refreshed.url,
  people,
  refreshSeconds,
);
await refreshed.stop();
console.log(
  `${many} patients' days brought up to date by two servers on PostgreSQL, the platform answering in 20 ms, for ${refreshSeconds} s: ` +
    `${patientsPerSecond.toFixed(1)} patients and ${callsPerSecond.toFixed(1)} calls a second, everybody in ${(many / patientsPerSecond / 60).toFixed(1)} minutes; ` +
    `${(bytesPerRefresh / 1000).toFixed(1)} kB each; ${megabytes.map((mb) => mb.toFixed(0)).join(" and ")} MB at most`,
);
const { days, before } = perDay;
console.log(
  `a patient and day, the platform's JSON: ${(days.bytes / 1e6).toFixed(2)} MB in ${days.calls.toFixed(0)} calls; ` +
    `24 hours every 15 minutes and 14 days every 30, as before: ${(before.bytes / 1e6).toFixed(1)} MB in ${before.calls} calls (${(before.bytes / days.bytes).toFixed(0)} ×)`,
);
rmSync(folder, { recursive: true });
