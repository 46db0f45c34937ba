// How long the fleet takes to be reckoned of a million sensors, on both databases. `npm run bench:fleet`.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Insertable, sql } from "kysely";
import { fleetGroupings } from "#contract/fleet.ts";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { type Database, migrateTables, openDatabase } from "#proxy/store/database.ts";
import { createFleetStore } from "#proxy/store/fleet.ts";
import type { Tables } from "#proxy/store/schema.ts";
import { createSensorStore } from "#proxy/store/sensors.ts";
import { startPostgres } from "#test/support/postgres.ts";

const many = Number(process.env.SENSORS ?? 1_000_000);
const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 20);
const trail = { chain: createAuditChain(["0123456789abcdef0123456789abcdef"]), nowMs };

function rowOf(number: number): Insertable<Tables["sensor"]> {
  const activated = nowMs - (number % 1000) * (dayMs / 2);
  const wornMs = number % 7 === 0 ? ((number * 7919) % 14_000) * (dayMs / 1000) : 14 * dayMs;
  const hasEnded = activated + wornMs < nowMs;
  return {
    serial: `P2${String(number).padStart(8, "0")}`,
    region: ["CN", "GB", "DE", "US"][number % 4],
    partner_id: "partner-1",
    state: hasEnded ? "ended" : "activated",
    activated_at_ms: activated,
    estimated_end_at_ms: activated + 14 * dayMs,
    ended_at_ms: hasEnded ? activated + wornMs : null,
    asked_at_ms: nowMs,
    data_asked_at_ms: nowMs,
    last_data_at_ms: Math.min(nowMs, activated + wornMs),
    received: 6000,
    expected: 6720,
    upload_delay_ms: 300_000,
    lot: `A${number % 3000}`,
    first_seen_at_ms: nowMs,
  };
}

async function fill({ db }: Database): Promise<void> {
  for (let from = 0; from < many; from += 1000)
    await db
      .insertInto("sensor")
      .values(Array.from({ length: Math.min(1000, many - from) }, (_, index) => rowOf(from + index)))
      .execute();
}

async function measure(name: string, database: Database): Promise<void> {
  await migrateTables(database, trail);
  await fill(database);
  if (database.kind === "postgres") await sql`analyze sensor`.execute(database.db);
  const fleet = createFleetStore(database);
  for (const by of fleetGroupings) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const beganMs = performance.now();
    const { groups } = await fleet.read({ by, extent: "first" });
    const tookMs = performance.now() - beganMs;
    const bytes = JSON.stringify(groups).length;
    console.log(
      `${name} by ${by}: ${Math.round(tookMs)} ms, others waited ${Math.round(delay.max / 1e6)} ms at most, ${groups.length} groups, ${Math.round(bytes / 1024)} kB`,
    );
  }
  const beganMs = performance.now();
  const query = { by: "lot", key: "A500", ends: "any", choice: "ended", fromHours: 0, toHours: 400 } as const;
  const { total } = await fleet.sensors(query);
  console.log(`${name} sensors of a step: ${Math.round(performance.now() - beganMs)} ms, ${total}`);
  const store = createSensorStore(database.db, () => nowMs);
  const known = await store.bySerial("P200000007");
  const facts = known && { ...known, state: known.state ?? "unknown", askedAtMs: nowMs + 1, headline: null };
  const noteMs = performance.now();
  for (let times = 0; facts && times < 500; times += 1) await store.note([facts]);
  console.log(`${name} noting what is known: ${((performance.now() - noteMs) / 500).toFixed(3)} ms`);
  await database.db.destroy();
}

const dataDir = mkdtempSync(join(tmpdir(), "trendline-fleet-"));
await measure("SQLite", await openDatabase({ databaseUrl: null, dataDir, sandbox: true }));
rmSync(dataDir, { recursive: true });
const postgres = await startPostgres();
await measure("PostgreSQL", await openDatabase({ databaseUrl: postgres.url, dataDir: "", sandbox: true }));
await postgres.stop();
