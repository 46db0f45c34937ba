import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import type { OidcSettings } from "#proxy/auth/oidc-settings.ts";
import type { Brand } from "#proxy/brand/brand.ts";
import { parseConfig } from "#proxy/config.ts";
import type { Wait } from "#proxy/jobs/run.ts";
import { type Database, openDatabase } from "#proxy/store/database.ts";
import { createSandbox, type Sandbox } from "#sandbox/sandbox.ts";
import { quickPasswords } from "./quick-passwords.ts";

export const origin = "http://127.0.0.1:4173";
const startMs = Date.UTC(2026, 10, 20, 9, 30);

const roles = ["clinician", "support", "administrator"] as const;
type Role = (typeof roles)[number];

export interface World {
  sandbox: Sandbox;
  proxy: TrendlineProxy;
  database: Database;
  logLines: string[];
  /** The clock of sandbox and proxy. */
  now(): number;
  advance(ms: number): void;
  /** The clock is set by so much and no time passes: to be called with `Date` set by as much. */
  setClock(byMs: number): void;
  /**
   * A call as a browser with this cookie would make it, from our own origin and from one address by default.
   */
  request(path: string, init?: RequestInit & { cookie?: string; from?: string }): Promise<Response>;
  /** The cookie of a demo sign-in. */
  signIn(role: Role): Promise<string>;
  close(): Promise<void>;
}

export interface WorldOptions {
  startMs?: number;
  clockSpeed?: number;
  database?: Database;
  sandboxMode?: boolean;
  authSecret?: string;
  previousAuthSecrets?: string[];
  publicUrl?: string;
  metricsToken?: string;
  securityContact?: string;
  /** Instead of waiting in real time before an import's next try. */
  importWait?: Wait;
  firstAdministrator?: { email: string; password: string };
  resetsFirstAdministrator?: boolean;
  /** Hashed as in the product, for tests of what happens while that goes on. */
  slowPasswords?: boolean;
  singleSignOn?: OidcSettings;
  secondFactorRequired?: boolean;
  secondFactorFor?: readonly Role[];
  statusRefreshesPerSecond?: number;
  trustedProxies?: readonly string[];
  embedOrigins?: readonly string[];
  auditKeepDays?: number;
  freeReplacementHours?: number;
  brand?: Brand;
  hasBrandChanged?: () => boolean;
}

/** Sandbox, SQLite in memory and proxy in one process, under a clock that moves only when it is set. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  let nowMs = options.startMs ?? startMs;
  let movedMs = 0;
  let steppedMs = 0;
  const now = () => nowMs;
  const credentials = { appId: "app_test", appSecret: randomBytes(16).toString("hex") };
  const sandbox = createSandbox({ ...credentials, now });
  const database =
    options.database ?? (await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true }));
  const logLines: string[] = [];
  const { firstAdministrator } = options;
  const proxy = await createProxy({
    config: {
      ...parseConfig({}),
      partner: { apiUrl: "http://platform.test", ...credentials },
      authSecret: options.authSecret ?? randomBytes(32).toString("hex"),
      previousAuthSecrets: options.previousAuthSecrets ?? [],
      publicUrl: options.publicUrl ?? origin,
      metricsToken: options.metricsToken ?? null,
      securityContact: options.securityContact ?? null,
      firstAdministrator: firstAdministrator
        ? { ...firstAdministrator, reset: options.resetsFirstAdministrator ?? false }
        : null,
      singleSignOn: options.singleSignOn ?? null,
      secondFactorFor: options.secondFactorRequired ? roles : (options.secondFactorFor ?? []),
      platformCallsPerSecond: 1000,
      deviceLookupsPerSecond: 1000,
      statusRefreshesPerSecond: options.statusRefreshesPerSecond ?? 0,
      importRowsPerSecond: 1000,
      trustedProxies: [...(options.trustedProxies ?? [])],
      embedOrigins: [...(options.embedOrigins ?? [])],
      freeReplacementHours: options.freeReplacementHours ?? null,
      auditKeepDays: options.auditKeepDays ?? null,
    },
    brand: options.brand,
    hasBrandChanged: options.hasBrandChanged,
    isSandbox: options.sandboxMode ?? true,
    database,
    fetch: (request) => sandbox.fetch(request),
    retryPauseMs: 1,
    now,
    steadyMs: () => Date.now() + movedMs - steppedMs,
    realSteadyMs: () => Date.now() - steppedMs,
    clockSpeed: () => options.clockSpeed ?? 1,
    passwords: options.slowPasswords ? undefined : quickPasswords,
    importWait: options.importWait,
    log: pino({ level: "debug" }, { write: (line: string) => logLines.push(line) }),
  });

  const request: World["request"] = (path, { cookie, from = "198.51.100.7", ...init } = {}) => {
    const headers = new Headers(init.headers);
    headers.set("origin", headers.get("origin") ?? origin);
    if (cookie) headers.set("cookie", cookie);
    return proxy.fetch(new Request(origin + path, { ...init, headers }), from);
  };

  return {
    sandbox,
    proxy,
    database,
    logLines,
    now,
    advance: (ms) => {
      nowMs += ms;
      movedMs += ms;
    },
    setClock: (byMs) => {
      nowMs += byMs;
      steppedMs += byMs;
    },
    request,
    signIn: async (role) => {
      const answer = await request("/api/auth/demo/sign-in", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ role }),
      });
      if (!answer.ok) throw new Error(`demo sign-in failed: ${answer.status} ${await answer.text()}`);
      return answer.headers
        .getSetCookie()
        .map((cookie) => cookie.split(";")[0])
        .join("; ");
    },
    close: async () => {
      await proxy.stop();
      await database.db.destroy();
    },
  };
}

/** A POST with a JSON body. */
export const json = (body: unknown): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});
