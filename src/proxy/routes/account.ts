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
import type { RequireRole } from "../auth/guard.ts";
import type { RefuseGuessable } from "../auth/guessable.ts";
import { libraryHeaders } from "../auth/library-request.ts";
import type { Call } from "../auth/own-account.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import type { Config } from "../config.ts";
import { Failure } from "../failure.ts";
import type { InvitationStore } from "../store/invitations.ts";
import { describe, valid } from "./openapi.ts";

interface AccountRoutesOptions {
  auth: StaffAuth;
  requireRole: RequireRole;
  /** Lets those in who must set up a second factor first. */
  requireEnrolling: RequireRole;
  invitations: Pick<InvitationStore, "removeOf">;
  refuseGuessable: RefuseGuessable;
  config: Pick<Config, "secondFactorFor">;
}

/** What everyone may do with their own account. */
export function createAccountRoutes(options: AccountRoutesOptions): Hono<AppEnv> {
  const { auth } = options;
  const { ownAccount, sessions } = auth;
  const everyone = options.requireRole(...roles);
  const enrolling = options.requireEnrolling(...roles);
  const routes = new Hono<AppEnv>();

  const whoIs = async (c: Context<AppEnv>) => {
    const who = await sessions.signedIn(c.req.raw.headers);
    if (!who) throw new Failure("not-signed-in", { detail: "Sign in first." });
    return who;
  };

  /** Does it, hands the new cookies on, and writes the audit trail, failures too. */
  const perform = async <T>(
    c: Context<AppEnv>,
    action: AuditAction,
    run: (call: Call) => Promise<{ value: T; cookies: string[] }>,
  ): Promise<T> => {
    const who = await whoIs(c);
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
  };

  routes.get("/", enrolling, describe("One's own way in", account), async (c) => {
    const who = await whoIs(c);
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
      const { user } = await whoIs(c);
      await options.refuseGuessable("next", change.next, user);
      await perform(c, "account.password-change", async (call) => {
        const made = await ownAccount.changePassword(call, change);
        // A link to choose one by, held by somebody else, is not to replace this one.
        await options.invitations.removeOf(user.id);
        return made;
      });
      return c.json({ done: true });
    },
  );

  routes.post(
    "/second-factor",
    enrolling,
    describe("A new secret for an authenticator app", enrolment),
    valid("json", ownPassword),
    async (c) => {
      const { password } = c.req.valid("json");
      const action = "account.second-factor-begin";
      return c.json(await perform(c, action, (call) => ownAccount.beginEnrolment(call, password)));
    },
  );

  routes.post(
    "/second-factor/confirm",
    enrolling,
    describe("Turn the second factor on with a code", done),
    valid("json", confirmation),
    async (c) => {
      const { code } = c.req.valid("json");
      await perform(c, "account.second-factor-on", (call) => ownAccount.confirmEnrolment(call, code));
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
      await perform(c, "account.second-factor-off", (call) => ownAccount.turnOff(call, proof));
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
      const codes = await perform(c, action, (call) => ownAccount.renewRecoveryCodes(call, proof));
      return c.json({ recoveryCodes: codes });
    },
  );

  routes.get("/sessions", everyone, describe("One's own sessions", ownSessions), async (c) => {
    const own = await sessions.list(await whoIs(c));
    await c.get("audit")({ action: "account.sessions.view" });
    return c.json({ sessions: own });
  });

  routes.delete("/sessions", everyone, describe("End all other sessions of one's own", done), async (c) => {
    await sessions.revokeOthers(await whoIs(c));
    await c.get("audit")({
      action: "session.revoke",
      subject: c.get("staff").id,
      details: { sessions: "others" },
    });
    return c.json({ done: true });
  });

  routes.delete("/sessions/:id", everyone, describe("End a session of one's own", done), async (c) => {
    const id = c.req.param("id");
    const isEnded = await sessions.revoke(await whoIs(c), id);
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
