import { createMiddleware } from "hono/factory";
import { Failure } from "../failure.ts";

/** Names of this machine, as hosts and as they stand in an address. */
export const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/**
 * Whether a browser's Origin is ours: the public address, or the very address the request came to when that
 * is this machine's own (localhost and 127.0.0.1 are one program to the person who started it).
 */
export const createIsOwnOrigin = (publicUrl: string) => {
  const { origin: own } = new URL(publicUrl);
  return (origin: string, request: Request): boolean => {
    const asked = new URL(request.url);
    return origin === own || (origin === asked.origin && loopback.has(asked.hostname));
  };
};

/** Keeps other sites from changing anything in a visitor's name, or from signing them in as somebody else. */
export const refuseOtherOrigins = (isOwnOrigin: ReturnType<typeof createIsOwnOrigin>) =>
  createMiddleware(function refuseOtherOrigins(c, next) {
    const origin = c.req.method === "GET" ? undefined : c.req.header("origin");
    if (origin !== undefined && !isOwnOrigin(origin, c.req.raw))
      throw new Failure("forbidden", { detail: "Requests from other sites are refused." });
    return next();
  });
