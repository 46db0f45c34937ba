import { Failure } from "../failure.ts";
import { type Answer, retryAfterOf } from "./answer.ts";
import { lineFailed, withBody } from "./read-body.ts";
import { withoutSecrets } from "./secrets-in-answers.ts";
import { signingHeaders } from "./sign.ts";
import type { CallOptions, PlatformRequest } from "./types.ts";

const timeoutMs = 10_000;

/**
 * One try of a request: signed, sent, answered within ten seconds, and `use` run with its answer.
 * `pauseFor` gets, as soon as an answer begins, in how many seconds the platform wants to be asked again; a
 * Failure that comes of it has them too.
 */
export async function exchange<T>(
  options: CallOptions,
  request: PlatformRequest,
  mostBytes: number,
  use: (answer: Answer) => T | Promise<T>,
  pauseFor: (retryAfterS: number) => void,
): Promise<T> {
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
  const init = { method, headers, redirect: "manual", ...(body ? { body } : {}) } as const;
  const secrets = [options.appSecret, headers.get("x-signature") ?? ""];
  // An answer about tokens may have to name the one that it was asked with.
  if (request.accessToken && !request.first) secrets.push(request.accessToken);

  return send(options.fetch, url, init, async (response, arrived) => {
    const retryAfterS = retryAfterOf(response, options.now());
    if (retryAfterS !== undefined) pauseFor(retryAfterS);
    try {
      return await withBody(response, { path, mostBytes }, (bytes) => {
        arrived();
        return use({ path, httpStatus: response.status, bytes: withoutSecrets(bytes, secrets) });
      });
    } catch (error) {
      if (error instanceof Failure) error.details.retryAfterS = retryAfterS;
      throw error;
    }
  });
}

async function send<T>(
  fetch: CallOptions["fetch"],
  url: URL,
  init: RequestInit,
  read: (response: Response, arrived: () => void) => Promise<T>,
): Promise<T> {
  const logged = { path: url.pathname };
  const aborter = new AbortController();
  // A variable, so that it lives until the body is read: Node no longer stops the body of a request that was
  // collected (nodejs/node#55428), and its connection would stay open.
  const request = new Request(url, { ...init, signal: aborter.signal });
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => {
    const detail = `The platform did not answer within ${timeoutMs / 1000} seconds.`;
    reject(new Failure("platform-timeout", { detail, logged }));
    aborter.abort();
  };
  const timer = setTimeout(giveUp, timeoutMs);
  const arrived = () => clearTimeout(timer);
  const answer = async () => read(await fetch(request).catch(lineFailed(url.pathname)), arrived);
  try {
    return await Promise.race([late, answer()]);
  } finally {
    arrived();
  }
}
