import * as z from "zod/mini";
import { dayMs } from "#glucose/time.ts";
import { importStates, importTrouble } from "./import.ts";
import { reportStyle } from "./patient-report.ts";
import { presetDays } from "./period.ts";
import { mostRangeDays, mostReports } from "./reports-limits.ts";

/**
 * `new`: not made yet. `made`. `empty`: made, and says that there are no readings in the period. `failed`: could not
 * be made.
 */
export const reportOutcomes = ["new", "made", "empty", "failed"] as const;
export type ReportOutcome = (typeof reportOutcomes)[number];

const dateMs = (date: string) => Date.parse(`${date}T00:00:00Z`);
const date = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, "date"),
  // Parsing takes 30 February for 2 March.
  z.refine((text) => !(dateMs(text) >= 0) || new Date(dateMs(text)).toISOString().startsWith(text), "date"),
  z.refine((text) => dateMs(text) >= 0, "date"),
);

/** The period and how it is told: up to now, or whole days by each patient's clock, both within. */
const asked = {
  ...reportStyle,
  period: z.union([
    z.strictObject({ days: z.union(presetDays.map((days) => z.literal(days))) }),
    z.strictObject({ from: date, to: date }).check(
      z.refine(({ from, to }) => from <= to, { error: "start-before-end", path: ["to"] }),
      z.refine(({ from, to }) => dateMs(to) - dateMs(from) < mostRangeDays * dayMs, {
        error: "too-long",
        path: ["to"],
      }),
    ),
  ]),
};
export const reportsAsked = z.object(asked);
export type ReportsAsked = z.infer<typeof reportsAsked>;

/** The body of `POST /api/reports`: of whom, in this order. */
export const newReports = z.strictObject({
  patients: z
    .array(z.string().check(z.minLength(1, "required"), z.maxLength(100, "too-long")))
    .check(z.minLength(1, "required"), z.maxLength(mostReports, "too-many")),
  ...asked,
});
export type NewReports = z.infer<typeof newReports>;

/** `GET /api/reports/{id}`, and the answer of everything that is done to it. */
export const reportsJob = z.object({
  id: z.string(),
  state: z.enum(importStates),
  total: z.number(),
  createdAtMs: z.number(),
  /** When it and its files are deleted. */
  keptUntilMs: z.number(),
  asked: reportsAsked,
  counts: z.record(z.enum(reportOutcomes), z.number()),
  asOfMs: z.number(),
  rowsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  trouble: z.nullable(importTrouble),
  waitUntilMs: z.nullable(z.number()),
});
export type ReportsJob = z.infer<typeof reportsJob>;

/** `GET /api/reports`: one's own, the newest first. */
export const reportsJobs = z.object({ jobs: z.array(reportsJob) });
export type ReportsJobs = z.infer<typeof reportsJobs>;

const reportRow = z.object({
  row: z.number(),
  patientId: z.string(),
  /** Null where nobody here has this ID. */
  patient: z.nullable(
    z.object({ name: z.string(), partnerUid: z.string(), hospitalNumber: z.nullable(z.string()) }),
  ),
  outcome: z.enum(reportOutcomes),
  trouble: z.nullable(importTrouble),
});
export type ReportRow = z.infer<typeof reportRow>;

/** `GET /api/reports/{id}/rows`: all of its patients, in order. */
export const reportRows = z.object({ rows: z.array(reportRow) });
export type ReportRows = z.infer<typeof reportRows>;
