import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { startBackgroundWork } from "./background.ts";
import { createClientAddress } from "./http/client-address.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import type { RegisterPatient } from "./roster/register-patient.ts";
import { mountRoutes } from "./routes/mount.ts";
import { createServices } from "./services.ts";
import type { SensorBox, SensorFacts } from "./store/sensors.ts";

export interface Proxy {
  /**
   * Answers /api, /healthz, /readyz, /metrics and /.well-known/security.txt.
   * `clientAddress` is the peer of the connection.
   */
  fetch(request: Request, clientAddress?: string): Promise<Response>;
  registerPatient: RegisterPatient;
  /** Whose pages may show the way in from a health record within a frame. */
  frameOrigins(): Promise<string[]>;
  /** Makes sensors known with what stood on their boxes, as if each had been looked up; ends early with the server. */
  noteSensors(sensors: readonly (SensorFacts & SensorBox)[]): Promise<void>;
  /**
   * From now on /readyz refuses, and what runs by itself goes to another server;
   * resolves when what was under way is through.
   */
  drain(): Promise<void>;
  /** Drains; resolves when the database may be closed. Nothing may be asked any more. */
  stop(): Promise<void>;
}

/** A statement with more takes the others' turn. */
const sensorsAtOnce = 50;

/** Neither an address that is refused nor one of sign-in, not even in disguise (`%61uth`). */
const isPlainRead = /^https?:\/\/[^/?#@\s]+\/(?!api\/auth\/)[^%?#]*(?:\?|$)/;

/**
 * The server without its listening: brings the database up to date, mounts the
 * routes, and starts what runs by itself.
 */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const services = await createServices(options);
  const stopping = new AbortController();
  const app = await mountRoutes(services, options, stopping.signal);
  const background = startBackgroundWork(services, options, stopping.signal);
  const clientAddressOf = createClientAddress(options.config.trustedProxies);

  const drain = async () => {
    stopping.abort();
    await background.drained();
  };
  return {
    fetch: async (request, peer = "in-process") => {
      const { headers: sent } = request;
      const clientAddress = clientAddressOf(peer, sent.get("x-forwarded-for"));
      const cookies = sent.get("cookie");
      const resigned = cookies && services.resign(cookies);
      const origin = { requestId: randomUUID(), clientAddress };
      // A copy costs as much as all else of a kept read, and nothing but sign-in
      // looks at the headers that it is without.
      const isRead = request.method === "GET" && isPlainRead.test(request.url);
      if (isRead && resigned === cookies) return app.fetch(request, origin);
      const headers = new Headers(sent);
      headers.delete("x-forwarded-for");
      if (resigned) headers.set("cookie", resigned);
      const copy = new Request(request, { headers });
      // A TRACE cannot be made, and its copy would be answered as a GET.
      if (copy.method !== request.method) Object.defineProperty(copy, "method", { value: request.method });
      return app.fetch(copy, origin);
    },
    registerPatient: services.register,
    frameOrigins: services.launchIssuers.frameOrigins,
    noteSensors: async (sensors) => {
      for (let from = 0; from < sensors.length && !stopping.signal.aborted; from += sensorsAtOnce) {
        const some = sensors.slice(from, from + sensorsAtOnce);
        await services.sensors.note(some);
        await services.sensors.noteBoxes(some);
        await turn();
      }
    },
    drain,
    stop: async () => {
      await Promise.all([drain(), background.ended()]);
      await services.close();
    },
  };
}
