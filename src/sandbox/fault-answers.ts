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

/** The body as it leaves: whole, cut off by a broken connection, or ended early as if nothing had happened. */
export function spoil(
  met: readonly Fault[],
  body: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | ReadableStream {
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  if (met.some((fault) => fault.kind === "malformed")) return half;
  if (!met.some((fault) => fault.kind === "cut")) return body;
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated"));
      else controller.enqueue(half);
      sent = true;
    },
  });
}

/** No connection: over HTTP the socket is destroyed; where `fetch` is called directly it fails as fetch does. */
export function breakConnection(bindings: unknown): Response {
  const socket = (bindings as { incoming?: { socket?: { destroy(): void } } } | undefined)?.incoming?.socket;
  if (!socket) throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
  socket.destroy();
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}
