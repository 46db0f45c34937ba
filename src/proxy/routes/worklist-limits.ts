import { Hono } from "hono";
import { newLimits, type WorklistLimits, worklistLimits } from "#contract/limits.ts";
import { roles } from "#contract/staff.ts";
import { usualLimits } from "#glucose/limits.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { type LimitsStore, limitsThatDiffer } from "../store/worklist-limits.ts";
import { describe, valid } from "./openapi.ts";

/** Where the clinic draws the lines of the list; they are its administrators' to move. */
export function createWorklistLimitRoutes(options: {
  limits: LimitsStore;
  requireRole: RequireRole;
  now: () => number;
}): Hono<AppEnv> {
  const { limits: store, requireRole, now } = options;
  const answer = async (): Promise<WorklistLimits> => {
    const { limits, set } = await store.read();
    return { limits, usual: usualLimits, set };
  };
  return new Hono<AppEnv>()
    .get("/", requireRole(...roles), describe("The limits of the list", worklistLimits), async (c) =>
      c.json(await answer()),
    )
    .put(
      "/",
      requireRole("administrator"),
      describe("Set the limits of the list", worklistLimits),
      valid("json", newLimits),
      async (c) => {
        const { limits, from } = c.req.valid("json");
        const { before, changed } = await store.change(limits, from, c.get("staff").id, now());
        // What was tried, where a colleague had changed other ones meanwhile.
        const was = changed ? before : from;
        const others = limitsThatDiffer(was, limits);
        const details = {
          changed: others.join(" "),
          ...Object.fromEntries(
            others.flatMap((key) => [
              [`${key}.before`, was[key]],
              [`${key}.after`, limits[key]],
            ]),
          ),
        };
        const outcome = changed ? "ok" : "failed";
        if (others.length > 0) await c.get("audit")({ action: "worklist.limits", outcome, details });
        if (!changed)
          throw new Failure("changed-meanwhile", {
            detail: "Nothing was changed: read the limits again and decide.",
            fields: limitsThatDiffer(before, from).map((field) => ({ field, reason: "changed" })),
          });
        return c.json(await answer());
      },
    );
}
