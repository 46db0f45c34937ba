import { type Context, Hono } from "hono";
import { appointments, keptAppointments } from "#contract/appointments.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { hourMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import { appointedOf } from "../roster/resolve-line.ts";
import type { AppointmentStore } from "../store/appointments.ts";
import type { PatientStore } from "../store/patients.ts";
import { describe, valid } from "./openapi.ts";

/** A day has 25 hours where the clocks change. */
const longestDayMs = 25 * hourMs;

export interface AppointmentRoutesOptions {
  appointments: AppointmentStore;
  patients: PatientStore;
  requireRole: RequireRole;
  now: () => number;
}

/** Whom somebody sees today: with their account, since they change rooms, and only until their day ends. */
export function createAppointmentRoutes(options: AppointmentRoutesOptions): Hono<AppEnv> {
  const { appointments: store, patients, now } = options;
  const clinical = options.requireRole(...glucoseRoles);

  async function answer(c: Context<AppEnv>) {
    const known = (
      await Promise.all(
        (
          await store.of(c.get("staff").id)
        ).map(async ({ id, time }) => {
          const patient = await patients.byId(id);
          return patient ? [{ ...appointedOf(patient), time }] : [];
        }),
      )
    ).flat();
    if (known.length > 0)
      await c.get("audit")({
        action: "patients.view",
        details: {
          found: known.length,
          shown: known.length,
          patients: known.map(({ id }) => id).join(" "),
        },
      });
    return c.json({ patients: known });
  }

  return new Hono<AppEnv>()
    .get("/", clinical, describe("One's own appointments of today", keptAppointments), answer)
    .put(
      "/",
      clinical,
      describe("Set one's own appointments of today", keptAppointments),
      valid("json", appointments),
      async (c) => {
        const body = c.req.valid("json");
        if (body.untilMs <= now() || body.untilMs > now() + longestDayMs)
          throw new Failure("invalid-request", {
            detail: "The day has to end within 25 hours.",
            fields: [{ field: "untilMs", reason: "unknown" }],
          });
        await store.keep(c.get("staff").id, body);
        await c.get("audit")({
          action: "appointments.set",
          details: { count: body.ids.length, patients: body.ids.join(" ") },
        });
        return answer(c);
      },
    )
    .delete("/", clinical, describe("Remove one's own appointments", keptAppointments), async (c) => {
      await store.remove(c.get("staff").id);
      await c.get("audit")({ action: "appointments.remove" });
      return answer(c);
    });
}
