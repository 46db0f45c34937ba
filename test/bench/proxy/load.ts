import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import autocannon from "autocannon";
import { cpuMsOf } from "./processes.ts";

export interface Measured {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  bytes: number;
  requests: number;
  /** Processor time of the server for each, in microseconds; NaN where it was not asked for. */
  cpuUs: number;
}

export interface Load {
  url: string;
  /** Of the process whose processor time is measured. */
  pid?: number | undefined;
  headers?: Record<string, string>;
  connections?: number;
  seconds?: number;
  amount?: number;
  /** 200 unless it says otherwise. */
  status?: 200 | 304;
  /** The path and query of the next request. */
  next: () => string;
  /** More headers of the next request. */
  nextHeaders?: () => Record<string, string>;
}

/** Asks as fast as answers come; an answer of another status ends the benchmark. */
export async function load({
  url,
  pid,
  headers,
  connections = 8,
  seconds,
  amount,
  status = 200,
  next,
  nextHeaders,
}: Load): Promise<Measured> {
  const cpuMs = () => (pid ? cpuMsOf(pid) : Number.NaN);
  const beforeMs = cpuMs();
  const result = await autocannon({
    url,
    headers,
    connections,
    timeout: 60,
    ...(amount ? { amount } : { duration: seconds ?? 4 }),
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          path: next(),
          headers: nextHeaders ? { ...request.headers, ...nextHeaders() } : request.headers,
        }),
      },
    ],
  });
  const tookMs = cpuMs() - beforeMs;
  const { errors, timeouts, latency, requests, statusCodeStats } = result;
  const others = requests.total - (statusCodeStats?.[`${status}`]?.count ?? 0);
  if (others + errors + timeouts > 0)
    throw new Error(
      `${url}: ${others} answers other than ${status}, ${errors} errors, ${timeouts} time-outs`,
    );
  return {
    perSecond: requests.total / result.duration,
    p50Ms: latency.p50,
    p99Ms: latency.p99,
    bytes: result.throughput.total / Math.max(1, requests.total),
    requests: requests.total,
    cpuUs: (tookMs * 1000) / Math.max(1, requests.total),
  };
}

/** An answer as it came, its body compressed or not. */
export async function rawAnswer(
  url: string,
  headers: Record<string, string>,
): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  const [response] = (await once(request(url, { headers }).end(), "response")) as [IncomingMessage];
  return { headers: response.headers, body: await buffer(response) };
}

/** A program of this folder as its own process, once it has printed its address. */
export async function startProgram(
  name: string,
  args: string[],
): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, name), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { url: line.toString().trim(), child };
}
