import { type Context, Hono } from "hono";
import {
  account,
  confirmation,
  done,
  enrolment,
  factorProof,
  ownPassword,
  ownSessions,
  passwordChange,
  recoveryCodes,
} from "#contract/account.ts";
import type { AuditAction } from "#contract/audit.ts";
import { roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { Call, Done } from "../auth/count-attempt.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { RefuseGuessable } from "../auth/guessable.ts";
import { libraryHeaders } from "../auth/library-request.ts";
import type { Sessions, SignedIn } from "../auth/sessions.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import type { Config } from "../config.ts";
import { Failure } from "../failure.ts";
import type { InvitationStore } from "../store/invitations.ts";
import { describe, valid } from "./openapi.ts";

interface AccountRoutesOptions {
  auth: StaffAuth;
  requireRole: RequireRole;
  /** Also allows an account that must set up a second factor first. */
  requireEnrolling: RequireRole;
  invitations: Pick<InvitationStore, "removeOf">;
  refuseGuessable: RefuseGuessable;
  config: Pick<Config, "secondFactorFor">;
}

async function whoIs(c: Context<AppEnv>, sessions: Pick<Sessions, "signedIn">): Promise<SignedIn> {
  const who = await sessions.signedIn(c.req.raw.headers);
  if (!who) throw new Failure("not-signed-in", { detail: "Sign in first." });
  return who;
}

/** Makes a change of one's own account, sets its cookies and writes the audit row, of a failure too. */
async function perform<T>(
  c: Context<AppEnv>,
  { sessions }: Pick<StaffAuth, "sessions">,
  action: AuditAction,
  run: (call: Call) => Promise<Done<T>>,
): Promise<T> {
  const who = await whoIs(c, sessions);
  const audit = c.get("audit");
  const headers = libraryHeaders(c.req.raw.headers, c.env);
  const call = {
    who,
    headers,
    onLocked: () => audit({ action: "account.lock-out", subject: who.user.id }),
  };
  const made = run(call).catch(async (error: unknown) => {
    const isLocked = error instanceof Failure && error.code === "rate-limited";
    await audit({ action, outcome: isLocked ? "locked" : "failed" });
    throw error;
  });
  const { value, cookies } = await made;
  for (const cookie of cookies) c.header("set-cookie", cookie, { append: true });
  await audit({ action });
  return value;
}

function createPasswordRoutes(options: AccountRoutesOptions): Hono<AppEnv> {
  const { auth } = options;
  const { ownAccount, sessions } = auth;
  const everyone = options.requireRole(...roles);
  const enrolling = options.requireEnrolling(...roles);
  const routes = new Hono<AppEnv>();

  routes.get("/", enrolling, describe("One's own way in", account), async (c) => {
    const who = await whoIs(c, sessions);
    await c.get("audit")({ action: "account.view" });
    return c.json({
      hasPassword: await ownAccount.hasPassword(who.user.id),
      secondFactor: who.user.twoFactorEnabled === true,
      secondFactorRequired: options.config.secondFactorFor.includes(c.get("staff").role),
      recoveryCodesLeft: await ownAccount.recoveryCodesLeft(who),
    });
  });

  routes.post("/activity", enrolling, describe("A hand is on the screen", done), async (c) => {
    await sessions.touch(c.req.raw.headers);
    return c.json({ done: true });
  });

  routes.put(
    "/password",
    everyone,
    describe("Change one's own password; all other sessions end", done),
    valid("json", passwordChange),
    async (c) => {
      const change = c.req.valid("json");
      const { user } = await whoIs(c, sessions);
      await options.refuseGuessable("next", change.next, user);
      await perform(c, auth, "account.password-change", async (call) => {
        const made = await ownAccount.changePassword(call, change);
        // A link to choose one by, held by somebody else, is not to replace this one.
        await options.invitations.removeOf(user.id);
        return made;
      });
      return c.json({ done: true });
    },
  );

  return routes;
}

function createSecondFactorRoutes(options: AccountRoutesOptions): Hono<AppEnv> {
  const { auth } = options;
  const { ownAccount } = auth;
  const everyone = options.requireRole(...roles);
  const enrolling = options.requireEnrolling(...roles);
  const routes = new Hono<AppEnv>();

  routes.post(
    "/second-factor",
    enrolling,
    describe("A new secret for an authenticator app", enrolment),
    valid("json", ownPassword),
    async (c) => {
      const { password } = c.req.valid("json");
      const action = "account.second-factor-begin";
      return c.json(await perform(c, auth, action, (call) => ownAccount.beginEnrolment(call, password)));
    },
  );

  routes.post(
    "/second-factor/confirm",
    enrolling,
    describe("Turn the second factor on with a code", done),
    valid("json", confirmation),
    async (c) => {
      const { code } = c.req.valid("json");
      await perform(c, auth, "account.second-factor-on", (call) => ownAccount.confirmEnrolment(call, code));
      return c.json({ done: true });
    },
  );

  routes.post(
    "/second-factor/off",
    everyone,
    describe("Turn the second factor off, with a code of it", done),
    valid("json", factorProof),
    async (c) => {
      const proof = c.req.valid("json");
      await perform(c, auth, "account.second-factor-off", (call) => ownAccount.turnOff(call, proof));
      return c.json({ done: true });
    },
  );

  routes.post(
    "/second-factor/recovery-codes",
    everyone,
    describe("New recovery codes, for a code of the second factor; the old ones end", recoveryCodes),
    valid("json", factorProof),
    async (c) => {
      const proof = c.req.valid("json");
      const action = "account.recovery-codes";
      const codes = await perform(c, auth, action, (call) => ownAccount.renewRecoveryCodes(call, proof));
      return c.json({ recoveryCodes: codes });
    },
  );

  return routes;
}

function createSessionRoutes(options: AccountRoutesOptions): Hono<AppEnv> {
  const { sessions } = options.auth;
  const everyone = options.requireRole(...roles);
  const routes = new Hono<AppEnv>();

  routes.get("/sessions", everyone, describe("One's own sessions", ownSessions), async (c) => {
    const own = await sessions.list(await whoIs(c, sessions));
    await c.get("audit")({ action: "account.sessions.view" });
    return c.json({ sessions: own });
  });

  routes.delete("/sessions", everyone, describe("End all other sessions of one's own", done), async (c) => {
    await sessions.revokeOthers(await whoIs(c, sessions));
    await c.get("audit")({
      action: "session.revoke",
      subject: c.get("staff").id,
      details: { sessions: "others" },
    });
    return c.json({ done: true });
  });

  routes.delete("/sessions/:id", everyone, describe("End a session of one's own", done), async (c) => {
    const id = c.req.param("id");
    const isEnded = await sessions.revoke(await whoIs(c, sessions), id);
    await c.get("audit")({
      action: "session.revoke",
      subject: c.get("staff").id,
      outcome: isEnded ? "ok" : "failed",
      details: { sessions: "one" },
    });
    if (!isEnded) throw new Failure("not-found", { detail: "You have no such session." });
    return c.json({ done: true });
  });

  return routes;
}

/** What everyone may do with their own account. */
export const createAccountRoutes = (options: AccountRoutesOptions): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .route("/", createPasswordRoutes(options))
    .route("/", createSecondFactorRoutes(options))
    .route("/", createSessionRoutes(options));
