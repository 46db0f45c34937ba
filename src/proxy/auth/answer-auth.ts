import type { AuditAction, AuditOutcome } from "#contract/audit.ts";
import type { StaffMember } from "#contract/staff.ts";
import type { Audit } from "../store/audit.ts";
import type { LockOut, Verdict } from "./lock-out.ts";
import { clientAddressHeader, type StaffAuth } from "./staff-auth.ts";

type Actor = Pick<StaffMember, "id" | "role"> | null;

interface Exchange {
  request: Request;
  path: string;
  record: (
    action: AuditAction,
    outcome: AuditOutcome,
    about?: { actor?: Actor; subject?: string | null },
  ) => Promise<void>;
}

const json = (status: number, body: object, headers: Record<string, string> = {}) =>
  Response.json(body, { status, headers });

const tooMany = (forMs: number) => {
  const seconds = String(Math.max(1, Math.ceil(forMs / 1000)));
  return json(429, { code: "TOO_MANY_ATTEMPTS" }, { "retry-after": seconds });
};

/** A part of a JSON body; null when there is none, which better-auth then says in its own words. */
async function textIn(request: Request, name: string): Promise<string | null> {
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  const value = typeof body === "object" && body !== null ? Reflect.get(body, name) : null;
  return typeof value === "string" ? value : null;
}

/** The same request with this body only: nothing else that better-auth would understand gets through. */
const withBody = (request: Request, body: object) =>
  new Request(request.url, { method: "POST", headers: request.headers, body: JSON.stringify(body) });

async function isChallenge(response: Response): Promise<boolean> {
  const body: unknown = await response.clone().json();
  return typeof body === "object" && body !== null && Reflect.get(body, "twoFactorRedirect") === true;
}

/**
 * Answers /api/auth: better-auth's own answers, with attempts counted by the lock-out and every sign-in, failed ones
 * too, sign-out, failed code and lock-out in the audit trail.
 */
export function createAnswerAuth(options: { auth: StaffAuth; audit: Audit; lockOut: LockOut }) {
  const { auth, audit, lockOut } = options;

  const actorOf = async (response: Response): Promise<Actor> => {
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return (await auth.sessionOf(new Headers({ cookie: cookies.join("; ") })))?.user ?? null;
  };

  const signInByPassword = async ({ request, record }: Exchange): Promise<Response> => {
    const [email, password] = [await textIn(request, "email"), await textIn(request, "password")];
    if (email === null || password === null) return auth.fetch(request);
    const made = await lockOut.attempt(email, async () => {
      const value = await auth.fetch(withBody(request, { email, password }));
      let verdict: Verdict = "neither";
      if (value.status === 401) verdict = "failed";
      if (value.ok && !(await isChallenge(value))) verdict = "passed";
      return { value, verdict };
    });
    // Looked up whatever the outcome, so that every answer takes the same time.
    const subject = await auth.idOf(email);
    if (made.kind === "locked") {
      await record("sign-in", "locked", { subject });
      return tooMany(made.forMs);
    }
    const { value: response } = made;
    if (!response.ok) await record("sign-in", "failed", { subject });
    else if (await isChallenge(response)) await record("sign-in", "code-asked", { subject });
    else await record("sign-in", "ok", { actor: await actorOf(response) });
    if (made.lockedNow) await record("account.lock-out", "ok", { subject });
    return response;
  };

  const signInByCode = async ({ request, path, record }: Exchange): Promise<Response> => {
    const typed = await textIn(request, "code");
    const isSignedIn = (await auth.sessionOf(request.headers)) !== null;
    const who = isSignedIn || typed === null ? null : await auth.challengedUser(request.headers);
    if (!who || typed === null) return json(401, { code: "INVALID_TWO_FACTOR_COOKIE" });
    const action = path.endsWith("backup-code") ? "sign-in.recovery-code" : "sign-in.code";
    if (!(await auth.canCheckSecondFactor(who.id))) {
      await record(action, "failed", { actor: who });
      return json(403, { code: "SECOND_FACTOR_UNREADABLE" });
    }
    const code = typed.replaceAll(/\s/g, "");
    const made = await lockOut.withCode(
      who.email,
      code,
      async () => {
        const value = await auth.fetch(withBody(request, { code }));
        const isWrong = value.status === 401 && (await textOf(value)).startsWith("INVALID_");
        return { value, verdict: value.ok ? "passed" : isWrong ? "failed" : "neither" };
      },
      () => json(401, { code: "INVALID_CODE" }),
    );
    const outcome = made.kind === "locked" ? "locked" : made.value.ok ? "ok" : "failed";
    await record(action, outcome, { actor: who });
    if (outcome === "ok") await record("sign-in", "ok", { actor: who });
    if (made.kind === "locked") return tooMany(made.forMs);
    if (made.lockedNow) await record("account.lock-out", "ok", { subject: who.id });
    return made.value;
  };

  return async function answerAuth(request: Request, requestId: string): Promise<Response> {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "");
    const record: Exchange["record"] = (action, outcome, { actor = null, subject = null } = {}) =>
      audit({
        actor_id: actor?.id ?? null,
        actor_role: actor?.role ?? null,
        action,
        subject,
        outcome,
        request_id: requestId,
        client_address: request.headers.get(clientAddressHeader) ?? "",
      });
    const exchange = { request, path, record };
    // Our own answer: better-auth's holds the session's token, which no script needs to see.
    if (path === "/get-session") return Response.json(await auth.sessionOf(request.headers));
    if (path === "/sign-in/email") return signInByPassword(exchange);
    if (path === "/two-factor/verify-totp" || path === "/two-factor/verify-backup-code")
      return signInByCode(exchange);
    if (path === "/sign-out") {
      const actor = (await auth.sessionOf(request.headers))?.user ?? null;
      const response = await auth.fetch(request);
      await record("sign-out", response.ok ? "ok" : "failed", { actor });
      return response;
    }
    const isWayIn = /^\/(sign-in|demo|callback)\//.test(path);
    // The same lookup ends a session that nobody was at, before better-auth believes it.
    if (!isWayIn && (await auth.sessionOf(request.headers))?.mustEnrol)
      return json(403, { code: "SECOND_FACTOR_NEEDED" });
    const response = await auth.fetch(request);
    // Single sign-on only begins at /sign-in/social; who it is shows when the provider sends them back.
    if (/^\/(sign-in\/(?!social)|demo\/sign-in$|callback\/)/.test(path)) {
      const actor = await actorOf(response);
      await record("sign-in", response.ok || actor ? "ok" : "failed", { actor });
    }
    return response;
  };
}

/** The code in better-auth's answer. */
const textOf = async (response: Response) => {
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null ? String(Reflect.get(body, "code")) : "";
};
