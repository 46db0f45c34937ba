import * as z from "zod/mini";
import type { Role } from "./staff.ts";
import { glucoseRoles, roles } from "./staff.ts";

/**
 * Everything that is written into the trail, beside calls that were refused.
 * Rows of before may have other names.
 */
export const auditActions = [
  "sign-in",
  "sign-in.code",
  "sign-in.recovery-code",
  "sign-out",
  "account.lock-out",
  "account.view",
  "account.password-change",
  "account.second-factor-begin",
  "account.second-factor-on",
  "account.second-factor-off",
  "account.recovery-codes",
  "account.sessions.view",
  "session.revoke",
  "patients.view",
  "patients.search",
  "patient.view",
  "patient-summary.view",
  "patient-readings.view",
  "patient-fhir.read",
  "patient-embed.token",
  "patient-embed.open",
  "device-embed.token",
  "device-embed.open",
  "health-link.view",
  "health-link.create",
  "health-link.revoke",
  "health-link.open",
  "patient-submission.view",
  "patient-submission.start",
  "patient-submission.find",
  "patient-submission.send",
  "patient-submission.answer",
  "patient-submission.again",
  "patient-submission.cancel",
  "patient-submission.order",
  "patient-submission.order-stop",
  "patient.register",
  "patient.register-again",
  "patient.change",
  "patient.merge",
  "patient.unmerge",
  "patient.review",
  "patient.review-undo",
  "patient.snooze",
  "patient.snooze-end",
  "patient.hand-over",
  "patient.hand-over-end",
  "patient.note",
  "patient.note-remove",
  "patient-notes.view",
  "patient-reasons.view",
  "worklist.limits",
  "patient-devices.view",
  "patient-devices.search",
  "patient-sensors.view",
  "patient-sensors.search",
  "patient-devices.review",
  "patient-devices.review-undo",
  "patient-devices.words",
  "patient-devices.snooze",
  "patient-devices.snooze-end",
  "appointments.set",
  "appointments.remove",
  "ward.view",
  "ward.choose",
  "view.save",
  "view.remove",
  "device.view",
  "device.box",
  "device.box-replace",
  "device-cases.view",
  "patient-cases.view",
  "case.open",
  "case.view",
  "case.search",
  "case.change",
  "case.call",
  "case.call-change",
  "case.call-withdraw",
  "case.export",
  "case.print",
  "cases.print",
  "device-journey.view",
  "device-readings.view",
  "fleet.view",
  "fleet-sensors.view",
  "import.check",
  "import.view",
  "import.leave-out",
  "import.take-in",
  "import.start",
  "import.retry",
  "import.pause",
  "import.cancel",
  "import.remove",
  "staff.view",
  "staff.add",
  "staff.make-clinician",
  "staff.make-support",
  "staff.make-administrator",
  "staff.deactivate",
  "staff.reactivate",
  "staff.reinstate",
  "staff.sign-out",
  "staff.second-factor-off",
  "staff.password-link",
  "invitation.view",
  "invitation.create",
  "invitation.withdraw",
  "invitation.accept",
  "key.view",
  "key.make",
  "key.revoke",
  "exchange.view",
  "exchange.on",
  "exchange.off",
  "receiver.view",
  "receiver.name",
  "receiver.change",
  "receiver.test",
  "receiver.stop-orders",
  "receiver.remove",
  "launch-issuer.view",
  "launch-issuer.name",
  "launch-issuer.change",
  "launch-issuer.remove",
  "launch-issuer.test",
  "launch.begin",
  "launch.open",
  "audit.view",
  "audit.export",
  "audit.verify",
  "audit.prune",
  "audit.broken",
  "audit.key-change",
  "patient-readings.export",
  "patient-readings.copy",
  "recall.view",
  "recall.compare",
  "recall.start",
  "recall.change",
  "recall.remove",
  "patient.recall-contact",
  "patient.recall-undo",
  "sensor-list.view",
  "sensor-list.start",
  "sensor-list.retry",
  "sensor-list.pause",
  "sensor-list.cancel",
  "sensor-list.remove",
  "sensor-list.export",
  "reports.view",
  "reports.start",
  "reports.retry",
  "reports.pause",
  "reports.cancel",
  "reports.remove",
  "reports.download",
  "recall.export",
  "import-result.export",
  "device-ticket.copy",
  "patient.print",
  "patient.export",
  "patients.print",
  "patients.export",
  "device.print",
  "sensor-list.print",
  "import.print",
  "staff.print",
  "audit.print",
] as const;
export type AuditAction = (typeof auditActions)[number];

/** A call by somebody whose role may not make it, as "GET /api/staff". */
export type RefusedCall = `${string} /${string}`;

type EventSubject = "patient" | "device" | "case" | "import" | "sensor-list" | "recall" | null;

/** What a browser does with data it already has: who may say so, and what it is done to. */
export const clientAuditEvents = {
  "patient-readings.export": { roles: glucoseRoles, subject: "patient" },
  "patient-readings.copy": { roles: glucoseRoles, subject: "patient" },
  "sensor-list.export": { roles, subject: "sensor-list" },
  "recall.export": { roles, subject: "recall" },
  "import-result.export": { roles: glucoseRoles, subject: "import" },
  "device-ticket.copy": { roles, subject: "device" },
  "case.export": { roles, subject: "case" },
  "case.print": { roles, subject: "case" },
  "cases.print": { roles, subject: null },
  "patient.print": { roles: glucoseRoles, subject: "patient" },
  "patients.print": { roles: glucoseRoles, subject: null },
  "patients.export": { roles: glucoseRoles, subject: null },
  "device.print": { roles, subject: "device" },
  "sensor-list.print": { roles, subject: null },
  "import.print": { roles: glucoseRoles, subject: "import" },
  "staff.print": { roles: ["administrator"], subject: null },
  "audit.print": { roles: ["administrator"], subject: null },
} as const satisfies Partial<Record<AuditAction, { roles: readonly Role[]; subject: EventSubject }>>;
export type ClientAuditEvent = keyof typeof clientAuditEvents;

const event = z.enum(Object.keys(clientAuditEvents) as [ClientAuditEvent, ...ClientAuditEvent[]]);

/** The body of `POST /api/audit/events`. */
export const clientAuditEventBody = z.strictObject({
  event,
  subject: z.optional(z.string().check(z.minLength(1, "required"), z.maxLength(100, "too-long"))),
});

/**
 * `locked`: not even looked at, after too many wrong passwords; `code-asked`: a
 * right password that a code has to follow.
 */
export const auditOutcomes = ["ok", "unchanged", "code-asked", "forbidden", "failed", "locked"] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

const whole = z.coerce.number().check(z.int(), z.gte(0));
const text = z.string().check(z.minLength(1), z.maxLength(200));

/** Nobody is signed in: a sign-in that failed, or the server itself. */
export const nobody = "nobody";
export const mostAuditRows = 1000;

/**
 * The query of `GET /api/audit`. A patient is named by ID, so that no name stands in an address. `before` is
 * the `next` of the page before; `export` says that the rows are going into a file.
 */
export const auditQuery = z.strictObject({
  actor: z.optional(text),
  action: z.optional(text),
  subject: z.optional(text),
  /** `ok` is whatever was neither forbidden nor failed. */
  outcome: z.optional(z.enum(auditOutcomes)),
  address: z.optional(text),
  fromMs: z.optional(whole),
  /** Exclusive. */
  toMs: z.optional(whole),
  before: z.optional(z.string().check(z.regex(/^\d{1,16}-\d{1,16}$/))),
  limit: z._default(whole.check(z.gte(1), z.lte(mostAuditRows)), 100),
  export: z.optional(z.literal("1")),
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** `name` is null where nobody here has this ID any more. */
const subject = z.object({
  kind: z.enum([
    "patient",
    "staff",
    "import",
    "sensor-list",
    "recall",
    "case",
    "device",
    "key",
    "reports",
    "other",
  ]),
  id: z.string(),
  name: z.nullable(z.string()),
});
export type AuditSubject = z.infer<typeof subject>;

const entry = z.object({
  seq: z.number(),
  atMs: z.number(),
  actor: z.nullable(z.object({ id: z.string(), name: z.nullable(z.string()), role: z.nullable(z.string()) })),
  action: z.string(),
  subject: z.nullable(subject),
  outcome: z.string(),
  details: z.nullable(z.record(z.string(), z.union([z.string(), z.number()]))),
  requestId: z.string(),
  clientAddress: z.string(),
  /** Ties this row to all before it: whoever keeps one has a witness outside the database. */
  mac: z.string(),
});
export type AuditEntry = z.infer<typeof entry>;

/** `next` is null on the last page; `patientNames` are by ID, of those whom the rows' `patients` detail names. */
export const auditPage = z.object({
  rows: z.array(entry),
  patientNames: z.record(z.string(), z.string()),
  next: z.nullable(z.string()),
});
export type AuditPage = z.infer<typeof auditPage>;

/** `GET /api/audit/choices`: what there is to filter by, and how many rows the trail has come to. */
export const auditChoices = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
  rows: z.number(),
});
export type AuditChoices = z.infer<typeof auditChoices>;

/**
 * What is wrong with the chain. `missing`: rows that were removed. `altered`: rows that do not say what was
 * written. `order`: a row that does not follow the one before it. `head`: the record of where the trail ends
 * was missing, altered or put back; `after-end`: rows after that end.
 */
const auditFaults = ["missing", "altered", "order", "head", "after-end"] as const;
const span = z.object({ fromSeq: z.number(), toSeq: z.number() });
const fault = z.extend(span, { kind: z.enum(auditFaults) });
export type AuditSpan = z.infer<typeof span>;
export type AuditFault = z.infer<typeof fault>;

/** `GET /api/audit/verification`. */
export const auditVerification = z.object({
  atMs: z.number(),
  /** Rows that were read, and the time of the oldest of them. */
  rows: z.number(),
  sinceMs: z.nullable(z.number()),
  lastSeq: z.number(),
  lastMac: z.string(),
  beganAtMs: z.nullable(z.number()),
  /** Rows written before there was a chain: unaltered since it began. */
  beforeChain: z.number(),
  pruned: z.nullable(z.object({ throughSeq: z.number(), untilMs: z.number() })),
  /** The first hundred. */
  faults: z.array(fault),
  faultCount: z.number(),
  /**
   * Rows signed under an AUTH_SECRET that this server does not have: the order they stand in is checked, what
   * they say cannot be. The first hundred spans; `uncheckedRows` are all of them. The trail is whole only
   * where there are neither faults nor these.
   */
  unchecked: z.array(span),
  uncheckedRows: z.number(),
});
export type AuditVerification = z.infer<typeof auditVerification>;
