import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { edgesMmolL } from "#glucose/bands.ts";
import { noDays, renewalOf, renewed } from "#glucose/day-summaries.ts";
import { createAuditChain } from "#proxy/audit/chain.ts";
import { migrateTables, openDatabase } from "#proxy/store/database.ts";
import { createDaySummaryStore } from "#proxy/store/day-summaries.ts";
import { createTokenStore } from "#proxy/store/platform-users.ts";
import { createSealer } from "#proxy/store/seal.ts";
import { readingsOf } from "#test/support/readings.ts";
import { startServer } from "#test/support/server.ts";
import { authSecret } from "../clinic.ts";
import { type Person, seed } from "./people.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const timeZone = "Asia/Shanghai";
const callsPerSecond = 125;

interface Counts {
  calls: number;
  reads: number;
  tokens: number;
  devices: number;
  bytes: number;
  gzipBytes: number;
}

async function startQuickPlatform() {
  const child = spawn(process.execPath, [join(import.meta.dirname, "quick-platform.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = line.toString().trim();
  return {
    url,
    counts: async () => (await fetch(`${url}/counts`)).json() as Promise<Counts>,
    stop: () => child.kill(),
  };
}

/**
 * A month of everybody's days, as they are kept, until a quarter of an hour ago, and whose sensors were seen by then; and
 * tokens, of which one in eight runs out within that time.
 */
async function seedDays(databaseUrl: string, people: readonly Person[], nowMs: number): Promise<void> {
  const database = await openDatabase({ databaseUrl, dataDir: "", sandbox: false });
  const store = createDaySummaryStore(database.db, createSealer(authSecret, "glucose"));
  const tokens = createTokenStore(database.db, createSealer(authSecret, "platform tokens"));
  const untilMs = nowMs - 15 * minuteMs;
  const values = Array.from({ length: 30 * 480 }, (_, i) => Math.round((7 + 3 * Math.sin(i / 22)) * 10) / 10);
  for (const [index, { openId }] of people.entries()) {
    const key = JSON.stringify([timeZone, "most-adults", [openId]]);
    const renewal = { ...renewalOf(noDays, untilMs, timeZone), readToMs: untilMs };
    const serial = serialOf(openId, untilMs);
    // The same month for everybody but for the sensor's name: what counts is its size.
    summaries ??= renewed(
      noDays,
      readingsOf(values, { startMs: renewal.readFromMs, sensor: "SENSOR" }).filter(
        ({ timeMs }) => timeMs < untilMs,
      ),
      renewal,
      { timeZone, edges: edgesMmolL, evidence: { lives: new Map() } },
    );
    const named = JSON.parse(JSON.stringify(summaries, mapped).replaceAll("SENSOR", serial), unmapped);
    const lives = new Map([
      [
        serial,
        {
          activatedAtMs: nowMs - 10 * dayMs,
          estimatedEndAtMs: nowMs + 4 * dayMs,
          endedAtMs: null,
          askedAtMs: nowMs,
        },
      ],
    ]);
    const expiresAtMs = nowMs + ((index % 120) + 1) * minuteMs;
    await tokens.put(openId, { accessToken: `token-of-${openId}`, expiresAtMs });
    await store.put(people[index] ? idOf(people[index]) : "", { key, summaries: named, lives }, null);
  }
  for (let from = 0; from < people.length; from += 1000) {
    const worn = people
      .slice(from, from + 1000)
      .map(({ openId }) => ({ serial: serialOf(openId, untilMs), open_id: openId }));
    await database.db
      .insertInto("sensor")
      .values(worn.map((one) => ({ ...one, first_seen_at_ms: untilMs })))
      .execute();
    await database.db
      .insertInto("sensor_owner")
      .values(worn.map((one) => ({ ...one, seen_at_ms: untilMs })))
      .execute();
  }
  await sql`update patient set check_due_ms = 0`.execute(database.db);
  await database.db.destroy();
}

const serialOf = (openId: string, atMs: number) => `S${Math.floor(atMs / (14 * dayMs))}${openId.slice(3)}`;

let summaries: ReturnType<typeof renewed> | undefined;
const mapped = (_: string, own: unknown) => (own instanceof Map ? { pairs: [...own] } : own);
const unmapped = (_: string, own: { pairs?: [unknown, unknown][] } | null) =>
  own !== null && typeof own === "object" && own.pairs ? new Map(own.pairs) : own;

const idOf = ({ number }: Person) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

const residentMb = (pid: number) =>
  (Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024) / 1e6;

export interface RefreshFigures {
  readonly patientsPerSecond: number;
  readonly callsPerSecond: number;
  readonly bytesPerRefresh: number;
  readonly megabytes: readonly number[];
  /** A patient and day: what today's way asks for, and what was asked for until now, by the same stand-in. */
  readonly perDay: Record<"days" | "before", { calls: number; bytes: number }>;
}

/** Two servers on one PostgreSQL bring everybody's days up to date, at most 125 calls a second together. */
export async function measureRefresh(
  databaseUrl: string,
  people: readonly Person[],
  seconds: number,
): Promise<RefreshFigures> {
  const nowMs = Date.now();
  const database = await openDatabase({ databaseUrl, dataDir: "", sandbox: false });
  await migrateTables(database, { chain: createAuditChain([authSecret]), nowMs });
  await seed(database, people, nowMs, createSealer(authSecret, "glucose"));
  await database.db.destroy();
  await seedDays(databaseUrl, people, nowMs);
  const platform = await startQuickPlatform();
  const servers = await Promise.all(
    [1, 2].map(() =>
      startServer({
        AUTH_SECRET: authSecret,
        DATABASE_URL: databaseUrl,
        REQUIRE_SECOND_FACTOR: "false",
        PLATFORM_CALLS_PER_SECOND: String(Math.floor(callsPerSecond / 2)),
        ROUNDS_PER_SECOND: String(callsPerSecond / 2),
        PARTNER_API_URL: platform.url,
        PARTNER_APP_ID: "app_bench",
        PARTNER_APP_SECRET: authSecret,
      }),
    ),
  );
  await wait(5000);
  const before = await platform.counts();
  const beganMs = performance.now();
  const megabytes = servers.map(() => 0);
  while (performance.now() - beganMs < seconds * 1000) {
    await wait(1000);
    for (const [index, { pid }] of servers.entries())
      megabytes[index] = Math.max(megabytes[index] ?? 0, residentMb(pid));
  }
  const after = await platform.counts();
  const tookS = (performance.now() - beganMs) / 1000;
  const patients = after.reads - before.reads;
  await Promise.all(servers.map((server) => server.stop()));
  const bytesOf = async (spanMs: number) => {
    const endMs = Date.now();
    const query = `open_id=ou_0000001&start_time=${endMs - spanMs}&end_time=${endMs}`;
    return (await (await fetch(`${platform.url}/partner/v1/user/glucose?${query}`)).text()).length;
  };
  const bytesPerRefresh = (after.bytes - before.bytes) / patients;
  const perDay = {
    days: { calls: (96 * (after.calls - before.calls)) / patients, bytes: 96 * bytesPerRefresh },
    before: {
      calls: 96 + 48 + 12 + 96,
      bytes: 96 * (await bytesOf(dayMs)) + 48 * (await bytesOf(14 * dayMs)),
    },
  };
  platform.stop();
  return {
    patientsPerSecond: patients / tookS,
    callsPerSecond: (after.calls - before.calls) / tookS,
    bytesPerRefresh,
    megabytes,
    perDay,
  };
}
