import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import { type Config, ConfigError, parseConfig, refuseGuessedSecrets } from "#proxy/config.ts";
import {
  listenerOptions,
  protectServer,
  refuseSendingAhead,
  serverOptions,
} from "#proxy/http/protect-server.ts";
import { createStatic, type StaticOptions } from "#proxy/http/static.ts";
import { createLog, endOnCrash } from "#proxy/log.ts";
import { createMetrics } from "#proxy/observe/metrics.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { databaseTrouble, troubleWords } from "#proxy/store/database-trouble.ts";
import { createSandbox, type Sandbox } from "#sandbox/sandbox.ts";
import { clientFolder, root } from "./built.ts";
import { claimFolder, sandboxAuthSecret, writableFolder } from "./data-folder.ts";
import { notYet } from "./not-yet.ts";

/** The process that started this one. */
const parentId = process.ppid;
const parentLookMs = 250;
const dev = process.argv.includes("--dev");
/** The longest that an answer, and then all that is under way, is waited for at the end. */
const longestAnswerSeconds = 30;
const longestEndSeconds = 40;
const apiPath = /^\/((?:api|fhir|shl)(\/|\?|$)|(healthz|readyz|metrics)(\?|$)|\.well-known\/)/;

/** Why a port could not be listened on; `variable` is the setting that says which. */
interface ListenFailure {
  port: number;
  variable: "PORT" | "SANDBOX_PORT";
}

const listen = (
  server: Server,
  variable: ListenFailure["variable"],
  port: number,
  host: string,
  log: Logger,
): Promise<string> =>
  new Promise((done, reject) => {
    const fail = (error: Error) => reject(Object.assign(error, { variable }));
    server.once("error", fail);
    server.listen(port, host, () => {
      // A connection that cannot be accepted, for want of file descriptors for instance, is nobody's end.
      server.off("error", fail).on("error", (err) => log.error({ err }, "A connection was not accepted"));
      const { address, port: taken, family } = server.address() as AddressInfo;
      const shown = address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address;
      done(`http://${family === "IPv6" && shown === address ? `[${address}]` : shown}:${taken}`);
    });
  });

async function startSandbox(config: Config, dataDir: string, now: () => number, log: Logger) {
  const credentials = {
    appId: `sandbox-${randomBytes(4).toString("hex")}`,
    appSecret: randomBytes(32).toString("hex"),
  };
  const sandbox = createSandbox({
    ...credentials,
    now,
    stateFile: join(dataDir, "sandbox-users.jsonl"),
    replayDir: config.sandbox.replayDir ? resolve(config.sandbox.replayDir) : undefined,
  });
  const server = createServer(getRequestListener((request, env) => sandbox.fetch(request, env)));
  const apiUrl = await listen(server, "SANDBOX_PORT", config.sandbox.port, "127.0.0.1", log);
  return { sandbox, server, partner: { apiUrl, ...credentials } };
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

async function pages(server: Server, options: Omit<StaticOptions, "folder">): Promise<RequestListener> {
  if (!dev) {
    if (!existsSync(join(clientFolder, "index.html")))
      throw new Error("Its pages are not built. Run: npm run build");
    return getRequestListener(
      createStatic({ ...options, folder: clientFolder }).fetch,
      listenerOptions(options.publicUrl),
    );
  }
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({ root, server: { middlewareMode: true, hmr: { server } } });
  return vite.middlewares;
}

interface Running {
  server: Server;
  proxy: TrendlineProxy;
  sandboxServer: Server | undefined;
  /** The database and the traces. */
  closeRest: () => Promise<unknown>;
  log: Logger;
}

/**
 * Ends what runs, one after the other. A step that fails, without a database for
 * instance, does not hold up the others.
 */
async function endInOrder(
  { server, proxy, sandboxServer, closeRest, log }: Running,
  drainSeconds: number,
): Promise<void> {
  const ended = (end: Promise<unknown>) =>
    end.catch((err: unknown) => {
      process.exitCode = 1;
      log.error({ err }, "Something could not be brought to its end in order");
    });
  setTimeout(() => process.exit(1), (drainSeconds + longestEndSeconds) * 1000).unref();
  // Rows of an import that are under way still reach the platform and the database.
  const drained = ended(proxy.drain());
  await wait(drainSeconds * 1000);
  const closed = new Promise((done) => server.close(done));
  server.closeIdleConnections();
  // A reading that is still on its way gets its time; an open tab's idle
  // connection does not hold the process.
  setTimeout(() => server.closeAllConnections(), longestAnswerSeconds * 1000).unref();
  await closed;
  await drained;
  await ended(proxy.stop());
  sandboxServer?.close();
  await ended(closeRest());
}

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  refuseGuessedSecrets(config);
  const log = createLog(config.logLevel);
  endOnCrash(log);
  const dataDir = writableFolder(config.dataDir);
  const isAlone = config.databaseUrl === null || !config.partner;
  const freeFolder = isAlone ? claimFolder(dataDir, !config.partner) : null;
  const bootMs = Date.now();
  const speed = config.partner ? 1 : config.sandbox.speed;
  const now = () => Math.round(bootMs + (Date.now() - bootMs) * speed);
  const steadyMs = () => performance.now() * speed;

  const tracing = config.tracesUrl
    ? (await import("#proxy/observe/tracing.ts")).startTracing(config.tracesUrl, log)
    : null;
  const database = await openDatabase({
    databaseUrl: config.databaseUrl,
    dataDir,
    sandbox: !config.partner,
    log: tracing?.query,
  });
  const authSecret = config.authSecret ?? sandboxAuthSecret(dataDir);

  let answer: RequestListener = notYet;
  let stopping = false;
  const listener: RequestListener = (request, response) => {
    // The client opens a new connection for the next request, to another server.
    if (stopping) response.setHeader("connection", "close");
    answer(request, response);
  };
  const server = createServer(serverOptions, refuseSendingAhead(listener));
  protectServer(server, config.trustedProxies);
  const address = await listen(server, "PORT", config.port, config.host, log);
  const sandboxed = config.partner ? null : await startSandbox(config, dataDir, now, log);
  const partner = config.partner ?? sandboxed?.partner;
  if (!partner) throw new Error("neither a platform nor the sandbox");
  const metrics = createMetrics({ process: config.metricsToken !== null });
  const publicUrl = config.publicUrl ?? address;
  const proxy = await createProxy({
    config: { ...config, publicUrl, authSecret, partner },
    isSandbox: sandboxed !== null,
    database,
    fetch: (request) => fetch(request),
    now,
    steadyMs,
    clockSpeed: speed,
    log,
    metrics,
  });
  if (sandboxed) await onboard(proxy, sandboxed.sandbox);

  const api = getRequestListener(
    (request, env) =>
      proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
    listenerOptions(publicUrl),
  );
  const page = await pages(server, { publicUrl, log, metrics, frameOrigins: proxy.frameOrigins });
  answer = (request, response) => (apiPath.test(request.url ?? "") ? api : page)(request, response);
  // Nobody waits for them.
  if (sandboxed)
    void noteBoxes(proxy, sandboxed.sandbox, now()).catch((err: unknown) =>
      log.error({ err }, "The sandbox's boxes could not be noted"),
    );
  async function stop(drainSeconds: number): Promise<void> {
    // A second signal: do not wait.
    if (stopping) process.exit(1);
    stopping = true;
    const closeRest = () => Promise.all([database.db.destroy(), tracing?.stop()]);
    await endInOrder({ server, proxy, sandboxServer: sandboxed?.server, closeRest, log }, drainSeconds);
    freeFolder?.();
    process.exit();
  }
  process.on("SIGINT", () => void stop(0));
  process.on("SIGTERM", () => void stop(config.drainSeconds));
  whenParentIsGone(() => {
    if (!stopping) void stop(config.drainSeconds);
  });
  // Printed once the signals are handled, so that it can be ended in order.
  console.log(
    `Trendline is at ${publicUrl}` +
      (sandboxed ? " on the embedded sandbox platform: everyone you see is invented." : ""),
  );
}

/**
 * npm runs us in a shell that hands no signal on: where npm was told to end, it and the
 * shell are gone, and nobody tells us.
 */
function whenParentIsGone(act: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const looking = setInterval(() => {
    if (process.ppid === parentId) return;
    clearInterval(looking);
    act();
  }, parentLookMs).unref();
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const trouble = databaseTrouble(error);
  if (trouble && !process.env.DATABASE_URL) return `${troubleWords[trouble]} Its files are in DATA_DIR.`;
  const { code, message, port, variable } = error as NodeJS.ErrnoException & Partial<ListenFailure>;
  if (code === "EADDRINUSE" && variable) {
    const free = { PORT: 4180, SANDBOX_PORT: 0 }[variable];
    return `Port ${port} is taken. Stop the other program, or choose another port: ${variable}=${free} npm start`;
  }
  if (process.env.DATABASE_URL && /^(E[A-Z]+|[0-9A-Z]{5})$/.test(code ?? ""))
    return `The database at DATABASE_URL does not answer (${code}): ${message}`;
  return message || String(error);
}

// Otherwise the heap doubles before V8 tidies up, only because the machine has the memory.
setFlagsFromString("--heap-growing-percent=80");

// The database, its log and the sandbox's people are nobody else's to read.
process.umask(0o077);

await start().catch((error: unknown) => {
  console.error(`Trendline did not start. ${explain(error)}`);
  process.exit(1);
});
