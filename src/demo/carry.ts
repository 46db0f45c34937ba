import { base } from "./base.ts";
import type { Connection } from "./connection.ts";
import { keepAll, type Message, serverPathOf } from "./messages.ts";

const longestTakeoverMs = 4000;
const bodiless = new Set([101, 204, 205, 304]);

const pathOf = (address: string): string | null => {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin ? serverPathOf(`${base}/`, pathname) : null;
};

/** Without a service worker: `fetch` itself asks the server. */
function patchFetch(connection: Connection): void {
  const plainFetch = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (pathOf(request.url) === null) return plainFetch(request);
    const { method, url, headers, signal } = request;
    const sent = { method, url, headers: [...headers], body: await request.arrayBuffer() };
    const aborted = new Promise<never>((_, give) => {
      signal.addEventListener("abort", () => give(signal.reason), { once: true });
    });
    signal.throwIfAborted();
    const answer = await Promise.race([connection.ask(sent), aborted]);
    return new Response(bodiless.has(answer.status) ? null : answer.body, {
      status: answer.status,
      headers: answer.headers.map(([name, value]): [string, string] => [name, value]),
    });
  };
}

/** Where a link leads to a file of the server, the browser would ask the host for it. */
function patchLinks(): void {
  document.addEventListener("click", async (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || pathOf(link.href) === null) return;
    event.preventDefault();
    const file = URL.createObjectURL(await (await fetch(link.href)).blob());
    window.open(file, "_blank");
  });
}

/** Resolves once a service worker carries what this page asks for; rejects where none does. */
async function takenOver(connection: Connection): Promise<void> {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data, ports: [reply] }: MessageEvent<Message>) => {
    if (reply) connection.pass(data, reply);
  });
  serviceWorker.startMessages();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no service worker took over")), longestTakeoverMs);
  const change = new Promise((done) => {
    serviceWorker.addEventListener("controllerchange", done, { once: true });
  });
  const registering = serviceWorker.register(`${base}/service-worker.js`, {
    scope: `${base}/`,
    updateViaCache: "none",
  });
  registering.catch(reject);
  if (!serviceWorker.controller) await Promise.race([change, late]);
  clearTimeout(timer);
  if (!serviceWorker.controller) throw new Error("no service worker took over");
}

/** The folder is fetched whole once what is on screen is through. */
const restMs = 3000;

/** Has what the client asks of the server answered by the worker. */
export async function carryRequests(connection: Connection): Promise<void> {
  try {
    await takenOver(connection);
    // By then it may be a newer one.
    const keep = () => setTimeout(() => navigator.serviceWorker.controller?.postMessage(keepAll), restMs);
    connection.status().then(keep, () => {});
  } catch {
    patchFetch(connection);
    patchLinks();
  }
}
