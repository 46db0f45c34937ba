import * as z from "zod/mini";
import { daysIn, mostPatientDays } from "./readings-file-limits.ts";
import { newReports } from "./reports.ts";

/** The body of `POST /api/patients/readings-file`: whose readings, of which period, in which unit. */
export const readingsFileAsked = z
  .pick(newReports, { patients: true, period: true, language: true, unit: true })
  .check(
    z.refine(({ patients, period }) => new Set(patients).size * daysIn(period) <= mostPatientDays, {
      error: "too-many",
      path: ["patients"],
    }),
  );
export type ReadingsFileAsked = z.infer<typeof readingsFileAsked>;
