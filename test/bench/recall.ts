/**
 * `npm run bench:recall`: a file of 3,000,000 serials against 1,000,000 sensors of ours and 100,000 patients, on
 * SQLite and PostgreSQL: seconds, memory, and whether every trap of width, case and likeness is told right.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setInterval } from "node:timers";
import { sql } from "kysely";
import { readRecall } from "#proxy/recalls/read-recall.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createRecallStore } from "#proxy/store/recalls.ts";
import { startPostgres } from "#test/support/postgres.ts";
import { createWorld } from "#test/support/world.ts";

const known = 1_000_000;
const patients = 100_000;
const fileLines = [300_000, 3_000_000];
const serialOf = (i: number) => `P${String(225_000_000 + i).padStart(9, "0")}`;

async function seed({ db, kind }: Database): Promise<void> {
  const numbers = (count: number) =>
    kind === "postgres"
      ? sql`generate_series(0, ${count - 1}::int) as n(value)`
      : sql`(with recursive n(value) as (select 0 union all select value + 1 from n where value < ${count - 1}) select value from n) as n`;
  const text = (value: string) =>
    sql.raw(kind === "postgres" ? `(${value})::text` : `cast(${value} as text)`);
  await sql`insert into patient (id, partner_uid, name, region, time_zone, targets, open_id, created_at_ms, tags, care_team)
    select 'p' || ${text("value")}, 'u' || ${text("value")}, 'Person ' || ${text("value")}, 'CN', 'Asia/Shanghai', 'most-adults',
      'o' || ${text("value")}, 0, '[]', '[]' from ${numbers(patients)}`.execute(db);
  await sql`insert into sensor (serial, open_id, state, first_seen_at_ms)
    select 'P' || ${text("225000000 + value")}, 'o' || ${text(`value % ${patients}`)},
      case when value % 10 = 0 then 'activated' when value % 10 = 1 then 'bound' else 'ended' end, 0
    from ${numbers(known)}`.execute(db);
}

/** How a line names a sensor: every fiftieth as people and scanners spell it. */
const spellings = [
  (serial: string) => serial.toLowerCase(),
  (serial: string) => serial.replace(/[0-9A-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  (serial: string) => ` ${serial.slice(0, 4)} ${serial.slice(4)} `,
  (serial: string) => `"${serial}"`,
];

/** The file as it comes from a browser, 64 KB at a time: every fifteenth line is ours, every hundredth a trap. */
function fileOf(lines: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      let text = at === 0 ? "serial,lot\r\n" : "";
      for (; at < lines && text.length < 65_536; at += 1) {
        const i = Math.floor(at / 15);
        const own = serialOf(i * 5);
        const isTrap = at % 15 === 7 && i % 7 === 0;
        const spelt = i % 50 === 0 ? (spellings[(i / 50) % spellings.length]?.(own) ?? own) : own;
        text += `${at % 15 === 0 ? spelt : isTrap ? own.replace("0", "O") : `X${700_000_000 + at}`},L1\r\n`;
      }
      controller.enqueue(encoder.encode(text));
      if (at >= lines) controller.close();
    },
  });
}

async function measure(name: string, database: Database, lines: number): Promise<void> {
  const store = createRecallStore(database);
  global.gc?.();
  const beforeMb = process.memoryUsage.rss() / 1e6;
  let mostMb = 0;
  const timer = setInterval(() => {
    mostMb = Math.max(mostMb, process.memoryUsage.rss() / 1e6);
  }, 20);
  const ours = lines / 15;
  const startMs = performance.now();
  const id = await store.compare("bench", Date.now());
  const found = await readRecall(store, id, fileOf(lines));
  await store.noteFound(id, found);
  const seconds = (performance.now() - startMs) / 1000;
  clearInterval(timer);
  const places = await store.places(id, Date.now());
  const count = Object.values(places).reduce((sum, one) => sum + one, 0);
  const peopleMs = performance.now();
  const { total } = await store.people(id, { open: true, offset: 0, limit: 200 }, Date.now());
  console.log(
    `${name}: ${found.lines} lines in ${seconds.toFixed(1)} s, memory ${beforeMb.toFixed(0)} → at most ${mostMb.toFixed(0)} MB; ` +
      `ours ${count} of ${ours} (missed ${ours - count}), only alike ${found.alikeCount}, not ours ${found.notOurs}, unusable ${found.unusable}; ` +
      `${JSON.stringify(places)}; ${total} people, the first 200 in ${(performance.now() - peopleMs).toFixed(0)} ms`,
  );
}

const folder = mkdtempSync(join(tmpdir(), "trendline-bench-"));
const postgres = await startPostgres();
for (const [name, databaseUrl] of [
  ["SQLite", null],
  ["PostgreSQL", postgres.url],
] as const) {
  const database = await openDatabase({ databaseUrl, dataDir: folder, sandbox: true });
  const world = await createWorld({ database });
  await world.proxy.stop();
  await seed(database);
  for (const lines of fileLines) await measure(name, database, lines);
  await database.db.destroy();
}
await postgres.stop();
rmSync(folder, { recursive: true });
