import { type Context, Hono } from "hono";
import {
  type CaseSummary,
  type CasesAbout,
  type CasesAboutSensor,
  casesAbout,
  casesAboutSensor,
} from "#contract/cases.ts";
import { glucoseRoles, roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorCaseStore } from "../store/sensor-cases.ts";
import { serialOf } from "./device-states.ts";
import { describe } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

interface DeviceCasesOptions {
  cases: Pick<SensorCaseStore, "aboutSensor" | "replacedBy">;
  /** By how many hours early a sensor must have ended to be replaced free of charge. */
  freeReplacementHours: number | null;
  requireRole: RequireRole;
}

export interface PatientCasesOptions {
  cases: Pick<SensorCaseStore, "aboutPatient">;
  patients: PatientStore;
}

/** Without the way to a page that this role may not open. */
export const shownTo = <One extends CaseSummary>(c: Context<AppEnv>, one: One): One =>
  glucoseRoles.includes(c.get("staff").role) || !one.patient
    ? one
    : { ...one, patient: { ...one.patient, patientId: null } };

const about = (c: Context<AppEnv>, { cases, ...rest }: CasesAbout): CasesAbout => ({
  ...rest,
  cases: cases.map((one) => shownTo(c, one)),
});

/** The cases about one sensor. */
export function createDeviceCasesRoute(options: DeviceCasesOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(
    "/:serial/cases",
    options.requireRole(...roles),
    describe("The cases about a sensor, and how many calls they came with", casesAboutSensor),
    async (c) => {
      const serial = serialOf(c.req.param("serial"));
      const look = { action: "device-cases.view", subject: serial } as const;
      const found = await auditLook(c, look, () => options.cases.aboutSensor(serial));
      const { freeReplacementHours } = options;
      const replacementOf = await options.cases.replacedBy(serial);
      const answer = { ...about(c, found), freeReplacementHours, replacementOf };
      return c.json(answer satisfies CasesAboutSensor);
    },
  );
  return routes;
}

/** The cases about the sensors of one patient. */
export function createPatientCasesRoute({ cases, patients }: PatientCasesOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/:id/cases", describe("The cases about sensors of a patient", casesAbout), async (c) => {
    const found = await recordOf(patients, c.req.param("id"));
    const look = { action: "patient-cases.view", subject: found.id } as const;
    const whole = found.mergedInto ?? found.id;
    return c.json(about(c, await auditLook(c, look, () => cases.aboutPatient(whole))));
  });
  return routes;
}
