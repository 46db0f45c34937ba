import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import type { Logger } from "pino";
import type { AppEnv } from "../app-env.ts";
import type { Metrics } from "./metrics.ts";

const tracer = trace.getTracer("trendline");

/** Asked every few seconds by machines. */
const probes = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * The pattern of the handler that answers, such as `/api/patients/:id`;
 * middleware is mounted for all methods.
 */
const patternOf = (c: Context): string =>
  matchedRoutes(c).find(({ method }) => method !== "ALL")?.path ?? "unmatched";

/**
 * One line of log, one observation and one span for each request, by the pattern of its route: its path and
 * its query name patients and serials, its address a person, and are in none of them.
 */
export const createObserveRequests = (
  { log, metrics }: { log: Logger; metrics: Metrics },
  routeOf: (c: Context) => string = patternOf,
) =>
  createMiddleware<AppEnv>(async function observeRequest(c, next) {
    const { method } = c.req;
    const route = routeOf(c);
    const startMs = performance.now();
    await tracer.startActiveSpan(`${method} ${route}`, { kind: SpanKind.SERVER }, async (span) => {
      await next();
      const { status } = c.res;
      const ms = performance.now() - startMs;
      const requestId = c.get("requestId");
      metrics.request({ method, route, status }, ms / 1000);
      const role = c.get("staff")?.role;
      log[probes.has(route) ? "debug" : "info"](
        { requestId, method, route, status, ms: Math.round(ms), role },
        "request",
      );
      span.setAttributes({
        "http.request.method": method,
        "http.route": route,
        "http.response.status_code": status,
        "trendline.request_id": requestId,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  });
