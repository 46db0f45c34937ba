import { rmSync } from "node:fs";
import type { IncomingMessage, RequestListener } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import type { Config } from "#proxy/config.ts";
import { listenerOptions } from "#proxy/http/protect-server.ts";
import type { Metrics } from "#proxy/observe/metrics.ts";
import { type Database, openDatabase, sqliteFile } from "#proxy/store/database.ts";
import { type OpenSandbox, openSandbox, stateFileIn, usersFileIn } from "#sandbox/open.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import type { Scene } from "#sandbox/scene.ts";

/** What lies in a sandbox's data folder: its own, and what Trendline knows of its people. */
export const sandboxFilesIn = (folder: string): string[] => [
  stateFileIn(folder),
  usersFileIn(folder),
  ...["", "-wal", "-shm", "-journal"].map((end) => sqliteFile(folder, true) + end),
];

/** What Trendline knows and, without a platform, the sandbox. */
export interface Stores {
  opened: OpenSandbox | null;
  database: Database;
}

export async function openStores(options: {
  config: Config;
  dataDir: string;
  queryLog: Parameters<typeof openDatabase>[0]["log"];
  begin: (scene: Scene) => void;
  log: Logger;
}): Promise<Stores> {
  const { config, dataDir, queryLog, log } = options;
  const { partner, databaseUrl } = config;
  const opened = partner
    ? null
    : openSandbox({
        folder: dataDir,
        ...config.sandbox,
        // What stands in a PostgreSQL is not this server's alone to forget.
        ...(databaseUrl === null && { begin: options.begin }),
        warn: (words) => log.warn(words),
      });
  const database = await openDatabase({ databaseUrl, dataDir, sandbox: !partner, log: queryLog });
  return { opened, database };
}

/**
 * At first start the sandbox's people are registered as a clinic's would be;
 * those already here stay as they are.
 */
async function onboard(proxy: TrendlineProxy, sandbox: Sandbox): Promise<void> {
  for (const person of sandbox.cohort) await proxy.registerPatient(person);
}

/** The boxes that the sandbox's people kept, as if each had been looked up. */
const noteBoxes = (proxy: TrendlineProxy, sandbox: Sandbox, nowMs: number): Promise<void> =>
  proxy.noteSensors(
    sandbox.boxes().map((box) => ({
      ...box,
      state: box.endedAtMs === null ? "activated" : "ended",
      askedAtMs: nowMs,
    })),
  );

export interface Trendline {
  proxy: TrendlineProxy;
  listener: RequestListener;
  /** Resolves once what is being answered is answered, in five seconds at most, and nothing runs any more. */
  end(): Promise<void>;
}

const longestAnswerMs = 5000;

/** The proxy on what was opened, and what it does at its start. */
export async function openTrendline(
  { opened, database }: Stores,
  options: {
    log: Logger;
    metrics: Metrics;
  } & Pick<Parameters<typeof createProxy>[0], "config" | "brand" | "hasBrandChanged">,
): Promise<Trendline> {
  const { config, log } = options;
  // The sandbox's clock goes forward only, as fast as it is set to.
  const { now, steadyMs } = opened
    ? { now: opened.clock.now, steadyMs: opened.clock.now }
    : { now: Date.now, steadyMs: () => performance.now() };
  const proxy = await createProxy({
    ...options,
    isSandbox: opened !== null,
    database,
    fetch: (request) => fetch(request),
    now,
    steadyMs,
    clockSpeed: () => opened?.clock.speed ?? 1,
  });
  if (opened) {
    await onboard(proxy, opened.sandbox);
    // Nobody waits for them.
    noteBoxes(proxy, opened.sandbox, now()).catch((err: unknown) =>
      log.error({ err }, "The sandbox's boxes could not be noted"),
    );
  }
  const answer = getRequestListener(
    (request, env) =>
      proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
    listenerOptions(config.publicUrl),
  );
  let underWay = 0;
  return {
    proxy,
    listener: (request, response) => {
      underWay += 1;
      response.once("close", () => {
        underWay -= 1;
      });
      void answer(request, response);
    },
    end: async () => {
      const drained = proxy.drain();
      const beganMs = performance.now();
      while (underWay > 0 && performance.now() - beganMs < longestAnswerMs) await wait(10);
      await drained;
      await proxy.stop();
    },
  };
}

/** Nothing is left of the sandbox in the folder, and of what Trendline knew of its people. */
export function forgetSandbox(folder: string): void {
  for (const file of sandboxFilesIn(folder)) rmSync(file, { force: true });
}
