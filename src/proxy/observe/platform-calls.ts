import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { Failure } from "../failure.ts";
import type { Metrics } from "./metrics.ts";

/** Runs one try of a call to the platform and takes note of how it went and how long it took. */
export type ObserveCall = <T>(endpoint: string, run: () => Promise<T>) => Promise<T>;

const tracer = trace.getTracer("trendline");

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
