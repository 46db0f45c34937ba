import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { getRequestListener } from "@hono/node-server";
import type { Problem } from "#contract/problem.ts";
import { createIsTrusted, networkOf } from "./client-address.ts";

/** A clinic behind one address has browsers with up to six each; a reverse proxy of ours has as many as it likes. */
const mostConnections = 256;

/** Longer than any load balancer keeps one idle (600 s is the longest known): whoever closes first must not be this end. */
const keepAliveMs = 620_000;
const headersMs = 15_000;
/** Whoever connects and sends nothing at all; a browser that connected in advance does so again. */
const saysNothingMs = 5_000;
/** A file of patients on a slow line has two minutes. */
const requestMs = 150_000;
/** Whoever asks and then does not read what comes. */
const silentMs = 120_000;

/** For `createServer`: how often what is too slow is looked for. */
export const serverOptions: ServerOptions = { connectionsCheckingInterval: 5000 };

/** An answer where there is no request yet that could be answered. */
const rawAnswer = (status: number, title: string, type: string, body: string, ...more: string[]) =>
  [
    `HTTP/1.1 ${status} ${title}`,
    ...[`content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, "connection: close", ...more],
    ...["", body],
  ].join("\r\n");

const tooMany = `Too many connections from your address; ${mostConnections} at a time are taken. Try again in a few seconds.`;
const refusal = rawAnswer(
  503,
  "Service Unavailable",
  "text/plain; charset=utf-8",
  tooMany,
  "retry-after: 10",
);

/** What HTTP itself could not make sense of: status, title and detail by Node's code. */
type Fault = [status: number, title: string, detail: string];
const otherFault: Fault = [400, "Bad Request", "This is no request of HTTP/1.1."];
const faults: Record<string, Fault> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large", "The address and the headers are too long."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout", "The request did not arrive in time. Send it again."],
};

/** Limits what a connection may take: of time, and of the others that one address has. */
export function protectServer(server: Server, trustedProxies: readonly string[]): void {
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.timeout = silentMs;
  server.on("request", (_request, response) => {
    response.once("finish", () => {
      // What was under way when it was told to close: nobody waits ten minutes for that connection's next request.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, title, detail] = faults[error.code ?? ""] ?? otherFault;
    if (!socket.writable || error.code === "ECONNRESET") return socket.destroy();
    const code: Problem["code"] = status === 408 ? "body-too-slow" : "invalid-request";
    const problem: Problem = { type: "about:blank", title, status, detail, code };
    socket.end(rawAnswer(status, title, "application/problem+json", JSON.stringify(problem)));
  });
  limitConnections(server, createIsTrusted(trustedProxies));
}

/** Of one address: what each of its connections is doing, the one first that has done nothing for longest. */
type Connections = Map<Socket, { answering: number; hasAsked: boolean }>;

/** The connection that is missed least; none where all of them are being answered. */
function mostIdle(connections: Connections): Socket | undefined {
  const idle = [...connections].filter(([, { answering }]) => answering === 0);
  return (idle.find(([, { hasAsked }]) => !hasAsked) ?? idle[0])?.[0];
}

/**
 * One address has so many connections, those of a reverse proxy of ours excepted. One more takes the place of one that asks nothing, so
 * that nobody keeps their neighbours out by holding connections open.
 */
function limitConnections(server: Server, isTrusted: (address: string) => boolean): void {
  const open = new Map<string, Connections>();
  const of = (socket: Socket) => open.get(networkOf(socket.remoteAddress ?? ""));

  server.on("request", ({ socket }, response) => {
    const state = of(socket)?.get(socket);
    if (!state) return;
    state.hasAsked = true;
    state.answering += 1;
    response.once("close", () => {
      state.answering -= 1;
      const connections = of(socket);
      // Now the one that has been idle for the shortest time.
      if (connections?.delete(socket)) connections.set(socket, state);
    });
  });
  server.on("connection", (socket: Socket) => {
    const peer = socket.remoteAddress ?? "";
    if (isTrusted(peer)) return;
    const address = networkOf(peer);
    const connections: Connections = open.get(address) ?? new Map();
    if (connections.size >= mostConnections) {
      const idle = mostIdle(connections);
      if (!idle) {
        socket.end(refusal);
        socket.destroySoon();
        return;
      }
      connections.delete(idle);
      idle.destroy();
    }
    open.set(address, connections.set(socket, { answering: 0, hasAsked: false }));
    const silent = setTimeout(() => {
      if (socket.bytesRead === 0) socket.destroy();
    }, saysNothingMs).unref();
    socket.once("close", () => {
      clearTimeout(silent);
      connections.delete(socket);
      if (connections.size === 0) open.delete(address);
    });
  });
}

/** HTTP/1.0 has no Host, and health checks of some balancers are that old: then it is our own. */
export const listenerOptions = (publicUrl: string): Parameters<typeof getRequestListener>[1] => ({
  hostname: new URL(publicUrl).host,
  errorHandler: (error: unknown) => {
    // No Request can be made of it. What fails behind that is answered by the app itself.
    const isAsked = error instanceof TypeError || (error instanceof Error && error.name === "RequestError");
    const status = isAsked ? 400 : 500;
    const problem: Problem = {
      type: "about:blank",
      title: isAsked ? "The request cannot be used" : "Something failed here",
      status,
      detail: isAsked ? "The address or the Host of this request is none." : "Try again.",
      code: isAsked ? "invalid-request" : "internal",
    };
    return Response.json(problem, { status, headers: { "content-type": "application/problem+json" } });
  },
});
