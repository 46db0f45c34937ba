import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes, routePath } from "hono/route";
import type { Role } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import type { StaffAuth } from "./staff-auth.ts";

/** Lets the named roles pass and keeps everyone else out, saying so in the audit trail. */
export type RequireRole = (...roles: readonly Role[]) => ReturnType<typeof createMiddleware<AppEnv>>;

/** The pattern of the handler that would have answered; middleware is mounted for all methods. */
const patternOf = (c: Context): string =>
  matchedRoutes(c).find(({ method }) => method !== "ALL")?.path ?? routePath(c);

/**
 * Whom or what a path names. What is no ID may be anybody's name, and
 * nothing is taken out of the trail again.
 */
function idIn(pattern: string, path: string): string | undefined {
  const place = pattern.split("/").findIndex((part) => part === ":id" || part === ":serial");
  const id = path.split("/")[place];
  return id && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** With `mayEnrol` also those pass who must enrol a second factor before anything else. */
export function createRequireRole(
  auth: StaffAuth,
  audit: Audit,
  { mayEnrol = false }: { mayEnrol?: boolean } = {},
): RequireRole {
  return (...roles) =>
    createMiddleware<AppEnv>(async function requireRole(c, next) {
      const signedIn = await auth.sessions.signedIn(c.req.raw.headers);
      if (!signedIn) throw new Failure("not-signed-in", { detail: "Sign in first." });
      const { user, mustEnrol } = auth.sessions.shown(signedIn);
      if (mustEnrol && !mayEnrol)
        throw new Failure("second-factor-needed", { detail: "Set up a second factor first." });
      const { id, role } = user;
      c.set("staff", { id, role });
      c.set("audit", ({ action, subject, outcome = "ok", details }) =>
        audit({
          actor_id: id,
          actor_role: role,
          action,
          subject: subject ?? null,
          outcome,
          details,
          session: signedIn.session.id,
          request_id: c.get("requestId"),
          client_address: c.get("clientAddress"),
        }),
      );
      if (!roles.includes(role)) {
        const pattern = patternOf(c);
        await c.get("audit")({
          action: `${c.req.method} /${pattern.slice(1)}`,
          subject: idIn(pattern, c.req.path),
          outcome: "forbidden",
        });
        throw new Failure("forbidden", { detail: `The role ${role} may not do this.` });
      }
      await c.get("readUnsized")?.();
      await next();
    });
}
