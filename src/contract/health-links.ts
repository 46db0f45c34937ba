import * as z from "zod/mini";
import { humanText } from "./human-text.ts";

/** Days that a link may hold, today by the patient's clock the last. */
export const healthLinkDays = ["14", "30", "90"] as const;
/** How long a link may work, in days. */
export const healthLinkLives = ["1", "7", "30"] as const;
export const mostWrongPasscodes = 5;
export const shortestPasscode = 6;
export const longestPasscode = 40;
export const longestRecipient = 100;
/** Of one link the last so many openings are named; all are counted. */
export const mostNamedOpenings = 50;
/** Of one patient, that work. */
export const mostHealthLinks = 20;

const rows = ["01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const commonWords = ["password", "passw0rd", "letmein", "welcome", "glucose", "diabetes", "trendline"];

/** Whether five tries would find it: one part again and again, a run of a row, or a word that everybody takes. */
function isCommonPasscode(passcode: string): boolean {
  const typed = passcode.toLowerCase();
  const isRun = rows.some((row) => row.includes(typed) || [...row].reverse().join("").includes(typed));
  return /^(.{1,3})\1+$/u.test(typed) || isRun || commonWords.includes(typed.replace(/\d{0,4}$/, ""));
}

/** The body of `POST /api/patients/{id}/health-links`. */
export const healthLinkRequest = z.strictObject({
  days: z.enum(healthLinkDays, "choice"),
  language: z.enum(["en", "zh-CN"], "choice"),
  unit: z.enum(["mmol/L", "mg/dL"], "choice"),
  paper: z.enum(["a4", "letter"], "choice"),
  lifeDays: z.enum(healthLinkLives, "choice"),
  passcode: z.nullable(
    z.string("required").check(
      z.trim(),
      z.minLength(shortestPasscode, "too-short"),
      z.maxLength(longestPasscode, "too-long"),
      z.refine((passcode) => !isCommonPasscode(passcode), "too-common"),
    ),
  ),
});
export type HealthLinkRequest = z.infer<typeof healthLinkRequest>;

/** `locked`: after too many wrong passcodes. */
const healthLinkStates = ["active", "expired", "locked", "revoked"] as const;

const opening = z.object({
  atMs: z.number(),
  /** As whoever opened it named themselves. */
  recipient: z.string(),
  isRefused: z.boolean(),
});

const healthLink = z.object({
  id: z.string(),
  createdAtMs: z.number(),
  /** Null where nobody here has this ID any more. */
  byName: z.nullable(z.string()),
  expiresAtMs: z.number(),
  /** By the patient's clock, both within. */
  firstDate: z.string(),
  lastDate: z.string(),
  state: z.enum(healthLinkStates),
  hasPasscode: z.boolean(),
  wrongPasscodesLeft: z.number(),
  openedCount: z.number(),
  refusedCount: z.number(),
  /** The last ones, the latest first. */
  openings: z.array(opening),
});
export type HealthLink = z.infer<typeof healthLink>;

/** `GET /api/patients/{id}/health-links`, the newest first, and the answer of revoking one. */
export const healthLinkList = z.object({ links: z.array(healthLink) });
export type HealthLinkList = z.infer<typeof healthLinkList>;

/** The answer of making one. `address` has the key: it is told once and kept nowhere. */
export const newHealthLink = z.object({ address: z.string(), links: z.array(healthLink) });
export type NewHealthLink = z.infer<typeof newHealthLink>;

/** The body of `POST /shl/{token}`, as SMART Health Links has it; what it does not name is ignored. */
export const manifestRequest = z.object({
  recipient: humanText(longestRecipient),
  passcode: z.optional(z.string().check(z.maxLength(longestPasscode, "too-long"))),
  embeddedLengthMax: z.optional(z.number().check(z.int(), z.gte(0))),
});

const file = {
  contentType: z.literal("application/fhir+json"),
  lastUpdated: z.string(),
  status: z.literal("finalized"),
  fhirVersion: z.literal("4.0.1"),
};
export const manifest = z.object({
  files: z.array(
    z.union([z.object({ ...file, embedded: z.string() }), z.object({ ...file, location: z.string() })]),
  ),
});
export type Manifest = z.infer<typeof manifest>;

/** What the link itself says, in base64url behind "shlink:/". */
export const linkPayload = z.object({
  url: z.string(),
  key: z.string().check(z.regex(/^[\w-]{43}$/)),
  exp: z.optional(z.number()),
  flag: z.optional(z.string()),
  label: z.optional(z.string()),
  v: z.optional(z.number()),
});
export type LinkPayload = z.infer<typeof linkPayload>;
