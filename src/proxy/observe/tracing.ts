import { context, DiagLogLevel, diag, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { LogEvent } from "kysely";
import type { Logger } from "pino";

/** Also how long a collector that does not answer holds up the end of the process. */
const exportTimeoutMillis = 5_000;

export interface Tracing {
  /**
   * Takes Kysely's note of a query. Its text without its values, which are patients' data, says what it was.
   */
  query(event: LogEvent): void;
  /** Sends what is still held. */
  stop(): Promise<void>;
}

/** `select patient`, from SQL whose values are parameters. */
export function summaryOf(sql: string): string {
  const [operation = ""] = /^\w+/.exec(sql.trim().toLowerCase()) ?? [];
  const table = /\b(?:from|into|update)\s+(?:"\w+"\.)?"?(\w+)"?/i.exec(sql)?.[1] ?? "";
  return `${operation} ${table}`.trim();
}

/**
 * Sends spans to an OpenTelemetry collector over OTLP/HTTP. Imported only where one is configured: without it
 * every span of the program is the API's own that does nothing.
 */
export function startTracing(endpoint: string, log: Logger): Tracing {
  const warn = (message: string) => log.warn({ message }, "traces");
  const silent = () => {};
  diag.setLogger(
    { error: warn, warn, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN },
  );
  const exporter = new OTLPTraceExporter({
    timeoutMillis: exportTimeoutMillis,
    url: `${endpoint.replace(/\/+$/, "")}/v1/traces`,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "trendline" }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const tracer = trace.getTracer("trendline");
  return {
    query: (event) => {
      const endMs = Date.now();
      const summary = summaryOf(event.query.sql);
      const span = tracer.startSpan(`database ${summary}`, {
        kind: SpanKind.CLIENT,
        startTime: endMs - event.queryDurationMillis,
        attributes: { "db.query.summary": summary },
      });
      if (event.level === "error") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endMs);
    },
    stop: () =>
      provider.shutdown().catch((err: unknown) => log.warn({ err }, "The last traces were not sent")),
  };
}
