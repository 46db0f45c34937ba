import { Hono } from "hono";
import {
  type FleetAnswer,
  type FleetQuery,
  fleetAnswer,
  fleetQuery,
  fleetSensors,
  fleetSensorsQuery,
} from "#contract/fleet.ts";
import { roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { FleetStore } from "../store/fleet.ts";
import { describe, valid } from "./openapi.ts";

/** An answer is kept for a hundred times as long as it took, so that a million sensors take a hundredth of the server. */
const freshFactor = 100;
const leastFreshMs = 10_000;

/** How all sensors do; nobody's data is looked at. */
export function createFleetRoutes({
  fleet,
  requireRole,
  now,
}: {
  fleet: FleetStore;
  requireRole: RequireRole;
  now: () => number;
}): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...roles));
  const kept = new Map<string, { untilMs: number; answer: Promise<FleetAnswer> }>();
  async function reckon(name: string, query: FleetQuery): Promise<FleetAnswer> {
    const asOfMs = now();
    const beganMs = performance.now();
    const read = await fleet.read(query);
    const own = kept.get(name);
    if (own) own.untilMs = beganMs + Math.max(leastFreshMs, freshFactor * (performance.now() - beganMs));
    return { asOfMs, ...read };
  }

  routes.get(
    "/",
    describe("How long sensors are worn and how their data comes, by group; no glucose", fleetAnswer),
    valid("query", fleetQuery),
    async (c) => {
      const query = c.req.valid("query");
      const name = Object.values(query).join(" ");
      let known = kept.get(name);
      if (!known || performance.now() >= known.untilMs) {
        // Until it is there, all who ask wait for the same.
        known = { untilMs: Number.POSITIVE_INFINITY, answer: reckon(name, query) };
        kept.set(name, known);
        known.answer.catch(() => kept.delete(name));
      }
      const answer = await known.answer;
      await c.get("audit")({ action: "fleet.view", details: query });
      return c.json(answer);
    },
  );

  routes.post(
    "/sensors",
    describe("The sensors behind a figure of the fleet, at most two hundred", fleetSensors),
    valid("json", fleetSensorsQuery),
    async (c) => {
      const query = c.req.valid("json");
      const found = await fleet.sensors(query);
      const details = { by: query.by, choice: query.choice, found: found.total };
      await c.get("audit")({ action: "fleet-sensors.view", details });
      return c.json(found);
    },
  );

  return routes;
}
