import { Hono } from "hono";
import { colleagues, glucoseRoles, newStaffMember, staffList, staffMember } from "#contract/staff.ts";
import type { AppEnv, RequireRole } from "../auth/guard.ts";
import type { StaffAuth } from "../auth/staff-auth.ts";
import { Failure } from "../failure.ts";
import { describe, valid } from "./openapi.ts";

export function createStaffRoutes(auth: StaffAuth, requireRole: RequireRole): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const administrator = requireRole("administrator");

  routes.get("/", administrator, describe("Everyone who may sign in", staffList), async (c) => {
    await c.get("audit")("staff.view");
    return c.json({ staff: await auth.list() });
  });

  routes.get(
    "/colleagues",
    requireRole(...glucoseRoles),
    describe("Who can be in a care team", colleagues),
    async (c) => {
      const able = (await auth.list()).filter(({ role }) => glucoseRoles.includes(role));
      return c.json({ colleagues: able.map(({ id, name }) => ({ id, name })) });
    },
  );

  routes.post(
    "/",
    administrator,
    describe("Add a colleague", staffMember, "Added"),
    valid("json", newStaffMember),
    async (c) => {
      const member = await auth.add(c.req.valid("json"));
      if (!member)
        throw new Failure("invalid-request", {
          detail: "This e-mail address belongs to someone already.",
          fields: [{ field: "email", reason: "taken" }],
        });
      await c.get("audit")("staff.add", member.id);
      return c.json(member, 201);
    },
  );

  return routes;
}
