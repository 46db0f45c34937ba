import { existsSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "pino";
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
import { databaseTrouble, troubleWords } from "#proxy/store/database-trouble.ts";
import { writeScene } from "#sandbox/open.ts";
import type { Scene } from "#sandbox/scene.ts";
import { clientFolder, root } from "./built.ts";
import { claimFolder, sandboxAuthSecret, writableFolder } from "./data-folder.ts";
import { listen, takenPort, whenParentIsGone } from "./listen.ts";
import { notYet } from "./not-yet.ts";
import { serveSandbox } from "./serve-sandbox.ts";
import { forgetSandbox, openStores, openTrendline, type Trendline } from "./trendline.ts";

const dev = process.argv.includes("--dev");
/** The longest that an answer, and then all that is under way, is waited for at the end. */
const longestAnswerSeconds = 30;
const longestEndSeconds = 40;
const apiPath = /^\/((?:api|fhir|shl|brand-files)(\/|\?|$)|(healthz|readyz|metrics)(\?|$)|\.well-known\/)/;

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
  trendline: Trendline;
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
  { server, trendline: { proxy }, closeSandbox, closeRest, log }: Running,
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
  const tracing = config.tracesUrl
    ? (await import("#proxy/observe/tracing.ts")).startTracing(config.tracesUrl, log)
    : null;
  const storeOptions = { config, dataDir, queryLog: tracing?.query, begin, log };
  let stores = await openStores(storeOptions);
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
  const sandbox = () => {
    if (!stores.opened) throw new Error("there is a platform");
    return stores.opened.sandbox;
  };
  const served = stores.opened && (await serveSandbox(sandbox, config.sandbox.port, "127.0.0.1", refused));
  const partner =
    config.partner ?? (served && stores.opened && { apiUrl: served.apiUrl, ...stores.opened.credentials });
  if (!partner) throw new Error("neither a platform nor the sandbox");
  const metrics = createMetrics({ process: config.metricsToken !== null });
  const publicUrl = config.publicUrl ?? address;
  const trendlineOptions = {
    config: { ...config, publicUrl, authSecret, partner },
    brand,
    hasBrandChanged: () => brand !== null && brandFingerprint(brand.folder) !== brand.fingerprint,
    log,
    metrics,
  };
  let trendline = await openTrendline(stores, trendlineOptions);

  const frameOrigins = () => trendline.proxy.frameOrigins();
  const { embedOrigins } = config;
  const page = await pages(server, { publicUrl, log, metrics, brand, frameOrigins, embedOrigins });
  const answerBy =
    (api: RequestListener): RequestListener =>
    (request, response) =>
      (apiPath.test(request.url ?? "") ? api : page)(request, response);
  answer = answerBy(trendline.listener);

  let isSetting = false;
  async function setScene(scene: Scene): Promise<void> {
    const { opened, database } = stores;
    if (!opened || stopping || isSetting) return;
    isSetting = true;
    answer = answerBy(notYet(brand?.name ?? ownName));
    await trendline.end();
    await database.db.destroy();
    opened.close();
    forgetSandbox(dataDir);
    writeScene(dataDir, scene, opened.credentials);
    // How fast it runs is the scene's to say.
    const own = { ...config, sandbox: { ...config.sandbox, speed: null } };
    stores = await openStores({ ...storeOptions, config: own });
    trendline = await openTrendline(stores, trendlineOptions);
    answer = answerBy(trendline.listener);
    isSetting = false;
  }

  /** One after the other: what is asked for meanwhile is not answered. */
  function begin(scene: Scene): void {
    setScene(scene).catch((err: unknown) => {
      log.fatal({ err }, "The scene could not be set");
      process.exit(1);
    });
  }

  async function stop(drainSeconds: number): Promise<void> {
    // A second signal: do not wait.
    if (stopping) process.exit(1);
    stopping = true;
    const closeRest = () => Promise.all([stores.database.db.destroy(), tracing?.stop()]);
    const closeSandbox = () => {
      served?.close();
      stores.opened?.close();
    };
    await endInOrder({ server, trendline, closeSandbox, closeRest, log }, drainSeconds);
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
      (stores.opened
        ? ` on the embedded sandbox platform: everyone you see is invented. ${stores.opened.words}`.trimEnd()
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
