import { type Context, Hono } from "hono";
import { type NewLink, newLink } from "#contract/invitation.ts";
import {
  colleagues,
  glucoseRoles,
  type StaffAccount,
  type StaffChange,
  staffChange,
  staffList,
} from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import { Failure } from "../failure.ts";
import type { RunningConfig } from "../proxy-options.ts";
import type { InvitationStore } from "../store/invitations.ts";
import type { StaffStore } from "../store/staff.ts";
import { linkOf } from "./invitations.ts";
import { describe, valid } from "./openapi.ts";

interface StaffRoutes {
  auth: StaffAuth;
  staff: StaffStore;
  invitations: InvitationStore;
  requireRole: RequireRole;
  config: Pick<RunningConfig, "publicUrl" | "singleSignOn">;
}

const refuse = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

/** Changes a colleague's role, or makes them active or inactive. */
async function changeMember(
  c: Context<AppEnv>,
  { auth, staff, invitations, config }: StaffRoutes,
  member: StaffAccount,
  { role, active }: StaffChange,
): Promise<void> {
  const field = role ? "role" : "active";
  if (member.id === c.get("staff").id)
    throw refuse(field, "self", "Nobody changes their own role or makes themselves inactive.");
  if (role && config.singleSignOn !== null && member.hasSingleSignOn)
    throw refuse(field, "single-sign-on", "This role comes from the sign-in service at every sign-in.");
  const changed = await staff.change(member.id, {
    role,
    active,
    reason: active === false ? "an administrator" : undefined,
  });
  if (changed === "last-administrator")
    throw refuse(field, "last-administrator", "No administrator would be left.");
  if (active === false) {
    await auth.endSessions(member.id);
    await invitations.removeOf(member.id);
  }
  if (role && role !== member.role)
    await c.get("audit")({
      action: `staff.make-${role}`,
      subject: member.id,
      details: { before: member.role },
    });
  if (active !== undefined && active !== member.active)
    await c.get("audit")({
      action: active ? "staff.reactivate" : "staff.deactivate",
      subject: member.id,
    });
}

/** A link by which somebody chooses a new password. */
async function makePasswordLink(
  c: Context<AppEnv>,
  { invitations, config }: StaffRoutes,
  { id, name, email, role, ...member }: StaffAccount,
): Promise<NewLink> {
  if (!member.active) throw refuse("active", "inactive", "Inactive people get no links.");
  // It would be a way in that the sign-in service knows nothing of.
  if (config.singleSignOn !== null && member.hasSingleSignOn && !member.hasPassword)
    throw refuse("password", "single-sign-on", "Who signs in at the sign-in service has no password here.");
  const { invitation, token } = await invitations.create({ name, email, role, staffId: id });
  await c.get("audit")({ action: "staff.password-link", subject: id });
  return { invitation, link: linkOf(config.publicUrl, token) };
}

export function createStaffRoutes(options: StaffRoutes): Hono<AppEnv> {
  const { auth, requireRole } = options;
  const routes = new Hono<AppEnv>();
  const administrator = requireRole("administrator");

  const memberOf = async (id: string): Promise<StaffAccount> => {
    const member = (await auth.list()).find((one) => one.id === id);
    if (!member) throw new Failure("not-found", { detail: "Nobody here has this ID." });
    return member;
  };
  const everyone = async () => ({ staff: await auth.list() });

  routes.get("/", administrator, describe("Everyone who may sign in", staffList), async (c) => {
    await c.get("audit")({ action: "staff.view" });
    return c.json(await everyone());
  });

  routes.get(
    "/colleagues",
    requireRole(...glucoseRoles),
    describe("Who can be in a care team", colleagues),
    async (c) => {
      const everyone = await auth.list();
      const able = everyone.filter(({ role, active }) => active && glucoseRoles.includes(role));
      return c.json({
        colleagues: able.map(({ id, name }) => ({ id, name })),
        others: everyone
          .filter((one) => !able.includes(one))
          .map(({ id, name, active }) => ({ id, name, active })),
      });
    },
  );

  routes.patch(
    "/:id",
    administrator,
    describe("Change what somebody may do", staffList),
    valid("json", staffChange),
    async (c) => {
      const member = await memberOf(c.req.param("id"));
      await changeMember(c, options, member, c.req.valid("json"));
      return c.json(await everyone());
    },
  );

  routes.delete(
    "/:id/sessions",
    administrator,
    describe("Sign somebody out everywhere", staffList),
    async (c) => {
      const { id } = await memberOf(c.req.param("id"));
      await auth.endSessions(id);
      await c.get("audit")({ action: "staff.sign-out", subject: id });
      return c.json(await everyone());
    },
  );

  routes.delete(
    "/:id/second-factor",
    administrator,
    describe("Remove the second factor of somebody who has lost it", staffList),
    async (c) => {
      const { id } = await memberOf(c.req.param("id"));
      if (id === c.get("staff").id)
        throw refuse("secondFactor", "self", "One's own is turned off with the password, on /account.");
      await auth.removeSecondFactor(id);
      await auth.endSessions(id);
      await c.get("audit")({ action: "staff.second-factor-off", subject: id });
      return c.json(await everyone());
    },
  );

  routes.post(
    "/:id/password-link",
    administrator,
    describe("A link by which somebody chooses a new password", newLink, "Made"),
    async (c) => {
      const member = await memberOf(c.req.param("id"));
      return c.json(await makePasswordLink(c, options, member), 201);
    },
  );

  return routes;
}
