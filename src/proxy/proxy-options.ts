import type { Logger } from "pino";
import type { Passwords } from "./auth/passwords.ts";
import type { Brand } from "./brand/brand.ts";
import type { Config } from "./config.ts";
import type { Wait } from "./jobs/run.ts";
import type { Metrics } from "./observe/metrics.ts";
import type { Database } from "./store/database.ts";

/** The configuration of a server that runs: with what sandbox mode makes up at start. */
export interface RunningConfig extends Config {
  publicUrl: string;
  /** Sessions and sealed tokens depend on it. */
  authSecret: string;
  partner: NonNullable<Config["partner"]>;
}

export interface ProxyOptions {
  config: RunningConfig;
  /** As it was when the server started; null without BRAND_DIR. */
  brand?: Brand | null;
  /** Whether there is another one in its folder by now. */
  hasBrandChanged?: () => boolean;
  /** One-click sign-in, and the screen says that its people are invented. */
  isSandbox: boolean;
  database: Database;
  /** How the platform is reached; in tests the sandbox's own fetch. */
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /** As fast as `now`, and only ever forwards, even when the clock is set. */
  steadyMs: () => number;
  /** How much faster than real time `now` goes. */
  clockSpeed: () => number;
  /**
   * Of real time, for sessions and for leaving the platform alone; that of this
   * process unless a test says otherwise.
   */
  realSteadyMs?: () => number;
  /**
   * Between the tries of a read of the platform, as `CallOptions` says; shorter where a test is not about it.
   */
  retryPauseMs?: number;
  /** How passwords are kept: scrypt, which takes long on purpose, unless a test says otherwise. */
  passwords?: Passwords;
  /** How an import waits for its next try; real time unless a test says otherwise. */
  importWait?: Wait;
  log: Logger;
  /** Shared by everything this process counts. */
  metrics?: Metrics;
}
