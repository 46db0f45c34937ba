import { Hono } from "hono";
import { glucoseRoles } from "#contract/staff.ts";
import { keptWardChoice, wardChoice } from "#contract/ward.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { WardChoiceStore } from "../store/ward-choices.ts";
import { describe, valid } from "./openapi.ts";

/** Whom somebody's screen on the wall shows. */
export function createWardChoiceRoutes(options: {
  wardChoices: WardChoiceStore;
  requireRole: RequireRole;
}): Hono<AppEnv> {
  const { wardChoices, requireRole } = options;
  const clinical = requireRole(...glucoseRoles);
  return new Hono<AppEnv>()
    .get("/", clinical, describe("Whom one's own ward view shows", keptWardChoice), async (c) =>
      c.json({ choice: await wardChoices.get(c.get("staff").id) }),
    )
    .put(
      "/",
      clinical,
      describe("Choose whom the ward view shows", keptWardChoice),
      valid("json", wardChoice),
      async (c) => {
        const choice = c.req.valid("json");
        await wardChoices.keep(c.get("staff").id, choice);
        const { shown, named } = choice;
        const picked: Record<string, number> = "ids" in shown ? { picked: shown.ids.length } : {};
        await c.get("audit")({ action: "ward.choose", details: { named, ...picked } });
        return c.json({ choice });
      },
    );
}
