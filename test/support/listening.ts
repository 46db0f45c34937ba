import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import {
  listenerOptions,
  protectServer,
  refuseSendingAhead,
  serverOptions,
} from "#proxy/http/protect-server.ts";
import { origin, type World } from "./world.ts";

/** A world behind a real port, as the server puts it there. */
export async function listening(world: Pick<World, "proxy">, trustedProxies: readonly string[] = []) {
  const server = createServer(
    serverOptions,
    refuseSendingAhead(
      getRequestListener(
        (request, env) =>
          world.proxy.fetch(request, (env as { incoming: IncomingMessage }).incoming.socket.remoteAddress),
        listenerOptions(origin),
      ),
    ),
  );
  protectServer(server, trustedProxies);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    /**
     * Sends these bytes on a connection of its own; answers with all that
     * comes back until the other end closes.
     */
    send: async (bytes: string): Promise<string> => {
      const socket = connect(port, "127.0.0.1");
      let text = "";
      socket.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      socket.write(bytes);
      await once(socket, "close");
      return text;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
