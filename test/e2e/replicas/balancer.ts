import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

const askEveryMs = 50;
export const clientOutside = "203.0.113.9";

/**
 * A load balancer as simple as one can be: asks each server's /readyz, takes those that are ready in turn,
 * keeps connections, and never tries a request twice.
 */
export async function startBalancer(targets: readonly string[]) {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<string>();
  const served = new Map<string, number>();
  let turn = 0;

  const look = async () => {
    for (const target of targets) {
      const isReady = await fetch(`${target}/readyz`, { headers: { connection: "close" } }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) ready.add(target);
      else ready.delete(target);
    }
  };
  await look();
  let stopped = false;
  const looking = (async () => {
    while (!stopped) {
      await setTimeout(askEveryMs);
      await look();
    }
  })();

  const server = createServer((incoming, outgoing) => {
    const [target] = [...ready].slice(turn++ % Math.max(1, ready.size));
    if (!target) return outgoing.writeHead(503).end("no server is ready");
    served.set(target, (served.get(target) ?? 0) + 1);
    const { hostname, port } = new URL(target);
    const headers = { ...incoming.headers, "x-forwarded-for": clientOutside };
    const forwarded = request(
      { hostname, port, agent, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        const { connection: _, ...answered } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, answered);
        answer.pipe(outgoing);
      },
    );
    forwarded.on("error", (error) => outgoing.writeHead(502).end(`${target}: ${error.message}`));
    incoming.pipe(forwarded);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready,
    served,
    stop: async () => {
      stopped = true;
      await looking;
      agent.destroy();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
