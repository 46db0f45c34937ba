import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { matchedRoutes, routePath } from "hono/route";
import { uniqueSymbol } from "hono-openapi";
import type { AuditOutcome } from "#contract/audit.ts";
import type { Role } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit, AuditEntry } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import { type ApiKeys, bearerOf } from "./api-keys.ts";
import { mayOpen } from "./key-access.ts";
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

/** A person in a session, or another program by its key. */
export interface Asking {
  id: string;
  role: Role;
  session: string;
}

/** Whose key nobody knows. */
export const stranger = { id: null, role: null };

interface Guard {
  auth: StaffAuth;
  apiKeys: ApiKeys;
  audit: Audit;
}

export const recorder =
  (c: Context<AppEnv>, audit: Audit, asking: Asking | typeof stranger) =>
  ({ action, subject, outcome = "ok", details }: Partial<AuditEntry> & Pick<AuditEntry, "action">) =>
    audit({
      actor_id: asking.id,
      actor_role: asking.role,
      action,
      subject: subject ?? null,
      outcome,
      details,
      session: asking.id === null ? undefined : asking.session,
      request_id: c.get("requestId"),
      client_address: c.get("clientAddress"),
    });

/** A call that was kept out, as it stands in the trail. */
export async function recordRefusal(
  c: Context<AppEnv>,
  audit: Audit,
  asking: Asking | typeof stranger,
  outcome: AuditOutcome,
  details?: AuditEntry["details"],
): Promise<void> {
  const pattern = patternOf(c);
  await recorder(
    c,
    audit,
    asking,
  )({
    action: `${c.req.method} /${pattern.slice(1)}`,
    subject: idIn(pattern, c.req.path) ?? null,
    outcome,
    details,
  });
}

/** Whose key it is; a key speaks for no session, so that cookies beside it say nothing. */
async function programOf(c: Context<AppEnv>, { apiKeys, audit }: Guard, bearer: string): Promise<Asking> {
  const found = await apiKeys.admit(bearer, c.get("clientAddress"));
  if ("failure" in found) {
    const { key, reason, failure } = found;
    const asking = key ? { ...key, session: key.id } : stranger;
    if (reason !== "too-many")
      await recordRefusal(c, audit, asking, key ? "forbidden" : "failed", { key: reason });
    throw failure;
  }
  const asking = { ...found, session: found.id };
  if (!mayOpen(found, c.req.method, patternOf(c))) {
    await recordRefusal(c, audit, asking, "forbidden");
    throw new Failure("forbidden", { detail: "API keys do not open this; /api-docs says what they open." });
  }
  return asking;
}

async function personOf(c: Context<AppEnv>, { auth }: Guard, mayEnrol: boolean): Promise<Asking> {
  const signedIn = await auth.sessions.signedIn(c.req.raw.headers);
  if (!signedIn) throw new Failure("not-signed-in", { detail: "Sign in first, or send an API key." });
  const { user, mustEnrol } = auth.sessions.shown(signedIn);
  if (mustEnrol && !mayEnrol)
    throw new Failure("second-factor-needed", { detail: "Set up a second factor first." });
  return { id: user.id, role: user.role, session: signedIn.session.id };
}

/**
 * With `mayEnrol` also those pass who must enrol a second factor before anything else; with `keysOnly` programs alone.
 */
export function createRequireRole(
  guard: Guard,
  { mayEnrol = false, keysOnly = false }: { mayEnrol?: boolean; keysOnly?: boolean } = {},
): RequireRole {
  return (...roles) => {
    const middleware = createMiddleware<AppEnv>(async function requireRole(c, next) {
      const bearer = bearerOf(c.req.raw.headers);
      if (bearer === null && keysOnly)
        throw new Failure("not-signed-in", { detail: "Send an API key: this is for programs." });
      const asking = bearer === null ? await personOf(c, guard, mayEnrol) : await programOf(c, guard, bearer);
      const { id, role } = asking;
      c.set("staff", { id, role });
      c.set("audit", recorder(c, guard.audit, asking));
      if (!roles.includes(role)) {
        await recordRefusal(c, guard.audit, asking, "forbidden");
        throw new Failure("forbidden", { detail: `The role ${role} may not do this.` });
      }
      await c.get("readUnsized")?.();
      await next();
    });
    // What the description of the API says of who may.
    return Object.assign(middleware, {
      [uniqueSymbol]: { spec: { "x-roles": roles, ...(keysOnly && { "x-keys-only": true }) } },
    });
  };
}
