import type { Scene } from "#sandbox/scene.ts";
import { type DemoStatus, type SentAnswer, type SentRequest, serverPathOf } from "../messages.ts";
import { createKeeper } from "./keeper.ts";
import { forgetfulStore, type KeptState, openStateStore, type StateStore } from "./kept-state.ts";
import { startTabServer, type TabServer } from "./tab-server.ts";

export interface Demo {
  ask(request: SentRequest): Promise<SentAnswer>;
  status(): DemoStatus;
  /** Forgets all that was done; resolves when it stands as at the beginning. */
  reset(): Promise<void>;
}

const bodiless = new Set(["GET", "HEAD"]);

/** The request as the proxy is to see it: at its own root, and with what a browser adds by itself. */
function requestOf(site: URL, { method, url, headers, body }: SentRequest): Request {
  const { pathname, search } = new URL(url);
  const all = new Headers(headers.map(([name, value]): [string, string] => [name, value]));
  all.set("user-agent", navigator.userAgent);
  if (!bodiless.has(method)) all.set("origin", site.origin);
  return new Request(site.origin + (serverPathOf(site.pathname, pathname) ?? pathname) + search, {
    method,
    headers: all,
    body: bodiless.has(method) ? null : body,
  });
}

async function answerOf(response: Response): Promise<SentAnswer> {
  const headers = [...response.headers].filter(([name]) => name !== "set-cookie");
  const body = response.body ? await response.arrayBuffer() : null;
  return { status: response.status, headers, body };
}

/** The demonstration of a site, as its last visit left it. */
export async function startDemo(site: URL, build: string, onReplaced: () => void): Promise<Demo> {
  const store: StateStore = await openStateStore(site.pathname, build, onReplaced).catch(
    () => forgetfulStore,
  );
  let hasBegunAnew = store.isOtherVersionGone;
  const startWith = async (kept: KeptState | null, isKept: boolean) => {
    const server = await startTabServer(site, kept, begin);
    return { server, keeper: createKeeper(store, server, isKept) };
  };
  const start = async () => {
    const kept = await store.load();
    try {
      return await startWith(kept, kept !== null);
    } catch (error) {
      if (!kept) throw error;
      // What was kept cannot be used: better none of it than no demonstration.
      await store.clear();
      hasBegunAnew = true;
      return startWith(null, false);
    }
  };
  const underWay = new Set<Promise<unknown>>();
  /** Who asks while another beginning is made waits for it. */
  let changing: Promise<void> | null = null;
  async function beginWith(kept: (server: TabServer) => KeptState | null): Promise<void> {
    await Promise.allSettled(underWay);
    const { server, keeper } = running;
    await keeper.end();
    await server.stop();
    await store.clear();
    running = await startWith(kept(server), false);
    await running.keeper.save();
  }
  function change(kept: (server: TabServer) => KeptState | null): Promise<void> {
    hasBegunAnew = false;
    changing ??= beginWith(kept).finally(() => {
      changing = null;
    });
    return changing;
  }
  function begin(scene: Scene): void {
    // Once the answer to it is on its way; who asks next hears of a failure.
    setTimeout(() => change((server) => server.stateOfScene(scene)).catch(console.error));
  }
  let running = await start();
  void running.keeper.save();
  const ask = async (request: SentRequest): Promise<SentAnswer> => {
    const { server, keeper } = running;
    const response = await server.fetch(requestOf(site, request));
    // What somebody has done is kept before they are told that it is done.
    if (!bodiless.has(request.method)) await keeper.save();
    return answerOf(response);
  };
  return {
    ask: async (request) => {
      await changing;
      const asked = ask(request);
      underWay.add(asked);
      return asked.finally(() => underWay.delete(asked));
    },
    status: () => ({ isKept: running.keeper.canKeep(), hasBegunAnew }),
    reset: () => change(() => null),
  };
}
