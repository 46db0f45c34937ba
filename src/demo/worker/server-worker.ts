import "./node/globals.ts";
import "./open-messages.ts";
import type { Message, Notice } from "../messages.ts";
import { startDemo } from "./demo.ts";

declare const __BUILD__: string;

/** Where the pages lie: this file lies beside them. */
const site = new URL(".", self.location.href);

// Nothing leaves the browser, whatever an administrator enters as a receiver.
const plainFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const address = new URL(input instanceof Request ? input.url : String(input), site);
  if (address.origin !== site.origin) throw new TypeError("The demonstration reaches no other server.");
  return plainFetch(input, init);
};

const ports = new Set<MessagePort | DedicatedWorkerGlobalScope>();
const tellAll = (notice: Notice) => {
  for (const port of ports) port.postMessage(notice);
};

const starting = startDemo(site, __BUILD__, () => tellAll({ kind: "replaced" }));
// Whoever asks hears of it.
starting.catch(() => {});

async function answer(message: Message): Promise<unknown> {
  const demo = await starting;
  if (message.kind === "ask") return demo.ask(message.request);
  if (message.kind === "status") return demo.status();
  await demo.reset();
  tellAll({ kind: "reset" });
  return null;
}

const listen = (port: MessagePort | DedicatedWorkerGlobalScope) => {
  ports.add(port);
  port.onmessage = async ({ data, ports: [reply] }: MessageEvent<Message>) => {
    try {
      reply?.postMessage({ answer: await answer(data) });
    } catch (error) {
      reply?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
};

if ("onconnect" in self)
  (self as unknown as SharedWorkerGlobalScope).onconnect = ({ ports: [port] }) => port && listen(port);
else listen(self as unknown as DedicatedWorkerGlobalScope);
