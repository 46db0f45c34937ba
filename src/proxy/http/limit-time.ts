import { createMiddleware } from "hono/factory";
import type { Logger } from "pino";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { withDeadline } from "../platform/call-context.ts";

/** How long a request waits for the platform, in queues and over retries. */
const longestWaitMs = 25_000;
/** Whatever else holds it up, such as a database that hangs, ends a little later. */
const graceMs = 2_000;

const takeFiles: ReadonlySet<string> = new Set(["/api/imports", "/api/look-ups", "/api/recalls"]);

/**
 * Nobody waits longer than this for an answer. A file is exempt: how long it
 * takes to arrive is its sender's line.
 */
export const limitTime = (log: Logger) =>
  createMiddleware<AppEnv>(async function limitTime(c, next) {
    if (c.req.method === "POST" && takeFiles.has(c.req.path)) return next();
    const { promise: late, reject } = Promise.withResolvers<never>();
    const detail = `No answer within ${(longestWaitMs + graceMs) / 1000} seconds.`;
    let timer: NodeJS.Timeout | undefined;
    // Begun only when the platform's time is up, so that a busy process still gets to say that, not this.
    const allowGrace = () => {
      timer = setTimeout(() => reject(new Failure("internal", { detail })), graceMs);
    };
    const answered = withDeadline("person", longestWaitMs, next, allowGrace);
    // Once the request has been answered for, nobody else hears of a later failure.
    answered.catch((err: unknown) => log.debug({ requestId: c.get("requestId"), err }, "a request failed"));
    try {
      await Promise.race([answered, late]);
    } finally {
      clearTimeout(timer);
    }
  });
