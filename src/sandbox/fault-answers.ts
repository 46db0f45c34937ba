import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import { codes } from "./wire.ts";

/** The answer a fault gives in the platform's place, if one of them does. */
export function spokenFor(met: readonly Fault[]): { response: Response; code: number | null } | null {
  for (const fault of met) {
    switch (fault.kind) {
      case "http":
        return { response: new Response("Internal error", { status: fault.status ?? 500 }), code: null };
      case "html":
        return { response: page(fault.status ?? 200), code: null };
      case "unauthorized":
        return business(codes.unauthorized, fault.msg ?? "token invalid");
      case "refused":
        return business(codes.denied, fault.msg ?? "permission denied");
      case "business":
        return business(fault.code ?? 5003, fault.msg ?? "quota exceeded");
    }
  }
  return null;
}

function business(code: number, msg: string) {
  return { response: Response.json({ code, msg, data: {} }), code };
}

function page(status: number): Response {
  const html = "<!doctype html><html><head><title>Maintenance</title></head><body>Back soon.</body></html>";
  return new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** What @hono/node-server hands over beside the request; absent where `fetch` is called directly. */
interface NodeBindings {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}

// The adapter's own light Response ignores this header; its clone is a real one.
const alreadySent = () => new Response(null, { headers: { "x-hono-already-sent": "true" } }).clone();

/**
 * No connection: over HTTP the socket is destroyed; where `fetch` is called directly it fails as fetch does.
 */
export function breakConnection(bindings: unknown): Response {
  if (!isNode(bindings)) throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
  bindings.incoming.socket.destroy();
  return alreadySent();
}

/** Half of the answer, then the connection breaks. */
export function cutShort(bindings: unknown, body: Uint8Array, headers: Headers): Response {
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  if (isNode(bindings)) {
    const { outgoing } = bindings;
    outgoing.writeHead(200, { ...Object.fromEntries(headers), "Content-Length": body.byteLength });
    outgoing.write(half, () => outgoing.destroy());
    return alreadySent();
  }
  let sent = false;
  const broken = new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated"));
      else controller.enqueue(half);
      sent = true;
    },
  });
  return new Response(broken, { headers });
}

function isNode(bindings: unknown): bindings is NodeBindings {
  return (
    typeof bindings === "object" && bindings !== null && "incoming" in bindings && "outgoing" in bindings
  );
}
