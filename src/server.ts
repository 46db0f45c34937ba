import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import { type Config, ConfigError, parseConfig } from "#proxy/config.ts";
import { createLog } from "#proxy/log.ts";
import { createStatic } from "#proxy/static.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { createSandbox, type Sandbox } from "#sandbox/sandbox.ts";
import { buildIfNeeded, clientFolder, root } from "./build.ts";

const dev = process.argv.includes("--dev");
const apiPath = /^\/(api\/|healthz$|readyz$)/;

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

async function pages(server: Server): Promise<RequestListener> {
  if (!dev) {
    await buildIfNeeded();
    return getRequestListener(createStatic(clientFolder).fetch);
  }
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({ root, server: { middlewareMode: true, hmr: { server } } });
  return vite.middlewares;
}

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  const dataDir = writableFolder(config.dataDir);
  const bootMs = Date.now();
  const speed = config.partner ? 1 : config.sandbox.speed;
  const now = () => Math.round(bootMs + (Date.now() - bootMs) * speed);

  const database = await openDatabase({ ...config, dataDir, sandbox: !config.partner });
  const authSecret = config.authSecret ?? sandboxAuthSecret(dataDir);

  const server = createServer();
  const address = await listen(server, config.port, config.host);
  const sandboxed = config.partner ? null : await startSandbox(config, dataDir, now);
  const partner = config.partner ?? sandboxed?.partner;
  if (!partner) throw new Error("neither a platform nor the sandbox");
  const proxy = await createProxy({
    database,
    authSecret,
    publicUrl: config.publicUrl ?? address,
    partner,
    serviceUid: config.serviceUid,
    fetch: (request) => fetch(request),
    now,
    clockSpeed: speed,
    sandbox: sandboxed !== null,
    firstAdministrator: config.firstAdministrator,
    idleSignOutMinutes: config.idleSignOutMinutes,
    secondFactorRequired: config.secondFactorRequired,
    deviceLookupsPerSecond: config.deviceLookupsPerSecond,
    roundsPerSecond: config.roundsPerSecond,
    importRowsPerSecond: config.importRowsPerSecond,
    log: createLog(config.logLevel),
  });
  if (sandboxed) await onboard(proxy, sandboxed.sandbox);

  const api = getRequestListener((request, env) =>
    proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
  );
  const page = await pages(server);
  server.on("request", (request, response) =>
    (apiPath.test((request.url ?? "").split("?")[0] ?? "") ? api : page)(request, response),
  );
  console.log(
    `Trendline is at ${config.publicUrl ?? address}` +
      (sandboxed ? " on the embedded sandbox platform: everyone you see is invented." : ""),
  );

  const stop = () => {
    // Rows of an import that are under way still reach the platform and the database.
    const stopped = proxy.stop().finally(() => sandboxed?.server.close());
    server.close(() => void stopped.then(() => database.db.destroy()).then(() => process.exit(0)));
    server.closeIdleConnections();
    // A reading that is still on its way gets five seconds; an open tab's idle connection does not hold the process.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
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

await start().catch((error: unknown) => {
  console.error(`Trendline did not start. ${explain(error)}`);
  process.exit(1);
});
