import { Hono } from "hono";
import type { Patient } from "#contract/patient.ts";
import {
  mostWearers,
  type PatientSensor,
  type PatientSensors,
  patientSensors,
  type WearersFound,
  wearerQuery,
  wearersFound,
} from "#contract/patient-sensors.ts";
import { glucoseRoles, roles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { RequireRole } from "../auth/guard.ts";
import { isInDoubt } from "../roster/in-doubt.ts";
import type { Roster } from "../roster/roster.ts";
import { isSimilarId, searchWords } from "../roster/terms.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import type { SensorStore } from "../store/sensors.ts";
import { describe, valid } from "./openapi.ts";
import { seenIn } from "./patient-list.ts";
import { recordOf } from "./patient-record.ts";

export interface PatientSensorsOptions {
  patients: PatientStore;
  sensors: Pick<SensorStore, "wornBy">;
  recalls: Pick<RecallStore, "recalledOf">;
  now: () => number;
}

const earlierOf = (askedAtMs: number | null, dataAskedAtMs: number | null): number | null =>
  askedAtMs === null || dataAskedAtMs === null ? askedAtMs : Math.min(askedAtMs, dataAskedAtMs);

/** Those of each person, of all their accounts, the one started last first. */
async function sensorsOf(
  { patients, sensors, recalls, now }: PatientSensorsOptions,
  people: readonly Patient[],
): Promise<PatientSensor[][]> {
  const accounts = await Promise.all(people.map(patients.openIdsOf));
  const worn = await sensors.wornBy(accounts.flat());
  const recalled = await recalls.recalledOf(worn.map(({ serial }) => serial));
  return accounts.map((openIds) =>
    worn
      .filter(({ openId }) => openId !== null && openIds.includes(openId))
      .map((sensor) => ({
        serial: sensor.serial,
        state: sensor.state,
        boundAtMs: sensor.boundAtMs,
        activatedAtMs: sensor.activatedAtMs,
        estimatedEndAtMs: sensor.estimatedEndAtMs,
        endedAtMs: sensor.endedAtMs,
        lastDataAtMs: sensor.lastDataAtMs,
        askedAtMs: earlierOf(sensor.askedAtMs, sensor.dataAskedAtMs),
        isInDoubt: isInDoubt(sensor, now()),
        isRecalled: recalled.has(sensor.serial),
      })),
  );
}

/** The sensors of one patient. */
export function createPatientSensorsRoute(options: PatientSensorsOptions): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(
    "/:id/sensors",
    describe("All sensors that a patient was seen to wear, and how far each is in its life", patientSensors),
    async (c) => {
      const found = await recordOf(options.patients, c.req.param("id"));
      const look = { action: "patient-sensors.view", subject: found.id } as const;
      const [sensors = []] = await auditLook(c, look, () => sensorsOf(options, [found]));
      return c.json({ sensors } satisfies PatientSensors);
    },
  );
  return routes;
}

export interface WearersOptions extends PatientSensorsOptions {
  roster: Pick<Roster, "searchPeople">;
  requireRole: RequireRole;
  fingerprint: (text: string) => string;
}

/** Whose sensors they are who calls without a serial number; nothing that follows from glucose. */
export function createWearersRoute(options: WearersOptions): Hono<AppEnv> {
  const { roster, requireRole, fingerprint } = options;
  const routes = new Hono<AppEnv>();
  routes.post(
    "/wearers",
    requireRole(...roles),
    describe("The sensors of people found by name, IDs, serial or phone number; no glucose", wearersFound),
    valid("json", wearerQuery),
    async (c) => {
      const { q } = c.req.valid("json");
      const { people, total, isNear } = await roster.searchPeople(q, mostWearers);
      const sensors = await sensorsOf(options, people);
      await c.get("audit")({
        action: "patient-sensors.search",
        details: { found: total, text: fingerprint(searchWords(q).join(" ")), ...seenIn(people) },
      });
      const seesPatients = glucoseRoles.includes(c.get("staff").role);
      return c.json({
        people: people.map(({ id, name, partnerUid, timeZone }, place) => ({
          patientId: seesPatients ? id : null,
          name,
          partnerUid,
          isSimilarId: isSimilarId(partnerUid, q),
          timeZone,
          sensors: sensors[place] ?? [],
        })),
        total,
        isNear,
      } satisfies WearersFound);
    },
  );
  return routes;
}
