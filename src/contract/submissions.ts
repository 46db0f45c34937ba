import * as z from "zod/mini";
import { healthLinkDays } from "./health-links.ts";
import { ownId } from "./human-text.ts";
import { trouble } from "./receivers.ts";

export const orderRhythms = ["day", "week"] as const;
export type OrderRhythm = (typeof orderRhythms)[number];

const asked = {
  receiverId: ownId,
  /** So many whole days, up to the last of which no reading is expected any more. */
  days: z.enum(healthLinkDays, "choice"),
  /** Of the report. */
  language: z.enum(["en", "zh-CN"], "choice"),
  unit: z.enum(["mmol/L", "mg/dL"], "choice"),
  paper: z.enum(["a4", "letter"], "choice"),
};

/** The body of `POST /api/patients/{id}/submissions`. */
export const newSubmission = z.strictObject(asked);
export type NewSubmission = z.infer<typeof newSubmission>;

/** The body of `POST /api/patients/{id}/standing-orders`. */
export const newStandingOrder = z.strictObject({ ...asked, every: z.enum(orderRhythms, "choice") });
export type NewStandingOrder = z.infer<typeof newStandingOrder>;

/** `partly`: some entries were refused. */
const submissionStates = ["waiting", "done", "partly", "failed", "cancelled"] as const;
export type SubmissionState = (typeof submissionStates)[number];

/** What the receiver said of one resource. */
const submissionEntry = z.object({
  type: z.string(),
  /** Of our identifier, which tells no value. */
  name: z.string(),
  status: z.number(),
  said: z.string(),
});
export type SubmissionEntry = z.infer<typeof submissionEntry>;

/** Whether it has it by now: taken, there already, or there unchanged. */
export const isTaken = ({ status }: Pick<SubmissionEntry, "status">): boolean =>
  (status >= 200 && status < 300) || status === 304;

const named = z.object({ id: z.string(), name: z.string() });

const submission = z.object({
  id: z.string(),
  receiver: named,
  /** Who pressed it last, or gave the order; null where nobody here has this ID any more. */
  byName: z.nullable(z.string()),
  isStanding: z.boolean(),
  createdAtMs: z.number(),
  /** By the patient's clock, both within. */
  firstDate: z.string(),
  lastDate: z.string(),
  state: z.enum(submissionStates),
  /** How often it was tried since somebody last pressed. */
  attempts: z.number(),
  /** While it waits: when it is tried next. */
  nextAtMs: z.nullable(z.number()),
  /** When the receiver last answered for its entries. */
  answeredAtMs: z.nullable(z.number()),
  trouble: z.nullable(trouble),
  /** Where the receiver has the patient, "Patient/7"; null where it has not said. */
  patientThere: z.nullable(z.string()),
  /** Found there by the hospital number, with no date of birth to compare. */
  isByNumberAlone: z.boolean(),
  entries: z.array(submissionEntry),
});
export type Submission = z.infer<typeof submission>;

const standingOrder = z.object({
  id: z.string(),
  receiver: named,
  byName: z.nullable(z.string()),
  createdAtMs: z.number(),
  every: z.enum(orderRhythms),
  days: z.enum(healthLinkDays),
  nextAtMs: z.number(),
});
export type StandingOrder = z.infer<typeof standingOrder>;

/** `GET /api/patients/{id}/submissions`, and the answer of each change. */
export const patientSubmissions = z.object({
  /** Whether exchange is on: while it is off everything waits. */
  isOn: z.boolean(),
  /** To whom something can be sent. */
  receivers: z.array(named),
  /** The newest first. */
  submissions: z.array(submission),
  orders: z.array(standingOrder),
});
export type PatientSubmissions = z.infer<typeof patientSubmissions>;
