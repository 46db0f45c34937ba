import { Hono } from "hono";
import { mostSavedViews, savedView, savedViewName, savedViews } from "#contract/saved-views.ts";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv, RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { SavedViewStore } from "../store/saved-views.ts";
import { describe, valid } from "./openapi.ts";

/** The views of the list of patients that somebody has named: with their account, wherever they sign in. */
export function createSavedViewRoutes(store: SavedViewStore, requireRole: RequireRole): Hono<AppEnv> {
  const clinical = requireRole(...glucoseRoles);
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
        const views = await store.save(c.get("staff").id, c.req.valid("json"));
        if (!views)
          throw new Failure("invalid-request", {
            detail: `There are ${mostSavedViews} saved views already.`,
            fields: [{ field: "name", reason: "too-many" }],
          });
        await c.get("audit")("view.save");
        return c.json({ views });
      },
    )
    .delete(
      "/",
      clinical,
      describe("Remove a saved view", savedViews),
      valid("json", savedViewName),
      async (c) => {
        const views = await store.remove(c.get("staff").id, c.req.valid("json").name);
        await c.get("audit")("view.remove");
        return c.json({ views });
      },
    );
}
