import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Sandbox } from "#sandbox/sandbox.ts";
import { listen } from "./listen.ts";

/** Over HTTP, whichever sandbox is the one at that moment. */
export async function serveSandbox(
  current: () => Sandbox,
  port: number,
  host: string,
  refused: (err: Error) => void,
) {
  const server = createServer(getRequestListener((request, env) => current().fetch(request, env)));
  const apiUrl = await listen(server, "SANDBOX_PORT", port, host, refused);
  return { apiUrl, close: () => void server.close() };
}
