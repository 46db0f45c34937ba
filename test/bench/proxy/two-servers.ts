import { join } from "node:path";
import { startPostgres } from "#test/support/postgres.ts";
import { startServer } from "#test/support/server.ts";
import { authSecret, startClinic } from "../clinic.ts";
import { load, type Measured } from "./load.ts";
import { cpuMsOf, sampleWaits } from "./processes.ts";
import { line, race, ratio } from "./race.ts";

const dayMs = 86_400_000;
const rounds = 3;
const seconds = 3;

/** Where the processor's time went, and what PostgreSQL's backends waited for, all runs of one kind together. */
class Shares {
  readonly #pids: Record<string, () => number>;
  readonly #url: string;
  readonly #cpuMs = new Map<string, number>();
  readonly #waits = new Map<string, number>();
  #wallMs = 0;
  #samples = 0;

  constructor(pids: Record<string, () => number>, url: string) {
    this.#pids = pids;
    this.#url = url;
  }

  async of<T>(run: () => Promise<T>): Promise<T> {
    const startMs = performance.now();
    const before = Object.entries(this.#pids).map(([name, cpuMs]) => [name, cpuMs()] as const);
    const sampling = await sampleWaits(this.#url);
    const result = await run();
    const { byEvent, samples } = await sampling.stop();
    this.#wallMs += performance.now() - startMs;
    this.#samples += samples;
    for (const [name, ms] of before)
      this.#cpuMs.set(name, (this.#cpuMs.get(name) ?? 0) + (this.#pids[name]?.() ?? 0) - ms);
    for (const [event, times] of byEvent) this.#waits.set(event, (this.#waits.get(event) ?? 0) + times);
    return result;
  }

  print(what: string): void {
    const share = ([name, ms]: [string, number]) => `${name} ${((100 * ms) / this.#wallMs).toFixed(0)} %`;
    const wait = ([event, times]: [string, number]) => `${event} ${(times / this.#samples).toFixed(2)}`;
    const waits = [...this.#waits].sort((a, b) => b[1] - a[1]).slice(0, 5);
    console.log(
      `  ${what.padEnd(12)} of one core: ${[...this.#cpuMs].map(share).join(", ")}; backends at a time: ${waits.map(wait).join(", ") || "none"}`,
    );
  }
}

/** One server against two on one PostgreSQL: kept reads without and with a row of the audit trail each. */
export async function raceTwoServers(folder: string, register: RegisterPerson): Promise<void> {
  const postgres = await startPostgres();
  const first = await startClinic(join(folder, "first"), join(folder, "users-2.jsonl"), {
    DATABASE_URL: postgres.url,
    TRUSTED_PROXIES: "127.0.0.1",
  });
  const { id } = await register(first);
  const second = await startServer({
    DATA_DIR: join(folder, "second"),
    AUTH_SECRET: authSecret,
    REQUIRE_SECOND_FACTOR: "false",
    DATABASE_URL: postgres.url,
    TRUSTED_PROXIES: "127.0.0.1",
    PARTNER_API_URL: first.platform.apiUrl,
    PARTNER_APP_ID: first.platform.appId,
    PARTNER_APP_SECRET: first.platform.appSecret,
  });
  const headers = { cookie: first.cookies.join("; "), "accept-encoding": "br" };
  const day = () => {
    const endMs = Date.now();
    return `/api/patients/${id}/readings?start=${endMs - dayMs}&end=${endMs}`;
  };
  let lastAddress = 0;
  /** A look from another address has a row of its own. */
  const anotherAddress = () => {
    lastAddress += 1;
    const parts = [16, 8, 0].map((bits) => (lastAddress >> bits) & 255);
    return { "x-forwarded-for": `10.${parts.join(".")}` };
  };
  const servers = [first.server, second];
  const ask = ({ url, pid }: (typeof servers)[number], connections: number, each?: typeof anotherAddress) =>
    load({ url, pid, headers, seconds, connections, next: day, ...(each && { nextHeaders: each }) });
  const both = async (each?: typeof anotherAddress): Promise<Measured> => {
    const [a, b] = await Promise.all(servers.map((server) => ask(server, 4, each)));
    if (!a || !b) throw new Error("a server is missing");
    return {
      perSecond: a.perSecond + b.perSecond,
      p50Ms: Math.max(a.p50Ms, b.p50Ms),
      p99Ms: Math.max(a.p99Ms, b.p99Ms),
      bytes: (a.bytes + b.bytes) / 2,
      requests: a.requests + b.requests,
      cpuUs: (a.cpuUs * a.requests + b.cpuUs * b.requests) / (a.requests + b.requests),
    };
  };
  const pids = {
    load: () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
    "first server": () => cpuMsOf(first.server.pid),
    "second server": () => cpuMsOf(second.pid),
    PostgreSQL: () => cpuMsOf(postgres.pid(), true),
    platform: () => cpuMsOf(first.platform.pid),
  };
  for (const [what, each] of [
    ["", undefined],
    [", each with a row of the audit trail", anotherAddress],
  ] as const) {
    console.log(`a day of readings, read within the last minute${what}, PostgreSQL, 8 connections in all`);
    const [oneShares, twoShares] = [new Shares(pids, postgres.url), new Shares(pids, postgres.url)];
    const raced = await race(rounds, {
      one: () => oneShares.of(() => ask(first.server, 8, each)),
      two: () => twoShares.of(() => both(each)),
    });
    line("one server", raced.one);
    line("two servers", raced.two);
    ratio("two ÷ one", raced.two, raced.one);
    oneShares.print("one server");
    twoShares.print("two servers");
  }
  await second.stop();
  await first.stop();
  await postgres.stop();
}

type RegisterPerson = (clinic: Awaited<ReturnType<typeof startClinic>>) => Promise<{ id: string }>;
