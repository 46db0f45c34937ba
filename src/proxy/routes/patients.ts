import { Hono } from "hono";
import { glucoseRoles } from "#contract/staff.ts";
import type { AppEnv } from "../app-env.ts";
import type { RequireRole } from "../auth/guard.ts";
import { createPatientCasesRoute, type PatientCasesOptions } from "./cases-about.ts";
import { createPatientListRoutes, type PatientListOptions } from "./patient-list.ts";
import { createMergeRoutes } from "./patient-merges.ts";
import { createPatientNoteRoutes, type PatientNoteOptions } from "./patient-notes.ts";
import { createPatientReadingsRoutes, type PatientReadingsOptions } from "./patient-readings.ts";
import { createPatientRecordRoutes, type PatientRecordOptions } from "./patient-record.ts";
import { createPatientReportRoute, type PatientReportOptions } from "./patient-report.ts";
import { createPatientSensorsRoute, type PatientSensorsOptions } from "./patient-sensors.ts";
import { createPatientsNowRoute, type PatientsNowOptions } from "./patients-now.ts";
import { createReadingsFileRoute } from "./readings-file.ts";
import { createReviewFigureRoutes } from "./review-figures.ts";
import { createWorklistActRoutes, type WorklistActOptions } from "./worklist-acts.ts";

export interface PatientRoutesOptions
  extends PatientListOptions,
    PatientRecordOptions,
    PatientReadingsOptions,
    PatientReportOptions,
    PatientsNowOptions,
    PatientSensorsOptions,
    PatientCasesOptions,
    WorklistActOptions,
    PatientNoteOptions {
  requireRole: RequireRole;
}

export const createPatientRoutes = (options: PatientRoutesOptions): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .use(options.requireRole(...glucoseRoles))
    .route("/", createPatientListRoutes(options))
    .route("/", createReviewFigureRoutes(options))
    .route("/", createPatientsNowRoute(options))
    .route("/", createPatientRecordRoutes(options))
    .route("/", createMergeRoutes(options.patients))
    .route("/", createPatientReadingsRoutes(options))
    .route("/", createReadingsFileRoute(options))
    .route("/", createPatientReportRoute(options))
    .route("/", createPatientSensorsRoute(options))
    .route("/", createPatientCasesRoute(options))
    .route("/", createWorklistActRoutes(options))
    .route("/", createPatientNoteRoutes(options));
