import * as z from "zod";
import type { AuditAction, AuditOutcome } from "#contract/audit.ts";
import type { StaffMember } from "#contract/staff.ts";
import type { RequestOrigin } from "../app-env.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import type { BrowserCookie } from "./browser-cookie.ts";
import { longestWindowS } from "./library-options.ts";
import { libraryRequest } from "./library-request.ts";
import type { Attempt, LockOut, Verdict } from "./lock-out.ts";
import { recoveryCodeCount } from "./second-factor.ts";
import type { StaffAuth } from "./staff-auth.ts";
import type { createStateCookies } from "./state-cookies.ts";
import { bodyOf, type Way, wayOf } from "./ways.ts";

type Actor = Pick<StaffMember, "id" | "role"> | null;

interface Exchange {
  request: Request;
  origin: RequestOrigin;
  record: (
    action: AuditAction,
    outcome: AuditOutcome,
    about?: { actor?: Actor; subject?: string | null },
  ) => Promise<void>;
}

interface AnswerAuthOptions {
  auth: StaffAuth;
  audit: Audit;
  lockOut: LockOut;
  browserCookie: BrowserCookie;
  stateCookies: ReturnType<typeof createStateCookies>;
  /** Ways in that are not open on every installation. */
  isOpen: (way: Way) => boolean;
}

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

const tooMany = (forMs: number) => {
  const seconds = String(Math.max(1, Math.ceil(forMs / 1000)));
  return json(429, { code: "TOO_MANY_ATTEMPTS" }, { "retry-after": seconds });
};

const answerBody = z.looseObject({
  code: z.string().optional(),
  twoFactorRedirect: z.boolean().optional(),
});

/** What the library's answer says; nothing where it is no JSON. */
const readAnswer = async (response: Response) =>
  answerBody.safeParse(
    await response
      .clone()
      .json()
      .catch(() => null),
  ).data ?? {};

const isChallenge = async (response: Response) => (await readAnswer(response)).twoFactorRedirect === true;

/** The cookies of an answer, with a body of our own: the library's holds the session's token, which no script needs to see. */
function answerWith(body: object, { headers }: Response, ...cookies: string[]): Response {
  const answer = json(200, body);
  for (const cookie of [...headers.getSetCookie(), ...cookies]) answer.headers.append("set-cookie", cookie);
  return answer;
}

/** As the library refused it; it tells how long to wait in a header of its own, and of a failure inside it nothing at all. */
function refused(response: Response): Response {
  if (response.status === 500)
    throw new Failure("internal", { detail: "Try again; if it stays, quote the request ID." });
  const wait = response.headers.get("x-retry-after");
  if (wait === null) return response;
  const headers = new Headers(response.headers);
  // More than it can be where another server's clock is ahead.
  headers.set("retry-after", String(Math.min(Number(wait), longestWindowS)));
  return new Response(response.body, { status: response.status, headers });
}

/**
 * Answers /api/auth: attempts are counted by the lock-out, and every sign-in, failed ones too, sign-out, failed code and lock-out is in
 * the audit trail. What is not a way of ours does not get further than this.
 */
export function createAnswerAuth(options: AnswerAuthOptions) {
  const { auth, audit, lockOut, browserCookie, stateCookies, isOpen } = options;

  const actorOf = async (response: Response): Promise<Actor> => {
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return (await auth.sessionOf(new Headers({ cookie: cookies.join("; ") })))?.user ?? null;
  };

  /** Keeps the browser that somebody has signed in with; answers with the cookie by which it is known again. */
  const remember = async (request: Request, email: string): Promise<string> => {
    const browser = browserCookie.read(request.headers) ?? browserCookie.make();
    await lockOut.remember(email, browser);
    return browserCookie.keep(browser);
  };

  /** Ends the session that an answer has begun. */
  async function discard(exchange: Exchange, response: Response): Promise<void> {
    const out = libraryRequest(exchange, "POST /sign-out", {});
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    out.headers.set("cookie", cookies.join("; "));
    await auth.fetch(out);
  }

  async function signInByPassword(
    exchange: Exchange,
    { email, password }: { email: string; password: string },
  ): Promise<Response> {
    const { request, record } = exchange;
    const way = "POST /sign-in/email";
    const made = await lockOut.attempt(
      email,
      async (isKnown) => {
        const before = await auth.credentialOf(email);
        const value = await auth.fetch(libraryRequest(exchange, way, { email, password }, isKnown));
        // Changed while the old one was being looked at: whoever knew that one stays out.
        if (value.ok && (await auth.credentialOf(email)) !== before) {
          await discard(exchange, value);
          return { value: json(401, { code: "INVALID_EMAIL_OR_PASSWORD" }), verdict: "failed" as const };
        }
        let verdict: Verdict = "neither";
        if (value.status === 401) verdict = "failed";
        if (value.ok && !(await isChallenge(value))) verdict = "passed";
        return { value, verdict };
      },
      browserCookie.read(request.headers),
    );
    // Looked up whatever the outcome, so that every answer takes the same time.
    const subject = await auth.idOf(email);
    if (made.kind === "locked") {
      await record("sign-in", "locked", { subject });
      return tooMany(made.forMs);
    }
    const { value: response } = made;
    if (!response.ok) {
      await record("sign-in", response.status === 429 ? "locked" : "failed", { subject });
      if (made.lockedNow) await record("account.lock-out", "ok", { subject });
      return refused(response);
    }
    if (await isChallenge(response)) {
      await record("sign-in", "code-asked", { subject });
      return answerWith({ twoFactorRedirect: true }, response);
    }
    await record("sign-in", "ok", { actor: await actorOf(response) });
    return answerWith({ signedIn: true }, response, await remember(request, email));
  }

  async function signInByCode(
    exchange: Exchange,
    way: "POST /two-factor/verify-totp" | "POST /two-factor/verify-backup-code",
    typed: string,
  ): Promise<Response> {
    const { request, record } = exchange;
    const isSignedIn = (await auth.sessionOf(request.headers)) !== null;
    const who = isSignedIn ? null : await auth.challengedUser(request.headers);
    if (!who) return json(401, { code: "INVALID_TWO_FACTOR_COOKIE" });
    const action = way.endsWith("backup-code") ? "sign-in.recovery-code" : "sign-in.code";
    if (!(await auth.canCheckSecondFactor(who.id))) {
      await record(action, "failed", { actor: who });
      return json(403, { code: "SECOND_FACTOR_UNREADABLE" });
    }
    const code = plainCode(typed);
    const made: Attempt<Response> = await lockOut.withCode(
      who.email,
      code,
      async (isKnown) => {
        const ask = () => auth.fetch(libraryRequest(exchange, way, { code }, isKnown));
        // Another recovery code of theirs served in the same moment: this one is tried after it.
        let value = await ask();
        for (let i = 1; value.status === 409 && i < recoveryCodeCount; i += 1) value = await ask();
        if (value.status === 409) value = json(401, { code: "INVALID_TWO_FACTOR_COOKIE" });
        const isWrong = value.status === 401 && (await readAnswer(value)).code?.startsWith("INVALID_");
        return { value, verdict: value.ok ? "passed" : isWrong ? "failed" : "neither" };
      },
      () => json(401, { code: "INVALID_CODE" }),
      browserCookie.read(request.headers),
    );
    const isLimited = made.kind === "locked" || made.value.status === 429;
    const outcome = isLimited ? "locked" : made.value.ok ? "ok" : "failed";
    await record(action, outcome, { actor: who });
    if (outcome === "ok") await record("sign-in", "ok", { actor: who });
    if (made.kind === "locked") return tooMany(made.forMs);
    if (made.lockedNow) await record("account.lock-out", "ok", { subject: who.id });
    if (!made.value.ok) return refused(made.value);
    return answerWith({ signedIn: true }, made.value, await remember(request, who.email));
  }

  async function signOut(exchange: Exchange, body: object): Promise<Response> {
    const { request, record } = exchange;
    const actor = (await auth.sessionOf(request.headers))?.user ?? null;
    const response = await auth.fetch(libraryRequest(exchange, "POST /sign-out", body));
    // Who is not signed in leaves no row: anybody can send that without end.
    if (actor) await record("sign-out", response.ok ? "ok" : "failed", { actor });
    return response;
  }

  async function beginAtProvider(exchange: Exchange, body: object): Promise<Response> {
    const response = refused(await auth.fetch(libraryRequest(exchange, "POST /sign-in/social", body)));
    if (!response.ok) return response;
    const { url } = z.object({ url: z.url() }).parse(await response.clone().json());
    return stateCookies.rename(response, new URL(url).searchParams.get("state") ?? "");
  }

  async function returnFromProvider(exchange: Exchange): Promise<Response> {
    const { request, record } = exchange;
    const state = new URL(request.url).searchParams.get("state") ?? "";
    const asked = libraryRequest(exchange, "GET /callback/oidc", undefined);
    asked.headers.set("cookie", stateCookies.restore(asked.headers.get("cookie") ?? "", state));
    const response = stateCookies.rename(await auth.fetch(asked), state);
    const actor = await actorOf(response);
    await record("sign-in", actor ? "ok" : response.status === 429 ? "locked" : "failed", { actor });
    return refused(response);
  }

  async function signInToSandbox(exchange: Exchange, body: object): Promise<Response> {
    const { record } = exchange;
    const response = await auth.fetch(libraryRequest(exchange, "POST /demo/sign-in", body));
    await record("sign-in", response.ok ? "ok" : "failed", { actor: await actorOf(response) });
    return refused(response);
  }

  async function answer(way: Way, exchange: Exchange): Promise<Response> {
    const { request } = exchange;
    switch (way) {
      case "GET /get-session":
        return Response.json(await auth.sessionOf(request.headers));
      case "POST /sign-in/email":
        return signInByPassword(exchange, await bodyOf(way, request));
      case "POST /two-factor/verify-totp":
      case "POST /two-factor/verify-backup-code":
        return signInByCode(exchange, way, (await bodyOf(way, request)).code);
      case "POST /sign-in/social":
        return beginAtProvider(exchange, await bodyOf(way, request));
      case "GET /callback/oidc":
        return returnFromProvider(exchange);
      case "POST /demo/sign-in":
        return signInToSandbox(exchange, await bodyOf(way, request));
      case "POST /sign-out":
        return signOut(exchange, await bodyOf(way, request));
    }
  }

  return async function answerAuth(request: Request, origin: RequestOrigin): Promise<Response> {
    const way = wayOf(request);
    if (!way || !isOpen(way)) {
      if ((await auth.sessionOf(request.headers))?.mustEnrol)
        throw new Failure("second-factor-needed", { detail: "Set up a second factor first." });
      throw new Failure("not-found", { detail: "There is nothing at this address." });
    }
    const record: Exchange["record"] = (action, outcome, { actor = null, subject = null } = {}) =>
      audit({
        actor_id: actor?.id ?? null,
        actor_role: actor?.role ?? null,
        action,
        subject,
        outcome,
        request_id: origin.requestId,
        client_address: origin.clientAddress,
      });
    return answer(way, { request, origin, record });
  };
}

/** A code as the library compares it: people type spaces, and full-width digits with a Chinese keyboard. */
export const plainCode = (typed: string): string => typed.normalize("NFKC").replaceAll(/\s/g, "");
