import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { OpenSandbox } from "#sandbox/open.ts";
import { listen } from "./listen.ts";

/** Over HTTP; answers with what a partner's program has to be told. */
export async function serveSandbox(
  { sandbox, credentials, close }: OpenSandbox,
  port: number,
  host: string,
  refused: (err: Error) => void,
) {
  const server = createServer(getRequestListener((request, env) => sandbox.fetch(request, env)));
  const apiUrl = await listen(server, "SANDBOX_PORT", port, host, refused);
  return {
    partner: { apiUrl, ...credentials },
    close: () => {
      server.close();
      close();
    },
  };
}
