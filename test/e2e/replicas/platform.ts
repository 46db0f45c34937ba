import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createSandbox } from "#sandbox/sandbox.ts";

interface PlatformCall {
  path: string;
  /** The partner user ID of a registration, the serial number of a look-up, the open ID of anything else. */
  about: string;
  /** Which of the platform's doors it came through. */
  door: number;
}

interface Gate {
  /** What waits before it. */
  held: PlatformCall[];
  open(): void;
}

/**
 * The sandbox, with a door for each server, so that it is known who asked,
 * and gates that hold what reaches it.
 */
export async function openPlatform(doors: number) {
  const credentials = { appId: "app_replicas", appSecret: "not-a-real-secret-0123456789" };
  const sandbox = createSandbox({ ...credentials, now: Date.now });
  const calls: PlatformCall[] = [];
  let gate: (Gate & { holds(call: PlatformCall): boolean; opened: Promise<void> }) | null = null;

  async function answer(request: Request, door: number, bindings: object): Promise<Response> {
    const url = new URL(request.url);
    const body = request.method === "POST" ? await request.clone().json() : {};
    const { searchParams } = url;
    const about =
      (body as { partner_uid?: string }).partner_uid ??
      searchParams.get("open_id") ??
      searchParams.get("device_sn") ??
      "";
    const call = { path: url.pathname.replace("/partner/v1/", ""), about, door };
    calls.push(call);
    if (gate?.holds(call)) {
      gate.held.push(call);
      await gate.opened;
    }
    return sandbox.fetch(request, bindings as Parameters<typeof sandbox.fetch>[1]);
  }

  const servers: Server[] = [];
  const addresses: string[] = [];
  for (let door = 0; door < doors; door += 1) {
    const server = createServer(getRequestListener((request, env) => answer(request, door, env)));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    servers.push(server);
    addresses.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return {
    sandbox,
    calls,
    callsTo: (path: string) => calls.filter((call) => call.path === path),
    /** What a server needs to ask through its own door. */
    env: (door: number) => ({
      PARTNER_API_URL: addresses[door] ?? "",
      PARTNER_APP_ID: credentials.appId,
      PARTNER_APP_SECRET: credentials.appSecret,
    }),
    /** From now on such calls wait until the gate is opened. */
    hold: (holds: (call: PlatformCall) => boolean): Gate => {
      const { promise: opened, resolve } = Promise.withResolvers<void>();
      const own = {
        held: [],
        holds,
        opened,
        open: () => {
          gate = null;
          resolve();
        },
      };
      gate = own;
      return own;
    },
    stop: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      }
    },
  };
}
