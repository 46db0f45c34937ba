import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import { type Brand, ownName } from "#proxy/brand/brand.ts";
import { brandedDocument } from "#proxy/brand/document.ts";
import { noteWords } from "#proxy/brand/note-words.ts";
import { brandFingerprint, readBrand } from "#proxy/brand/read-brand.ts";
import { ConfigError, parseConfig, refuseGuessedSecrets } from "#proxy/config.ts";
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
import { openSandbox } from "#sandbox/open.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import { clientFolder, root } from "./built.ts";
import { claimFolder, sandboxAuthSecret, writableFolder } from "./data-folder.ts";
import { listen, takenPort, whenParentIsGone } from "./listen.ts";
import { notYet } from "./not-yet.ts";
import { serveSandbox } from "./serve-sandbox.ts";

const dev = process.argv.includes("--dev");
/** The longest that an answer, and then all that is under way, is waited for at the end. */
const longestAnswerSeconds = 30;
const longestEndSeconds = 40;
const apiPath = /^\/((?:api|fhir|shl|brand-files)(\/|\?|$)|(healthz|readyz|metrics)(\?|$)|\.well-known\/)/;

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
  const inBrand = {
    name: "in-brand",
    transformIndexHtml: {
      order: "post" as const,
      handler: (html: string) => brandedDocument(html, options.brand ?? null),
    },
  };
  const vite = await createVite({
    root,
    server: { middlewareMode: true, hmr: { server } },
    plugins: [inBrand],
  });
  return vite.middlewares;
}

/** What is wrong with it is said, and keeps nobody from their patients. */
function readBrandFor(folder: string | null, log: Logger): Brand | null {
  const brand = folder === null ? null : readBrand(folder);
  for (const note of brand?.notes ?? [])
    log.warn({ file: note.file, kind: note.kind }, `BRAND_DIR: ${noteWords(note)}`);
  return brand;
}

interface Running {
  server: Server;
  proxy: TrendlineProxy;
  /** Keeps what the sandbox needs to go on. */
  closeSandbox: () => void;
  /** The database and the traces. */
  closeRest: () => Promise<unknown>;
  log: Logger;
}

/**
 * Ends what runs, one after the other. A step that fails, without a database for
 * instance, does not hold up the others.
 */
async function endInOrder(
  { server, proxy, closeSandbox, closeRest, log }: Running,
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
  closeSandbox();
  await ended(closeRest());
}

async function start(): Promise<void> {
  const config = parseConfig(process.env);
  refuseGuessedSecrets(config);
  const log = createLog(config.logLevel);
  endOnCrash(log);
  const dataDir = writableFolder(config.dataDir);
  const brand = readBrandFor(config.brandDir, log);
  const isAlone = config.databaseUrl === null || !config.partner;
  const freeFolder = isAlone ? claimFolder(dataDir, !config.partner, "npm start") : null;
  const opened = config.partner
    ? null
    : openSandbox({ folder: dataDir, ...config.sandbox, warn: (words) => log.warn(words) });
  const { speed, now } = opened?.clock ?? { speed: 1, now: Date.now };
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

  let answer: RequestListener = notYet(brand?.name ?? ownName);
  let stopping = false;
  const listener: RequestListener = (request, response) => {
    // The client opens a new connection for the next request, to another server.
    if (stopping) response.setHeader("connection", "close");
    answer(request, response);
  };
  const server = createServer(serverOptions, refuseSendingAhead(listener));
  protectServer(server, config.trustedProxies);
  const refused = (err: Error) => log.error({ err }, "A connection was not accepted");
  const address = await listen(server, "PORT", config.port, config.host, refused);
  const sandboxed = opened && (await serveSandbox(opened, config.sandbox.port, "127.0.0.1", refused));
  const partner = config.partner ?? sandboxed?.partner;
  if (!partner) throw new Error("neither a platform nor the sandbox");
  const metrics = createMetrics({ process: config.metricsToken !== null });
  const publicUrl = config.publicUrl ?? address;
  const proxy = await createProxy({
    config: { ...config, publicUrl, authSecret, partner },
    brand,
    hasBrandChanged: () => brand !== null && brandFingerprint(brand.folder) !== brand.fingerprint,
    isSandbox: opened !== null,
    database,
    fetch: (request) => fetch(request),
    now,
    steadyMs,
    clockSpeed: speed,
    log,
    metrics,
  });
  if (opened) await onboard(proxy, opened.sandbox);

  const api = getRequestListener(
    (request, env) =>
      proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
    listenerOptions(publicUrl),
  );
  const page = await pages(server, {
    publicUrl,
    log,
    metrics,
    brand,
    frameOrigins: proxy.frameOrigins,
    embedOrigins: config.embedOrigins,
  });
  answer = (request, response) => (apiPath.test(request.url ?? "") ? api : page)(request, response);
  // Nobody waits for them.
  if (opened)
    void noteBoxes(proxy, opened.sandbox, now()).catch((err: unknown) =>
      log.error({ err }, "The sandbox's boxes could not be noted"),
    );
  async function stop(drainSeconds: number): Promise<void> {
    // A second signal: do not wait.
    if (stopping) process.exit(1);
    stopping = true;
    const closeRest = () => Promise.all([database.db.destroy(), tracing?.stop()]);
    const closeSandbox = () => sandboxed?.close();
    await endInOrder({ server, proxy, closeSandbox, closeRest, log }, drainSeconds);
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
      (opened
        ? ` on the embedded sandbox platform: everyone you see is invented. ${opened.words}`.trimEnd()
        : ""),
  );
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const trouble = databaseTrouble(error);
  if (trouble && !process.env.DATABASE_URL) return `${troubleWords[trouble]} Its files are in DATA_DIR.`;
  const taken = takenPort(error, "npm start");
  if (taken) return taken;
  const { code, message } = error as NodeJS.ErrnoException;
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
