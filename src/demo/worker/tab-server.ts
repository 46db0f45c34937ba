import { pino } from "pino";
import { createProxy, type Proxy as TrendlineProxy } from "#proxy/app.ts";
import type { Brand } from "#proxy/brand/brand.ts";
import { parseConfig } from "#proxy/config.ts";
import { openDatabase } from "#proxy/store/database.ts";
import { openSandbox, writeScene } from "#sandbox/open.ts";
import type { Sandbox } from "#sandbox/sandbox.ts";
import type { Scene } from "#sandbox/scene.ts";
import { createCookieJar } from "./cookie-jar.ts";
import type { KeptState } from "./kept-state.ts";
import { randomBytes } from "./node/crypto.ts";
import { beginWithFiles, filesThere } from "./node/fs.ts";
import { beginWith, changesInOpened, exportOpened, loadSqlite } from "./node/sqlite.ts";

declare const __BRAND__: SentBrand | null;
type SentBrand = Omit<Brand, "pdfLogo"> & { pdfLogo: { png: string; ratio: number } | null };

/** As build-demo.ts has read it. */
const brand: Brand | null = __BRAND__ && {
  ...__BRAND__,
  pdfLogo: __BRAND__.pdfLogo && {
    ...__BRAND__.pdfLogo,
    png: Uint8Array.from(atob(__BRAND__.pdfLogo.png), (sign) => sign.charCodeAt(0)),
  },
};

/** Its files are in memory, and kept with the rest. */
const folder = "sandbox";
/** Never asked of a network: the sandbox answers in its place. */
const apiUrl = "https://sandbox.invalid";

/** The boxes that the sandbox's people kept, as if each had been looked up. */
const noteBoxes = (proxy: TrendlineProxy, sandbox: Sandbox, nowMs: number): Promise<void> =>
  proxy.noteSensors(
    sandbox.boxes().map((box) => ({
      ...box,
      state: box.endedAtMs === null ? "activated" : "ended",
      askedAtMs: nowMs,
    })),
  );

export interface TabServer {
  fetch(request: Request): Promise<Response>;
  /** Grows with every change of what is kept. */
  changes(): string;
  /** Null while a transaction is open. */
  state(): KeptState | null;
  stop(): Promise<void>;
  /** What is kept of a sandbox in which a scene is set, and of nothing else. */
  stateOfScene(scene: Scene): KeptState;
}

/** The composition root of the demonstration, as server.ts is of the server: the proxy on the sandbox, in one tab. */
export async function startTabServer(
  site: URL,
  kept: KeptState | null,
  begin: (scene: Scene) => void,
): Promise<TabServer> {
  const authSecret = kept?.authSecret ?? randomBytes(32).toString("hex");
  const cookies = createCookieJar(kept?.cookies ?? [], Date.now);
  const config = parseConfig({});
  const log = pino({ level: config.logLevel });

  await loadSqlite();
  beginWithFiles(kept?.files ?? []);
  beginWith(kept?.database ?? null);
  const opened = openSandbox({ folder, speed: null, replayDir: null, begin });
  const { sandbox, clock, credentials } = opened;
  const database = await openDatabase({ databaseUrl: null, dataDir: ":memory:", sandbox: true });
  const proxy = await createProxy({
    config: {
      ...config,
      publicUrl: site.href.replace(/\/$/, ""),
      authSecret,
      partner: { apiUrl, ...credentials },
    },
    brand,
    isSandbox: true,
    database,
    fetch: (request) => sandbox.fetch(request),
    now: clock.now,
    steadyMs: clock.now,
    clockSpeed: () => clock.speed,
    log,
  });
  for (const person of sandbox.cohort) await proxy.registerPatient(person);
  void noteBoxes(proxy, sandbox, clock.now()).catch((err: unknown) =>
    log.error({ err }, "The sandbox's boxes could not be noted"),
  );

  return {
    fetch: async (request) => {
      // Its faults and its log, which a server has on a port of its own.
      if (new URL(request.url).pathname.startsWith("/sandbox/")) return sandbox.fetch(request);
      const header = cookies.header();
      if (header) request.headers.set("cookie", header);
      const answer = await proxy.fetch(request);
      cookies.take(answer.headers);
      return answer;
    },
    changes: () => JSON.stringify([changesInOpened(), cookies.all(), filesThere()]),
    state: () => {
      const bytes = exportOpened();
      return bytes && { authSecret, cookies: cookies.all(), files: filesThere(), database: bytes };
    },
    stop: async () => {
      await proxy.stop();
      await database.db.destroy();
      opened.close();
    },
    stateOfScene: (scene) => {
      writeScene(folder, scene, credentials);
      return { authSecret, cookies: [], files: filesThere(), database: null };
    },
  };
}
