import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "../app-env.ts";

/** Headers that every answer has: `fixed`, and those of its request. */
export const createCommonHeaders = (fixed: Record<string, string>) =>
  createMiddleware<AppEnv>(async function commonHeaders(c, next) {
    const { requestId } = c.env;
    const headers = { ...fixed, "x-request-id": requestId, "cache-control": "no-store" };
    c.set("commonHeaders", headers);
    await next();
    if (c.res === c.get("whole")) return;
    // c.header() would make a new answer of the one that is there.
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  });

/**
 * An answer to which nothing is added any more. Its headers go out as they are: setting them one by one
 * costs as much as all else of a kept read.
 */
export function answerWhole(
  c: Context<AppEnv>,
  body: Uint8Array<ArrayBuffer> | null,
  status: number,
  headers: Record<string, string>,
): Response {
  const answer = new Response(body, { status, headers: { ...c.get("commonHeaders"), ...headers } });
  c.set("whole", answer);
  return answer;
}
