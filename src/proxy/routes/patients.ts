import { Hono } from "hono";
import type { Logger } from "pino";
import {
  type NewPatient,
  newPatient,
  type Patient,
  type PatientSummary,
  patient,
  patientChange,
  patientList,
  patientQuery,
  patientSummary,
} from "#contract/patient.ts";
import { readingsRange, readingsResponse, toColumns } from "#contract/readings.ts";
import { glucoseRoles } from "#contract/staff.ts";
import { followsGap } from "#glucose/series.ts";
import type { AppEnv, RequireRole } from "../auth/guard.ts";
import { Failure } from "../failure.ts";
import type { PatientStore } from "../store/patients.ts";
import type { Platform } from "../vendor/platform.ts";
import { compressedJson } from "./compressed-json.ts";
import { describe, valid } from "./openapi.ts";

const dayMs = 24 * 3_600_000;

export interface PatientRoutesOptions {
  patients: PatientStore;
  platform: Platform;
  requireRole: RequireRole;
  now: () => number;
  log: Logger;
}

/** Registers with the platform and adds the patient; one who is already here stays as they are. */
export type RegisterPatient = (body: NewPatient) => Promise<{ patient: Patient; created: boolean }>;

export function createRegisterPatient(
  patients: PatientStore,
  platform: Platform,
  now: () => number,
): RegisterPatient {
  return async (body) => {
    const known = await patients.byPartnerUid(body.partnerUid);
    if (known) return { patient: known, created: false };
    const { openId } = await platform.registerUser(body);
    return patients.add({ ...body, openId }, now());
  };
}

export function createPatientRoutes(options: PatientRoutesOptions): Hono<AppEnv> {
  const { patients, platform, requireRole, now, log } = options;
  const register = createRegisterPatient(patients, platform, now);
  const routes = new Hono<AppEnv>();
  routes.use(requireRole(...glucoseRoles));

  const patientOf = async (id: string): Promise<Patient> => {
    const found = await patients.byId(id);
    if (!found) throw new Failure("patient-unknown", { detail: "No patient has this ID." });
    return found;
  };

  routes.get(
    "/",
    describe("The patients, in name order", patientList),
    valid("query", patientQuery),
    async (c) => {
      await c.get("audit")("patients.view");
      return c.json(await patients.list(c.req.valid("query")));
    },
  );

  routes.post(
    "/",
    describe(
      "Register a patient; one whose partner user ID is here already is answered as is",
      patient,
      "Registered",
    ),
    valid("json", newPatient),
    async (c) => {
      const { patient: registered, created } = await register(c.req.valid("json"));
      await c.get("audit")(created ? "patient.register" : "patient.register-again", registered.id);
      return c.json(registered, created ? 201 : 200);
    },
  );

  routes.get("/:id", describe("One patient", patient), async (c) => {
    const found = await patientOf(c.req.param("id"));
    await c.get("audit")("patient.view", found.id);
    return c.json(found);
  });

  routes.patch(
    "/:id",
    describe("Change what is kept here about a patient", patient),
    valid("json", patientChange),
    async (c) => {
      const { id } = await patientOf(c.req.param("id"));
      await c.get("audit")("patient.change", id);
      return c.json(await patients.change(id, c.req.valid("json")));
    },
  );

  routes.get("/:id/summary", describe("Where a patient is now", patientSummary), async (c) => {
    const found = await patientOf(c.req.param("id"));
    await c.get("audit")("patient-summary.view", found.id);
    return c.json(await summaryOf(platform, found.openId, now(), log));
  });

  routes.get(
    "/:id/readings",
    describe("A patient's readings, by column", readingsResponse),
    valid("query", readingsRange, "range-invalid"),
    async (c) => {
      const found = await patientOf(c.req.param("id"));
      const { start, end } = c.req.valid("query");
      const endMs = Math.min(end, Math.ceil(now()));
      await c.get("audit")("patient-readings.view", found.id);
      const { readings, ...rest } =
        start < endMs
          ? await platform.userReadings(found.openId, start, endMs)
          : { readings: [], leftOut: { malformed: 0, duplicates: 0 }, unread: [], asOfMs: now() };
      return compressedJson(c, { startMs: start, endMs, ...rest, readings: toColumns(readings) });
    },
  );

  return routes;
}

async function summaryOf(
  platform: Platform,
  openId: string,
  nowMs: number,
  log: Logger,
): Promise<PatientSummary> {
  let read = await platform.userReadings(openId, nowMs - dayMs, nowMs);
  if (read.readings.length === 0) read = await platform.userReadings(openId, nowMs - 30 * dayMs, nowMs);
  const latest = read.readings.at(-1);
  if (!latest) return { asOfMs: read.asOfMs, stage: "waiting", latest: null, sensor: null };
  const { timeMs, valueMmolL, trend, warmUp, sensor } = latest;
  const device = await platform.deviceInfo(sensor).catch((error: unknown) => {
    // The row is about the person; without the sensor's dates it only lacks the sensor day, and the screen says so.
    log.warn({ err: error }, "a sensor's dates could not be read");
    return null;
  });
  return {
    asOfMs: read.asOfMs,
    stage: read.readings.every((reading) => reading.warmUp) ? "warming-up" : "reading",
    latest: { timeMs, valueMmolL, trend, warmUp, afterGap: followsGap(read.readings) },
    sensor: {
      serial: sensor,
      activatedAtMs: device?.activatedAtMs ?? null,
      estimatedEndAtMs: device?.estimatedEndAtMs ?? null,
      endedAtMs: device?.endedAtMs ?? null,
    },
  };
}
