import { type Problem, type ProblemCode, problem } from "#contract/problem.ts";

/** Why a call failed, as far as the client can tell the user. */
export type FailureCode = ProblemCode | "offline" | "bad-answer" | "proxy-too-large" | "proxy-no-answer";

/**
 * Every failed call of our /api rejects with this. `problem` is what the
 * server said, where it answered at all.
 */
export class ApiError extends Error {
  readonly code: FailureCode;
  readonly problem: Problem | null;
  /** When it failed, on this machine's clock. */
  readonly atMs: number;
  constructor(code: FailureCode, cause: unknown, details: Problem | null = null, atMs = Date.now()) {
    super(details?.title ?? code, { cause });
    this.name = "ApiError";
    this.code = code;
    this.problem = details;
    this.atMs = atMs;
  }
}

/**
 * What an answer means that is not our server's own: whatever stands in front of it, a load
 * balancer say, answered in its place.
 */
function codeOfForeign(status: number): FailureCode {
  if (status === 401) return "not-signed-in";
  if (status === 413) return "proxy-too-large";
  if (status === 408 || (status >= 502 && status <= 504)) return "proxy-no-answer";
  return status === 429 ? "rate-limited" : "bad-answer";
}

/** Why a call failed, by the status and the body of its answer. */
export function toApiError(status: number, body: unknown): ApiError {
  const details = problem.safeParse(body);
  if (details.success) return new ApiError(details.data.code, undefined, details.data);
  return new ApiError(codeOfForeign(status), body);
}

interface Schema<T> {
  parse(value: unknown): T;
}

async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("offline", cause);
  }
  if (response.ok || response.status === 304) return response;
  throw toApiError(response.status, await response.json().catch(() => null));
}

async function parseBody<T>(response: Response, schema: Schema<T>): Promise<T> {
  try {
    return schema.parse(await response.json());
  } catch (cause) {
    throw new ApiError("bad-answer", cause);
  }
}

export async function getJson<T>(path: string, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
  return parseBody(await call(path, { signal: signal ?? null }), schema);
}

/** Of which bytes an answer was made. */
export interface Tagged {
  readonly etag: string | null;
}

/** What an answer is made into; `known` itself, where the server says that its bytes would be the same. */
export async function getUnlessKnown<T, R extends Tagged>(
  path: string,
  schema: Schema<T>,
  make: (answer: T & Tagged) => R,
  known: R | undefined,
  signal: AbortSignal,
): Promise<R> {
  // Answers are not for the browser's own cache, which would do this otherwise.
  const headers: HeadersInit = known?.etag ? { "if-none-match": known.etag } : {};
  const response = await call(path, { headers, signal });
  if (known && response.status === 304) return known;
  return make({ ...(await parseBody(response, schema)), etag: response.headers.get("etag") });
}

/** Sends JSON; `status` tells a created thing (201) from one that was there already (200). */
export async function sendJson<T>(
  path: string,
  body: unknown,
  schema: Schema<T>,
  {
    method = "POST",
    signal = null,
  }: { method?: "POST" | "PATCH" | "PUT" | "DELETE"; signal?: AbortSignal | null } = {},
): Promise<{ status: number; data: T }> {
  const response = await call(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  return { status: response.status, data: await parseBody(response, schema) };
}

/** Sends a file as it is; its name goes in a header, percent-encoded. */
export async function sendFile<T>(path: string, file: File, schema: Schema<T>): Promise<T> {
  const headers = {
    "content-type": "application/octet-stream",
    "x-file-name": encodeURIComponent(file.name.toWellFormed()),
  };
  const response = await call(path, { method: "POST", headers, body: await file.arrayBuffer() });
  return parseBody(response, schema);
}
