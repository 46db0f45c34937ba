import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { uniqueSymbol } from "hono-openapi";
import { embedPassPrefix } from "#contract/embed-limits.ts";
import type { AppEnv } from "../app-env.ts";
import type { Audit } from "../audit/write.ts";
import { Failure } from "../failure.ts";
import type { Embeds } from "./embeds.ts";
import { recorder, recordRefusal, stranger } from "./guard.ts";

const bearer = new RegExp(`^Bearer +(${embedPassPrefix}\\S+) *$`, "i");

export type RequirePass = MiddlewareHandler<AppEnv>;

/** Lets in who has a pass, as the program under whose key it was made, and keeps everyone else out. Cookies say nothing. */
export function createRequirePass({ embeds, audit }: { embeds: Embeds; audit: Audit }): RequirePass {
  const middleware = createMiddleware<AppEnv>(async function requirePass(c, next) {
    const pass = bearer.exec(c.req.header("authorization") ?? "")?.[1];
    if (!pass)
      throw new Failure("not-signed-in", { detail: "This answers to a view in a partner's page alone." });
    const found = await embeds.admit(pass, c.get("clientAddress"));
    const asking = found.key ? { ...found.key, session: found.claims?.id ?? found.key.id } : stranger;
    if ("failure" in found) {
      // A view that has run out asks once more.
      if (found.reason !== "too-many" && found.reason !== "expired")
        await recordRefusal(c, audit, asking, found.key ? "forbidden" : "failed", { embed: found.reason });
      throw found.failure;
    }
    const { claims, key } = found;
    const record = recorder(c, audit, { ...key, session: claims.id });
    c.set("staff", { id: key.id, role: key.role });
    c.set("embed", claims);
    c.set("audit", (entry) =>
      record({ ...entry, details: { ...entry.details, framedBy: claims.parentOrigin } }),
    );
    await next();
  });
  return Object.assign(middleware, { [uniqueSymbol]: { spec: { "x-embed": true } } });
}
