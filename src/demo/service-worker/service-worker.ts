import { keepAll, type Message, type SentAnswer, serverPathOf } from "../messages.ts";

declare const __BUILD__: string;
declare const __FILES__: readonly string[];

const worker = self as unknown as ServiceWorkerGlobalScope;
const site = new URL(worker.registration.scope);
const cacheName = `trendline-demo ${site.pathname} ${__BUILD__}`;
const bodiless = new Set([101, 204, 205, 304]);
/** Of these the name does not change with what is in them. */
const isFresh = (path: string) => /\.(?:html|svg)$|\/color-scheme\.js$/.test(path);

/** Fonts, and the list of passwords. */
const isLarge = (path: string) => /\.(?:ttf|gz)$/.test(path);

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

/** All of the folder, so that it is there without a network; then what former versions kept goes. */
async function keepFolder(): Promise<void> {
  const cache = await caches.open(cacheName);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const missing = __FILES__.map((file) => new URL(file, site).href).filter((url) => !there.has(url));
  // One after the other: side by side they take twice the memory.
  for (const url of missing.toSorted((a, b) => Number(isLarge(a)) - Number(isLarge(b)))) await cache.add(url);
  const own = `trendline-demo ${site.pathname} `;
  for (const name of await caches.keys())
    if (name.startsWith(own) && name !== cacheName) await caches.delete(name);
}

worker.addEventListener("message", (event) => {
  if (event.data === keepAll) event.waitUntil(keepFolder());
});

const unavailable = () =>
  new Response("Open the demonstration in a tab first. 请先在标签页中打开演示。", {
    status: 503,
    headers: { "content-type": "text/plain;charset=utf-8" },
  });

/** Through a page, since no service worker reaches a shared worker itself. */
async function carry({ request, clientId }: FetchEvent): Promise<Response> {
  const asking = clientId ? await worker.clients.get(clientId) : undefined;
  const pages = await worker.clients.matchAll({ type: "window" });
  const page = asking?.type === "window" ? asking : pages[0];
  if (!page) return unavailable();
  const { method, url, headers } = request;
  const body = await request.arrayBuffer();
  const { port1, port2 } = new MessageChannel();
  const answering = new Promise<{ answer: SentAnswer } | { error: string }>((done) => {
    port1.onmessage = ({ data }) => done(data);
  });
  const message: Message = { kind: "ask", request: { method, url, headers: [...headers], body } };
  page.postMessage(message, [port2]);
  const reply = await answering;
  if ("error" in reply) return Response.error();
  const { status, headers: answered, body: content } = reply.answer;
  return new Response(bodiless.has(status) ? null : content, {
    status,
    headers: answered.map(([name, value]): [string, string] => [name, value]),
  });
}

/** The way in, at whatever address within: what it names lies beside it. */
async function wayIn(): Promise<Response> {
  const page = await file(new Request(site));
  const text = (await page.text()).replaceAll('="./', `="${site.pathname}`);
  return new Response(text, { headers: { "content-type": "text/html;charset=utf-8" } });
}

async function file(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const kept = () => caches.match(request, { ignoreSearch: true });
  if (request.url === site.href || isFresh(path))
    return fetch(request.url, { cache: "no-cache" }).catch(async () => (await kept()) ?? Response.error());
  return (await kept()) ?? fetch(request);
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== site.origin) return;
  if (serverPathOf(site.pathname, pathname) !== null) return event.respondWith(carry(event));
  if (!pathname.startsWith(site.pathname)) return;
  event.respondWith(request.mode === "navigate" ? wayIn() : file(request));
});
