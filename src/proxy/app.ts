import { randomUUID } from "node:crypto";
import { startBackgroundWork } from "./background.ts";
import { createClientAddress } from "./http/client-address.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import type { RegisterPatient } from "./roster/register-patient.ts";
import { mountRoutes } from "./routes/mount.ts";
import { createServices } from "./services.ts";

export interface Proxy {
  /** Answers /api, /healthz, /readyz, /metrics and /.well-known/security.txt. `clientAddress` is the peer of the connection. */
  fetch(request: Request, clientAddress?: string): Promise<Response>;
  registerPatient: RegisterPatient;
  /** From now on /readyz refuses, and what runs by itself goes to another server; resolves when what was under way is through. */
  drain(): Promise<void>;
  /** Drains; resolves when the database may be closed. Nothing may be asked any more. */
  stop(): Promise<void>;
}

/** The server without its listening: brings the database up to date, mounts the routes, and starts what runs by itself. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const services = await createServices(options);
  const stopping = new AbortController();
  const app = mountRoutes(services, options, stopping.signal);
  const background = startBackgroundWork(services, options, stopping.signal);
  const clientAddressOf = createClientAddress(options.config.trustedProxies);

  const drain = async () => {
    stopping.abort();
    await background.drained();
  };
  return {
    fetch: async (request, peer = "in-process") => {
      const headers = new Headers(request.headers);
      const clientAddress = clientAddressOf(peer, headers.get("x-forwarded-for"));
      headers.delete("x-forwarded-for");
      const cookies = headers.get("cookie");
      if (cookies) headers.set("cookie", services.resign(cookies));
      const copy = new Request(request, { headers });
      // A TRACE cannot be made, and its copy would be answered as a GET.
      if (copy.method !== request.method) Object.defineProperty(copy, "method", { value: request.method });
      return app.fetch(copy, { requestId: randomUUID(), clientAddress });
    },
    registerPatient: services.register,
    drain,
    stop: async () => {
      await Promise.all([drain(), background.ended()]);
      await services.close();
    },
  };
}
