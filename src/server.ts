import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { getRequestListener } from "@hono/node-server";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import { type Config, ConfigError, parseConfig } from "#proxy/config.ts";
import { createLog, endOnCrash } from "#proxy/log.ts";
import { createMetrics } from "#proxy/observe/metrics.ts";
import { createStatic, type StaticOptions } from "#proxy/static.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { createSandbox, type Sandbox } from "#sandbox/sandbox.ts";
import { buildIfNeeded, clientFolder, root } from "./build.ts";

const dev = process.argv.includes("--dev");
/** The longest that an answer, and then all that is under way, is waited for at the end. */
const longestAnswerSeconds = 30;
const longestEndSeconds = 40;
const apiPath = /^\/(api\/|healthz$|readyz$|metrics$|\.well-known\/)/;

const pathOf = ({ url }: IncomingMessage) => (url ?? "").split("?")[0] ?? "";

/** Between the first moment the port is open and the moment everything is there: alive, and not ready. */
const notYet: RequestListener = (request, response) => {
  const isAlive = pathOf(request) === "/healthz";
  response.writeHead(isAlive ? 200 : 503, { "content-type": "application/json", "retry-after": "1" });
  response.end(JSON.stringify({ status: isAlive ? "ok" : "starting" }));
};

const listen = (server: Server, port: number, host: string): Promise<string> =>
  new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => {
      const { address, port: taken, family } = server.address() as AddressInfo;
      const shown = address === "::" || address === "0.0.0.0" ? "127.0.0.1" : address;
      done(`http://${family === "IPv6" && shown === address ? `[${address}]` : shown}:${taken}`);
    });
  });

/** The folder as an absolute path, made when it is missing. */
function writableFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ConfigError(
      `The data folder ${folder} cannot be written (${code}). Choose another one: DATA_DIR=/path npm start`,
      { cause },
    );
  }
}

/** The sandbox's secret is made at first start and stays in the data folder, readable by its owner only. */
function sandboxAuthSecret(dataDir: string): string {
  const file = join(dataDir, "sandbox-auth-secret");
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8");
}

async function startSandbox(config: Config, dataDir: string, now: () => number) {
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
  const apiUrl = await listen(server, config.sandbox.port, "127.0.0.1");
  return { sandbox, server, partner: { apiUrl, ...credentials } };
}

/** At first start the sandbox's people are registered as a clinic's would be; those already here stay as they are. */
async function onboard(proxy: TrendlineProxy, sandbox: Sandbox): Promise<void> {
  for (const person of sandbox.cohort) await proxy.registerPatient(person);
}

async function pages(server: Server, options: Omit<StaticOptions, "folder">): Promise<RequestListener> {
  if (!dev) {
    await buildIfNeeded();
    return getRequestListener(createStatic({ ...options, folder: clientFolder }).fetch);
  }
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({ root, server: { middlewareMode: true, hmr: { server } } });
  return vite.middlewares;
}

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  endOnCrash(log);
  const dataDir = writableFolder(config.dataDir);
  const bootMs = Date.now();
  const speed = config.partner ? 1 : config.sandbox.speed;
  const now = () => Math.round(bootMs + (Date.now() - bootMs) * speed);
  const steadyMs = () => performance.now() * speed;

  const tracing = config.tracesUrl
    ? (await import("#proxy/observe/tracing.ts")).startTracing(config.tracesUrl, log)
    : null;
  const database = await openDatabase({
    ...{ databaseUrl: config.databaseUrl, dataDir, sandbox: !config.partner },
    log: tracing?.query,
  });
  const authSecret = config.authSecret ?? sandboxAuthSecret(dataDir);

  let answer = notYet;
  let stopping = false;
  const server = createServer((request, response) => {
    // Whoever keeps this connection is to go elsewhere with the next request.
    if (stopping) response.setHeader("connection", "close");
    answer(request, response);
  });
  const address = await listen(server, config.port, config.host);
  const sandboxed = config.partner ? null : await startSandbox(config, dataDir, now);
  const partner = config.partner ?? sandboxed?.partner;
  if (!partner) throw new Error("neither a platform nor the sandbox");
  const metrics = createMetrics({ process: config.metricsToken !== null });
  const publicUrl = config.publicUrl ?? address;
  const proxy = await createProxy({
    database,
    authSecret,
    previousAuthSecrets: config.previousAuthSecrets,
    publicUrl,
    partner,
    serviceUid: config.serviceUid,
    fetch: (request) => fetch(request),
    now,
    steadyMs,
    clockSpeed: speed,
    sandbox: sandboxed !== null,
    firstAdministrator: config.firstAdministrator,
    resetsFirstAdministrator: config.resetsFirstAdministrator,
    singleSignOn: config.singleSignOn,
    platformCallsPerSecond: config.platformCallsPerSecond,
    idleSignOutMinutes: config.idleSignOutMinutes,
    secondFactorRequired: config.secondFactorRequired,
    deviceLookupsPerSecond: config.deviceLookupsPerSecond,
    roundsPerSecond: config.roundsPerSecond,
    importRowsPerSecond: config.importRowsPerSecond,
    auditKeepDays: config.auditKeepDays,
    trustedProxies: config.trustedProxies,
    ...{ log, metrics, metricsToken: config.metricsToken, securityContact: config.securityContact },
  });
  if (sandboxed) await onboard(proxy, sandboxed.sandbox);

  const api = getRequestListener((request, env) =>
    proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
  );
  const page = await pages(server, { publicUrl, log, metrics });
  answer = (request, response) => (apiPath.test(pathOf(request)) ? api : page)(request, response);
  console.log(
    `Trendline is at ${publicUrl}` +
      (sandboxed ? " on the embedded sandbox platform: everyone you see is invented." : ""),
  );

  async function stop(drainSeconds: number): Promise<void> {
    // Told twice: whoever it is does not want to wait.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), (drainSeconds + longestEndSeconds) * 1000).unref();
    // Rows of an import that are under way still reach the platform and the database.
    const drained = proxy.drain();
    await wait(drainSeconds * 1000);
    const closed = new Promise((done) => server.close(done));
    server.closeIdleConnections();
    // A reading that is still on its way gets its time; an open tab's idle connection does not hold the process.
    setTimeout(() => server.closeAllConnections(), longestAnswerSeconds * 1000).unref();
    await closed;
    await drained;
    await proxy.stop();
    sandboxed?.server.close();
    await Promise.all([database.db.destroy(), tracing?.stop()]);
    process.exit(0);
  }
  process.on("SIGINT", () => void stop(0));
  process.on("SIGTERM", () => void stop(config.drainSeconds));
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE")
    return `Port ${port} is taken. Stop the other program, or choose another port: PORT=4180 npm start`;
  if (process.env.DATABASE_URL && /^(E[A-Z]+|[0-9A-Z]{5})$/.test(code ?? ""))
    return `The database at DATABASE_URL does not answer (${code}): ${message}`;
  return message || String(error);
}

// Otherwise the heap doubles before V8 tidies up, only because the machine has the memory.
setFlagsFromString("--heap-growing-percent=30");

// The database, its log and the sandbox's people are nobody else's to read.
process.umask(0o077);

await start().catch((error: unknown) => {
  console.error(`Trendline did not start. ${explain(error)}`);
  process.exit(1);
});
