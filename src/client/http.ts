import type { Problem } from "#contract/problem.ts";
import { isProblem, type ProblemCode } from "#contract/problem-codes.ts";
import { contractHeader, contractVersion } from "#contract/version.ts";

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
  if (isProblem(body)) return new ApiError(body.code, undefined, body);
  return new ApiError(codeOfForeign(status), body);
}

/** What a server of another version says may mean something else here. */
function refuseOtherContract({ headers }: Response): void {
  const version = headers.get(contractHeader);
  if (version !== null && version !== contractVersion)
    throw new ApiError("bad-answer", `contract ${version}, not ${contractVersion}`);
}

type Send = (path: string, init: RequestInit) => Promise<Response>;
let send: Send = (path, init) => fetch(path, { credentials: "same-origin", ...init });
/** For a view in a partner's page, which asks in its own way. */
export function sendBy(other: Send): void {
  send = other;
}

/** An answer that is no JSON is read by whoever asked. */
export async function call(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await send(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("offline", cause);
  }
  if (!response.ok && response.status !== 304)
    throw toApiError(response.status, await response.json().catch(() => null));
  refuseOtherContract(response);
  return response;
}

/** What our own server says, as the contract has it: it is not checked again here. */
async function readBody<T>(response: Response): Promise<T> {
  try {
    return await response.json();
  } catch (cause) {
    throw new ApiError("bad-answer", cause);
  }
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return readBody(await call(path, { signal: signal ?? null }));
}

/** Of which bytes an answer was made. */
export interface Tagged {
  readonly etag: string | null;
}

/** What an answer is made into; `known` itself, where the server says that its bytes would be the same. */
export async function getUnlessKnown<T, R extends Tagged>(
  path: string,
  make: (answer: T & Tagged) => R,
  known: R | undefined,
  signal: AbortSignal,
): Promise<R> {
  // Answers are not for the browser's own cache, which would do this otherwise.
  const headers: HeadersInit = known?.etag ? { "if-none-match": known.etag } : {};
  const response = await call(path, { headers, signal });
  if (known && response.status === 304) return known;
  return make({ ...(await readBody<T>(response)), etag: response.headers.get("etag") });
}

/** Sends JSON; `status` tells a created thing (201) from one that was there already (200). */
export async function sendJson<T>(
  path: string,
  body: unknown,
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
  return { status: response.status, data: await readBody(response) };
}

/** Sends a file as it is; its name goes in a header, percent-encoded. */
export async function sendFile<T>(path: string, file: File): Promise<T> {
  const headers = {
    "content-type": "application/octet-stream",
    "x-file-name": encodeURIComponent(file.name.toWellFormed()),
  };
  const response = await call(path, { method: "POST", headers, body: await file.arrayBuffer() });
  return readBody(response);
}
