import { type Context, Hono } from "hono";
import {
  acceptance,
  accepted,
  type Invitation,
  invitationList,
  invitationShown,
  invitationToken,
  newLink,
} from "#contract/invitation.ts";
import { newStaffMember } from "#contract/new-staff-member.ts";
import type { StaffMember } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit, AuditEntry } from "../audit/write.ts";
import type { BrowserCookie } from "../auth/browser-cookie.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { RefuseGuessable } from "../auth/guessable.ts";
import { libraryHeaders } from "../auth/library-request.ts";
import type { LockOut } from "../auth/lock-out.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import { Failure } from "../failure.ts";
import type { RunningConfig } from "../proxy-options.ts";
import type { InvitationStore } from "../store/invitations.ts";
import { describe, valid } from "./openapi.ts";

type Taken = NonNullable<Awaited<ReturnType<InvitationStore["take"]>>>;

interface InvitationRoutes {
  auth: StaffAuth;
  invitations: InvitationStore;
  requireRole: RequireRole;
  audit: Audit;
  lockOut: LockOut;
  browserCookie: BrowserCookie;
  refuseGuessable: RefuseGuessable;
  config: Pick<RunningConfig, "publicUrl">;
}

/** Behind a `#`, so that no server, log or Referer ever has it. */
export const linkOf = (publicUrl: string, token: string): string => `${publicUrl}/invitation#${token}`;

const noSuchLink = () =>
  new Failure("invitation-unknown", { detail: "This link was used, withdrawn, replaced or is too old." });

/** Nobody is signed in yet where somebody comes with a link: the rows are theirs by the link. */
const recorder =
  (c: Context<AppEnv>, audit: Audit, { id, role }: StaffMember) =>
  (entry: Pick<AuditEntry, "action" | "subject" | "outcome" | "details">) =>
    audit({
      actor_id: id,
      actor_role: role,
      ...entry,
      request_id: c.get("requestId"),
      client_address: c.get("clientAddress"),
    });

/** By the address its rows are found together: who invited somebody, as what, and that they came. */
const about = ({ email, role, purpose }: Pick<Invitation, "email" | "role" | "purpose">) => ({
  subject: email,
  details: { role, purpose },
});

/**
 * Sets the password; on a failure the link works again. Null where the
 * e-mail address got an account meanwhile.
 */
async function setPasswordOf(
  { auth, invitations }: InvitationRoutes,
  taken: Taken,
  password: string,
): Promise<StaffMember | null> {
  const { name, email, role, staff_id: staffId } = taken;
  try {
    if (staffId) {
      await auth.setPassword(staffId, password);
      // Sessions that began with the old password end.
      await auth.endSessions(staffId);
      return { id: staffId, name, email, role };
    }
    return await auth.add({ name, email, role, password });
  } catch (error) {
    await invitations.putBack(taken);
    throw error;
  }
}

/** Signs in as the sign-in page does. False where a code is needed as well. */
async function signIn(
  c: Context<AppEnv>,
  { auth, audit, browserCookie, lockOut }: InvitationRoutes,
  member: StaffMember,
  { email, password }: { email: string; password: string },
): Promise<boolean> {
  const record = recorder(c, audit, member);
  const answer = await auth.signIn(email, password, libraryHeaders(c.req.raw.headers, c.env));
  const cookies = answer.headers.getSetCookie();
  for (const cookie of cookies) c.header("set-cookie", cookie, { append: true });
  const sent = cookies.map((cookie) => cookie.split(";")[0]).join("; ");
  const session = await auth.sessionOf(new Headers({ cookie: sent }));
  const signedIn = session?.user.id === member.id;
  if (signedIn) {
    const browser = browserCookie.read(c.req.raw.headers) ?? browserCookie.make();
    await lockOut.remember(email, browser);
    c.header("set-cookie", browserCookie.keep(browser), { append: true });
    await record({ action: "sign-in", subject: null, outcome: "ok" });
  } else if (answer.ok) await record({ action: "sign-in", subject: member.id, outcome: "code-asked" });
  return signedIn;
}

export function createInvitationRoutes(options: InvitationRoutes): Hono<AppEnv> {
  const { auth, invitations, requireRole, config } = options;
  const routes = new Hono<AppEnv>();
  const administrator = requireRole("administrator");

  routes.get("/", administrator, describe("The links that still work", invitationList), async (c) => {
    await c.get("audit")({ action: "invitation.view" });
    return c.json({ invitations: await invitations.list() });
  });

  routes.post(
    "/",
    administrator,
    describe("Invite a colleague by a link", newLink, "Made"),
    valid("json", newStaffMember),
    async (c) => {
      const { name, email, role } = c.req.valid("json");
      if ((await auth.list()).some((member) => member.email === email.toLowerCase()))
        throw new Failure("invalid-request", {
          detail: "This e-mail address belongs to someone already.",
          fields: [{ field: "email", reason: "taken" }],
        });
      const { invitation, token } = await invitations.create({ name, email, role, staffId: null });
      await c.get("audit")({ action: "invitation.create", ...about(invitation) });
      return c.json({ invitation, link: linkOf(config.publicUrl, token) }, 201);
    },
  );

  routes.delete("/:id", administrator, describe("Withdraw a link", invitationList), async (c) => {
    const { id } = c.req.param();
    const removed = await invitations.remove(id);
    if (!removed) throw noSuchLink();
    await c.get("audit")({ action: "invitation.withdraw", ...about(removed) });
    return c.json({ invitations: await invitations.list() });
  });

  routes.post(
    "/look",
    describe("Whom a link is for; open to all who have one", invitationShown),
    valid("json", invitationToken),
    async (c) => {
      const found = await invitations.find(c.req.valid("json").token);
      if (!found) throw noSuchLink();
      return c.json(invitationShown.parse(found));
    },
  );

  routes.post(
    "/accept",
    describe("Set a password by a link, once, and sign in", accepted),
    valid("json", acceptance),
    async (c) => {
      const { token, password } = c.req.valid("json");
      const found = await invitations.find(token);
      if (found) await options.refuseGuessable("password", password, found);
      const taken = await invitations.take(token);
      if (!taken) throw noSuchLink();
      const { email, role, staff_id: staffId } = taken;
      const member = await setPasswordOf(options, taken, password);
      // They signed in with single sign-on meanwhile.
      if (!member) throw noSuchLink();
      const accepted = about({ email, role, purpose: staffId ? "new-password" : "join" });
      await recorder(c, options.audit, member)({ action: "invitation.accept", outcome: "ok", ...accepted });
      return c.json({ signedIn: await signIn(c, options, member, { email, password }) });
    },
  );

  return routes;
}
