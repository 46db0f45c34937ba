import { type Context, Hono } from "hono";
import { mostSavedViews, savedView, savedViewName, savedViews } from "#contract/saved-views.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { SavedViewStore } from "../store/saved-views.ts";
import { describe, valid } from "./openapi.ts";

/** The views of the list of patients that somebody has named: with their account, wherever they sign in. */
export function createSavedViewRoutes(options: {
  savedViews: SavedViewStore;
  requireRole: RequireRole;
  fingerprint: (text: string) => string;
}): Hono<AppEnv> {
  const { savedViews: store, fingerprint } = options;
  const clinical = options.requireRole(...glucoseRoles);
  /** A view's name may be a patient's: the trail tells one from another and no more, as with searches. */
  const record = (c: Context<AppEnv>, action: "view.save" | "view.remove", name: string, done: boolean) =>
    c.get("audit")({ action, outcome: done ? "ok" : "failed", details: { view: fingerprint(name) } });
  return new Hono<AppEnv>()
    .get("/", clinical, describe("One's own saved views of the list", savedViews), async (c) =>
      c.json({ views: await store.list(c.get("staff").id) }),
    )
    .put(
      "/",
      clinical,
      describe("Save a view of the list under a name", savedViews),
      valid("json", savedView),
      async (c) => {
        const view = c.req.valid("json");
        const views = await store.save(c.get("staff").id, view);
        await record(c, "view.save", view.name, views !== null);
        if (!views)
          throw new Failure("invalid-request", {
            detail: `There are ${mostSavedViews} saved views already.`,
            fields: [{ field: "name", reason: "too-many" }],
          });
        return c.json({ views });
      },
    )
    .delete(
      "/",
      clinical,
      describe("Remove a saved view", savedViews),
      valid("json", savedViewName),
      async (c) => {
        const { name } = c.req.valid("json");
        const views = await store.remove(c.get("staff").id, name);
        await record(c, "view.remove", name.trim().normalize("NFC"), views !== null);
        if (!views) throw new Failure("not-found", { detail: "No saved view has this name." });
        return c.json({ views });
      },
    );
}
