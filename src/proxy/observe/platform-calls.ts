import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { Failure } from "../failure.ts";
import type { ObserveCall } from "../platform/types.ts";
import type { Metrics } from "./metrics.ts";

const tracer = trace.getTracer("trendline");

/** Takes note of how each try of a call went and how long it took. */
export const createObserveCalls =
  (metrics: Metrics): ObserveCall =>
  (endpoint, run) =>
    tracer.startActiveSpan(`platform ${endpoint}`, { kind: SpanKind.CLIENT }, async (span) => {
      const startMs = performance.now();
      let outcome = "ok";
      try {
        return await run();
      } catch (error) {
        outcome = error instanceof Failure ? error.code : "internal";
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        metrics.platformCall({ endpoint, outcome }, (performance.now() - startMs) / 1000);
        span.setAttributes({ "trendline.endpoint": endpoint, "trendline.outcome": outcome });
        span.end();
      }
    });
