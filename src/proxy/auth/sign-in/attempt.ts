import type { Context } from "hono";
import type { AuditAction, AuditOutcome } from "#contract/audit.ts";
import type { StaffMember } from "#contract/staff.ts";
import type { AppEnv, RequestOrigin } from "../../app-env.ts";
import type { Audit } from "../../audit/write.ts";
import type { BrowserCookie } from "../browser-cookie.ts";
import type { LockOut } from "../lock-out.ts";
import type { StaffAuth } from "../staff-auth.ts";
import type { createStateCookies } from "../state-cookies.ts";

export type Actor = Pick<StaffMember, "id" | "role"> | null;

export interface SignInServices {
  auth: StaffAuth;
  audit: Audit;
  lockOut: LockOut;
  browserCookie: BrowserCookie;
  stateCookies: ReturnType<typeof createStateCookies>;
}

/** One request to come in or to leave. */
export interface Attempt {
  request: Request;
  origin: RequestOrigin;
  record: (
    action: AuditAction,
    outcome: AuditOutcome,
    about?: { actor?: Actor; subject?: string | null },
  ) => Promise<void>;
}

/** Nobody is signed in yet: who its rows are about is found out on the way. */
export const attemptOf = (c: Context<AppEnv>, audit: Audit): Attempt => ({
  request: c.req.raw,
  origin: c.env,
  record: (action, outcome, { actor = null, subject = null } = {}) =>
    audit({
      actor_id: actor?.id ?? null,
      actor_role: actor?.role ?? null,
      action,
      subject,
      outcome,
      request_id: c.env.requestId,
      client_address: c.env.clientAddress,
    }),
});

/** The cookies that an answer sets, as a browser would send them. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Whom an answer has signed in. */
export const actorOf = async (auth: StaffAuth, response: Response): Promise<Actor> =>
  (await auth.sessionOf(new Headers({ cookie: cookiesOf(response) })))?.user ?? null;

/** Keeps the browser that somebody has signed in with; answers with the cookie by which it is known again. */
export async function rememberBrowser(
  { lockOut, browserCookie }: SignInServices,
  { headers }: Request,
  email: string,
): Promise<string> {
  const browser = browserCookie.read(headers) ?? browserCookie.make();
  await lockOut.remember(email, browser);
  return browserCookie.keep(browser);
}
