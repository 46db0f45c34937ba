import pRetry from "p-retry";
import { Failure } from "../failure.ts";
import type { ObserveCall } from "../observe/platform-calls.ts";
import { type Breaker, isFaultOfLine } from "./breaker.ts";
import { errand } from "./errand.ts";
import { signingHeaders } from "./sign.ts";
import type { Turn } from "./turns.ts";
import { envelope } from "./wire.ts";

export interface CallOptions {
  baseUrl: string;
  appId: string;
  appSecret: string;
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
  /** Told of every try. */
  observe?: ObserveCall;
}

/** What every call passes on its way out. */
export interface WayOut {
  turn: Turn;
  breaker: Breaker;
}

interface PlatformRequest {
  method: "GET" | "POST";
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  accessToken?: string;
  /** Others wait for it who may be more urgent than whoever asked: it goes before them all. */
  first?: boolean;
}

/** Sends one signed request; answers with the envelope's `data`, rejects with a Failure. */
export type Call = (request: PlatformRequest) => Promise<unknown>;

const timeoutMs = 10_000;

/** While the platform is left alone (`retryAfterS` says how long), trying again is of no use. */
const worthRetrying = (error: unknown): boolean =>
  error instanceof Failure &&
  error.details.retryAfterS === undefined &&
  (isFaultOfLine(error) || error.code === "platform-busy");

/**
 * The one place requests leave for the platform: each in its turn, ten seconds each, signed anew at every try.
 * Reads are tried three times on a fault of the line, an HTTP 5xx or 429; a business error is an answer and is not retried.
 */
export function createCall(options: CallOptions, { turn, breaker }: WayOut): Call {
  return (request) => {
    const attempt = async () => {
      breaker.check();
      return turn(() => breaker.run(() => callOnce(options, request)), { first: request.first ?? false });
    };
    if (request.method !== "GET") return attempt();
    return pRetry(attempt, {
      retries: 2,
      minTimeout: 250,
      randomize: true,
      signal: errand().deadline,
      shouldRetry: ({ error }) => worthRetrying(error),
    });
  };
}

const unobserved: ObserveCall = (_, run) => run();

const callOnce = (options: CallOptions, request: PlatformRequest): Promise<unknown> =>
  (options.observe ?? unobserved)(request.path, () => exchange(options, request));

async function exchange(options: CallOptions, request: PlatformRequest): Promise<unknown> {
  const { method, path } = request;
  const url = new URL(options.baseUrl.replace(/\/+$/, "") + path);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const body = request.body === undefined ? "" : JSON.stringify(request.body);
  const headers = new Headers(
    signingHeaders(options.appSecret, {
      method,
      url,
      body,
      appId: options.appId,
      timestampMs: options.now(),
    }),
  );
  headers.set("accept", "application/json");
  if (body) headers.set("content-type", "application/json");
  if (request.accessToken) headers.set("authorization", `Bearer ${request.accessToken}`);

  const init = { method, headers, redirect: "error", ...(body ? { body } : {}) } as const;
  const { httpStatus, text } = await send(options.fetch, url, init);
  return readEnvelope(path, httpStatus, text);
}

async function send(fetch: CallOptions["fetch"], url: URL, init: RequestInit) {
  const logged = { path: url.pathname };
  const aborter = new AbortController();
  // A variable, so that it lives until the body is read: Node no longer stops the body of a request that was collected
  // (nodejs/node#55428), and its connection would stay open.
  const request = new Request(url, { ...init, signal: aborter.signal });
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => {
    const detail = `The platform did not answer within ${timeoutMs / 1000} seconds.`;
    reject(new Failure("platform-timeout", { detail, logged }));
    aborter.abort();
  };
  const timer = setTimeout(giveUp, timeoutMs);
  const answer = async () => {
    const response = await fetch(request);
    return { httpStatus: response.status, text: await response.text() };
  };
  const failed = (cause: unknown) => {
    throw new Failure("platform-unreachable", {
      detail: "The connection to the platform failed.",
      logged,
      cause,
    });
  };
  try {
    return await Promise.race([late, answer().catch(failed)]);
  } finally {
    clearTimeout(timer);
  }
}

function readEnvelope(path: string, httpStatus: number, text: string): unknown {
  const logged = { path, httpStatus };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = envelope.safeParse(json);
  if (httpStatus === 429)
    throw new Failure("platform-busy", {
      detail: "The platform asks for fewer requests (HTTP 429).",
      platform: { code: parsed.data?.code ?? null, message: parsed.data?.msg ?? "", httpStatus },
      logged,
    });
  if (!parsed.success) {
    const platform = { code: null, message: "", httpStatus };
    if (httpStatus >= 500)
      throw new Failure("platform-unreachable", {
        detail: `The platform answered with HTTP ${httpStatus}.`,
        platform,
        logged,
      });
    throw new Failure("platform-malformed", {
      detail: `The platform's answer (HTTP ${httpStatus}) is not what its contract says.`,
      platform,
      logged,
    });
  }
  const { code, msg, data } = parsed.data;
  if (code === 0 && httpStatus < 400) return data;
  const platform = { code, message: msg, httpStatus };
  if (code === 1001)
    throw new Failure("platform-unauthorized", {
      detail: "The platform does not accept our credentials or token (1001).",
      platform,
      logged,
    });
  if (code === 1002)
    throw new Failure("platform-refused", {
      detail: "The platform refuses this request (1002).",
      platform,
      logged,
    });
  throw new Failure("platform-error", {
    detail: `The platform answered with its code ${code}.`,
    platform,
    logged: { ...logged, platformCode: code },
  });
}
