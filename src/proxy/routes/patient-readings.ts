import { Hono } from "hono";
import type { Patient } from "#contract/patient.ts";
import { readingsResponse } from "#contract/readings.ts";
import { readingsRange } from "#contract/readings-range.ts";
import { patientRanges, patientSummary } from "#contract/roster.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import type { BriefCaches } from "../brief-cache.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { Roster } from "../roster/roster.ts";
import type { PatientStore } from "../store/patients.ts";
import { lookAtReadings, lookAtSummary } from "./looks.ts";
import { describe, valid } from "./openapi.ts";
import { noSuchPatient, recordOf } from "./patient-record.ts";
import { readingsAnswer } from "./readings-answer.ts";

export interface PatientReadingsOptions {
  patients: PatientStore;
  statuses: StatusReader;
  roster: Roster;
  limitReads: LimitReads;
  brief: BriefCaches;
  now: () => number;
}

/** What the platform has of one patient. */
export function createPatientReadingsRoutes(options: PatientReadingsOptions): Hono<AppEnv> {
  const { patients, statuses, roster, limitReads } = options;
  const known = options.brief.create<Patient>();
  const routes = new Hono<AppEnv>();

  routes.get("/:id/summary", limitReads, describe("Where a patient is now", patientSummary), async (c) => {
    const found = await recordOf(patients, c.req.param("id"));
    const summary = await lookAtSummary(c, options, found);
    // After the look, so that value and reasons are of the same readings.
    return c.json({ ...summary, listed: await roster.rowNow(found.mergedInto ?? found.id) });
  });

  routes.get(
    "/:id/ranges",
    limitReads,
    describe("Time in ranges of the last 14 days", patientRanges),
    async (c) => {
      const found = await recordOf(patients, c.req.param("id"));
      const look = { action: "patient-summary.view", subject: found.id } as const;
      return c.json(await auditLook(c, look, () => statuses.ranges(found)));
    },
  );

  routes.get(
    "/:id/readings",
    limitReads,
    describe("A patient's readings, by column", readingsResponse),
    valid("query", readingsRange, "range-invalid"),
    async (c) => {
      const id = c.req.param("id");
      const found = await known(id, () => patients.byId(id));
      if (!found) throw noSuchPatient();
      return readingsAnswer(c, await lookAtReadings(c, options, found, c.req.valid("query")));
    },
  );

  return routes;
}
