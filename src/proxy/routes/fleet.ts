import { Hono } from "hono";
import {
  type FleetAnswer,
  fleetAnswer,
  fleetQuery,
  fleetSensors,
  fleetSensorsQuery,
} from "#contract/fleet.ts";
import { roles } from "#contract/staff.ts";
import { minuteMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { FleetStore } from "../store/fleet.ts";
import { describe, valid } from "./openapi.ts";

/** A fleet changes slowly, and reckoning a million sensors takes seconds. */
const freshMs = 5 * minuteMs;

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
  const kept = new Map<string, { atMs: number; answer: Promise<FleetAnswer> }>();

  routes.get(
    "/",
    describe("How long sensors are worn and how their data comes, by group; no glucose", fleetAnswer),
    valid("query", fleetQuery),
    async (c) => {
      const { by, ends } = c.req.valid("query");
      const name = `${by} ${ends}`;
      const asOfMs = now();
      let known = kept.get(name);
      if (!known || asOfMs - known.atMs >= freshMs || asOfMs < known.atMs) {
        known = { atMs: asOfMs, answer: fleet.read(by, ends).then((read) => ({ asOfMs, ...read })) };
        kept.set(name, known);
        known.answer.catch(() => kept.delete(name));
      }
      const answer = await known.answer;
      await c.get("audit")({ action: "fleet.view", details: { by, ends } });
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
