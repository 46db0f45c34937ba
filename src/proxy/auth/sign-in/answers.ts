import * as z from "zod";
import { Failure } from "../../failure.ts";
import { longestWindowS } from "../library-options.ts";

export const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

export const tooMany = (forMs: number) => {
  const seconds = String(Math.max(1, Math.ceil(forMs / 1000)));
  return json(429, { code: "TOO_MANY_ATTEMPTS" }, { "retry-after": seconds });
};

const answerBody = z.looseObject({
  code: z.string().optional(),
  twoFactorRedirect: z.boolean().optional(),
});

/** What the library's answer says; nothing where it is no JSON. */
export const readAnswer = async (response: Response) =>
  answerBody.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  ).data ?? {};

export const isChallenge = async (response: Response) =>
  (await readAnswer(response)).twoFactorRedirect === true;

/**
 * The cookies of an answer, with a body of our own: the library's holds the session's
 * token, which no script needs to see.
 */
export function answerWith(body: object, { headers }: Response, ...cookies: string[]): Response {
  const answer = json(200, body);
  for (const cookie of [...headers.getSetCookie(), ...cookies]) answer.headers.append("set-cookie", cookie);
  return answer;
}

const waitHeader = "x-retry-after";

/** How long an address that made too many attempts has to wait. */
export const waitMsOf = ({ headers }: Response): number =>
  // More than it can be where another server's clock is ahead.
  Math.min(Number(headers.get(waitHeader)), longestWindowS) * 1000;

/**
 * As the library refused it; it tells how long to wait in a header of its own, and
 * of a failure inside it nothing at all.
 */
export function refused(response: Response): Response {
  if (response.status === 500)
    throw new Failure("internal", { detail: "Try again; if it stays, quote the request ID." });
  if (!response.headers.has(waitHeader)) return response;
  const headers = new Headers(response.headers);
  headers.set("retry-after", String(waitMsOf(response) / 1000));
  return new Response(response.body, { status: response.status, headers });
}
