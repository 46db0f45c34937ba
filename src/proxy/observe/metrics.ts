import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** `locked`: not even looked at, after too many failures. */
export type SignInResult = "ok" | "failed" | "locked";

/**
 * What is counted for Prometheus. Labels are route patterns, roles of the code and
 * outcomes; never a person, a serial or an ID.
 */
export interface Metrics {
  request(labels: { method: string; route: string; status: number }, seconds: number): void;
  platformCall(labels: { endpoint: string; outcome: string }, seconds: number): void;
  importRow(outcome: string): void;
  signIn(outcome: SignInResult): void;
  /** Asked at every reading whether the platform answers. */
  watchPlatform(answers: () => boolean): void;
  /** Asked at every reading for how many seconds the patient due longest has waited for a look. */
  watchRefresh(secondsBehind: () => Promise<number>): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const platformBuckets = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** `process`: the memory, processor, event loop and garbage collector of this process as well. */
export function createMetrics(options: { process?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "trendline_http_request_duration_seconds",
    help: "Requests answered, by route pattern",
    labelNames: ["method", "route", "status"] as const,
    buckets: requestBuckets,
    registers,
  });
  const platformCalls = new Histogram({
    name: "trendline_platform_call_duration_seconds",
    help: "Tries of calls to the platform, by endpoint and what came back",
    labelNames: ["endpoint", "outcome"] as const,
    buckets: platformBuckets,
    registers,
  });
  const importRows = new Counter({
    name: "trendline_import_rows_total",
    help: "Rows of imported files that came to an end",
    labelNames: ["outcome"] as const,
    registers,
  });
  const signIns = new Counter({
    name: "trendline_sign_ins_total",
    help: "Attempts to sign in",
    labelNames: ["outcome"] as const,
    registers,
  });
  return {
    request: (labels, seconds) => requests.observe(labels, seconds),
    platformCall: (labels, seconds) => platformCalls.observe(labels, seconds),
    importRow: (outcome) => importRows.inc({ outcome }),
    signIn: (outcome) => signIns.inc({ outcome }),
    watchPlatform: (answers) => {
      // Of the server before it, where another one is begun in this process.
      registry.removeSingleMetric("trendline_platform_answering");
      new Gauge({
        name: "trendline_platform_answering",
        help: "1 while the platform answers this server, 0 while it does not",
        registers,
        collect() {
          this.set(answers() ? 1 : 0);
        },
      });
    },
    watchRefresh: (secondsBehind) => {
      registry.removeSingleMetric("trendline_refresh_behind_seconds");
      new Gauge({
        name: "trendline_refresh_behind_seconds",
        help: "For how long the patient due longest has waited for a look in the background",
        registers,
        async collect() {
          this.set(await secondsBehind());
        },
      });
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
