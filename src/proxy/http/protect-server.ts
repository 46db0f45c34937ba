import type { RequestListener, Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import type { getRequestListener } from "@hono/node-server";
import type { Problem } from "#contract/problem.ts";
import { createIsTrusted, networkOf } from "./client-address.ts";

/**
 * A clinic behind one address has browsers with up to six each; a reverse
 * proxy of ours has as many as it likes.
 */
const mostConnections = 256;

/**
 * Longer than any load balancer keeps one idle (600 s is the longest known): this end must not close first.
 */
const keepAliveMs = 620_000;
const headersMs = 15_000;
/** For a connection that sends nothing at all; a browser that connected in advance connects again. */
const saysNothingMs = 5_000;
/** A file of patients on a slow line has two minutes. */
const requestMs = 150_000;
/** For a client that does not read its answer. */
const silentMs = 120_000;

/**
 * Of one connection, answered and waiting. A client that sends its requests one after the other has one;
 * no browser and no proxy sends ahead.
 */
const mostAhead = 4;

/** For `createServer`: how often what is too slow is looked for. */
export const serverOptions: ServerOptions = { connectionsCheckingInterval: 5000 };

/** An answer where there is no request yet that could be answered. */
const rawAnswer = (status: number, title: string, type: string, body: string, ...more: string[]) =>
  [
    `HTTP/1.1 ${status} ${title}`,
    "cache-control: no-store",
    "x-content-type-options: nosniff",
    "referrer-policy: no-referrer",
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    "x-frame-options: DENY",
    `content-type: ${type}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
    ...more,
    "",
    body,
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

const problemAnswer = (status: number, title: string, detail: string, code: Problem["code"]) => {
  const problem: Problem = { type: "about:blank", title, status, detail, code };
  return rawAnswer(status, title, "application/problem+json", JSON.stringify(problem));
};

const isHost = (header: string) => header.length === 4 && header.toLowerCase() === "host";

/** Limits what a connection may take: of time, and of the others that one address has. */
export function protectServer(server: Server, trustedProxies: readonly string[]): void {
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.timeout = silentMs;
  server.on("request", (_request, response) => {
    response.once("finish", () => {
      // It was closing while this was answered: nobody waits ten minutes for that connection's next request.
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    const [status, title, detail] = faults[error.code ?? ""] ?? otherFault;
    if (!socket.writable || error.code === "ECONNRESET") return socket.destroy();
    const code: Problem["code"] = status === 408 ? "body-too-slow" : "invalid-request";
    socket.end(problemAnswer(status, title, detail, code));
  });
  server.on("checkExpectation", ({ socket }) => {
    const detail = "Nothing but 100-continue is expected of this server.";
    socket.end(problemAnswer(417, "Expectation Failed", detail, "invalid-request"));
  });
  // Node keeps the first of several; all of them together are no host, and refused as such.
  server.prependListener("request", ({ headers, rawHeaders }) => {
    const hosts = rawHeaders.filter((_, i) => i % 2 === 1 && isHost(rawHeaders[i - 1] ?? ""));
    if (hosts.length > 1) headers.host = hosts.join(", ");
  });
  limitConnections(server, createIsTrusted(trustedProxies));
}

/**
 * Closes a connection that sends request after request without waiting for an answer: one packet holds a
 * thousand of them, and they would all be answered at once and their answers held until they are read.
 */
export function refuseSendingAhead(answer: RequestListener): RequestListener {
  const underWay = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const own = (underWay.get(socket) ?? 0) + 1;
    if (own > mostAhead) socket.destroy();
    // Those of the same packet still come.
    if (socket.destroyed) return;
    underWay.set(socket, own);
    response.once("close", () => underWay.set(socket, (underWay.get(socket) ?? 1) - 1));
    answer(request, response);
  };
}

/** What has been accepted so lately has its request still on the way. */
const youngMs = 100;
/**
 * For how long somebody who is refused may still send what nobody reads: closed at
 * once, the refusal would not reach them.
 */
const refusedMs = 1_000;

interface Connection {
  answering: number;
  isYoung: boolean;
  /** How much had been read when it was last answered. */
  answeredBytes: number;
}

/** Of one address: what each of its connections is doing, the one first that has done nothing for longest. */
type Connections = Map<Socket, Connection>;

/** The connection that is missed least; none where all of them are being answered or may have asked. */
function mostIdle(connections: Connections): Socket | undefined {
  const idle = [...connections].filter(([, { answering, isYoung }]) => answering === 0 && !isYoung);
  const silent = idle.filter(([socket, { answeredBytes }]) => socket.bytesRead === answeredBytes);
  return (silent.find(([, { answeredBytes }]) => answeredBytes === 0) ?? silent[0] ?? idle[0])?.[0];
}

/** Says that there are too many, and reads without listening what comes, until the other end has heard it. */
function refuse(socket: Socket): void {
  socket.removeAllListeners("data");
  socket.on("data", () => {});
  socket.end(refusal);
  const leaving = setTimeout(() => socket.destroy(), refusedMs).unref();
  socket.once("close", () => clearTimeout(leaving));
}

/**
 * One address has so many connections, those of a reverse proxy of ours excepted. One more takes the place of
 * one that asks nothing, so that nobody keeps their neighbours out by holding connections open.
 */
function limitConnections(server: Server, isTrusted: (address: string) => boolean): void {
  const open = new Map<string, Connections>();
  const sameAddress = new WeakMap<Socket, Connections>();

  server.on("request", ({ socket }, response) => {
    const state = sameAddress.get(socket)?.get(socket);
    if (!state) return;
    state.answering += 1;
    response.once("close", () => {
      state.answering -= 1;
      state.answeredBytes = socket.bytesRead;
      const connections = sameAddress.get(socket);
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
        refuse(socket);
        return;
      }
      connections.delete(idle);
      idle.destroy();
    }
    const state: Connection = { answering: 0, isYoung: true, answeredBytes: 0 };
    open.set(address, connections.set(socket, state));
    sameAddress.set(socket, connections);
    const growing = setTimeout(() => {
      // After what has arrived meanwhile was read, however long this process was busy.
      setImmediate(() => {
        state.isYoung = false;
      });
    }, youngMs).unref();
    const silent = setTimeout(() => {
      if (socket.bytesRead === 0) socket.destroy();
    }, saysNothingMs).unref();
    socket.once("close", () => {
      clearTimeout(silent);
      clearTimeout(growing);
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
