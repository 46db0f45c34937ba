import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { Failure } from "../failure.ts";
import type { Metrics } from "./metrics.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** `/metrics` for requests with `token`; without a token there is nothing. */
export function createMetricsRoute(metrics: Metrics, token: string | null): Hono {
  const routes = new Hono();
  if (token === null) return routes;
  const expected = digest(`Bearer ${token}`);
  return routes.get("/metrics", async (c) => {
    if (!timingSafeEqual(digest(c.req.header("authorization") ?? ""), expected))
      throw new Failure("not-signed-in", { detail: "Metrics need the token." });
    return c.body(await metrics.text(), 200, { "content-type": metrics.contentType });
  });
}
