import * as z from "zod/mini";
import { type Period, presetDays } from "./period.ts";
import { longestRangeMs, rangeTime } from "./readings-range.ts";

/** How a report is told. */
export const reportStyle = {
  language: z.enum(["en", "zh-CN"], "choice"),
  unit: z.enum(["mmol/L", "mg/dL"], "choice"),
  paper: z.enum(["a4", "letter"], "choice"),
  /** The report of the page, or one sheet in plain words for the patient. */
  audience: z._default(z.enum(["clinic", "patient"], "choice"), "clinic"),
};

/**
 * The query of `GET /api/patients/{id}/report.pdf`: the period as the page's address has it, `days` or `start`
 * and `end`, and how it is told.
 */
export const patientReportQuery = z
  .strictObject({
    days: z.optional(z.enum(presetDays.map(String), "choice")),
    start: z.optional(rangeTime),
    end: z.optional(rangeTime),
    ...reportStyle,
  })
  .check(
    z.refine(({ days, start, end }) => (days === undefined) === (start !== undefined && end !== undefined), {
      error: "required",
      path: ["days"],
    }),
    z.refine(({ start = 0, end = 1 }) => start < end, { error: "start-before-end", path: ["end"] }),
    z.refine(({ start = 0, end = 0 }) => end - start <= longestRangeMs, { error: "too-long", path: ["end"] }),
  );
export type PatientReportQuery = z.infer<typeof patientReportQuery>;

/** The query of `GET /api/patients/{id}/leaflet.pdf`. */
export const leafletQuery = z.strictObject({ language: reportStyle.language, paper: reportStyle.paper });
export type LeafletQuery = z.infer<typeof leafletQuery>;

/** The period that a query asks for. */
export function periodAsked({ days, start = 0, end = 0 }: PatientReportQuery): Period {
  const preset = presetDays.find((known) => String(known) === days);
  return preset ? { kind: "last", days: preset } : { kind: "range", startMs: start, endMs: end };
}
