import * as z from "zod/mini";

export const roles = ["clinician", "support", "administrator"] as const;
const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Roles that may see a patient and glucose values. Support sees devices and how complete their data is. */
export const glucoseRoles: readonly Role[] = ["clinician", "administrator"];

/** `GET /api/about`, open to all: what the sign-in page and the client's clock need to know. */
export const about = z.object({
  platform: z.enum(["sandbox", "partner"]),
  /** The server's clock, Unix ms. Ages on screen count from this, not from a workstation's clock. */
  nowMs: z.number(),
  /** How many times faster than real time the server's clock runs; 1 unless the sandbox was sped up. */
  clockSpeed: z.number(),
  /** The name of the sign-in service for the button; null without single sign-on. */
  singleSignOn: z.nullable(z.string()),
  /** Null while the platform answers; else when it last did. */
  notAnsweringSinceMs: z._default(z.nullable(z.number()), null),
  /** After how many minutes without a hand on the screen people are signed out. */
  idleSignOutMinutes: z.number(),
});
export type About = z.infer<typeof about>;

export const signedInSession = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), role }),
  /**
   * There only where it is true: a second factor is required, and until it is there nothing else can be done.
   */
  mustEnrol: z.optional(z.boolean()),
});
/** `GET /api/auth/get-session`; null when signed out. */
export const session = z.nullable(signedInSession);
export type Session = z.infer<typeof session>;

const staffMember = z.object({ id: z.string(), name: z.string(), email: z.string(), role });
export type StaffMember = z.infer<typeof staffMember>;

const staffAccount = z.extend(staffMember, {
  /** Inactive people are kept, so that the audit trail still names them, and cannot sign in. */
  active: z.boolean(),
  /** How they can sign in; neither on the sandbox, where one click does. */
  hasPassword: z.boolean(),
  hasSingleSignOn: z.boolean(),
  /** One of their own, beside the password; a sign-in service's is not known here. */
  secondFactor: z.boolean(),
  lastSignInMs: z.nullable(z.number()),
});
export type StaffAccount = z.infer<typeof staffAccount>;

/** `GET /api/staff`, for administrators: everyone who may sign in or once could, in name order. */
export const staffList = z.object({ staff: z.array(staffAccount) });
export type StaffList = z.infer<typeof staffList>;

/** The body of `PATCH /api/staff/{id}`. Refused for oneself, and where no administrator would be left. */
export const staffChange = z
  .strictObject({ role: z.optional(role), active: z.optional(z.boolean()) })
  .check(z.refine(({ role, active }) => role !== undefined || active !== undefined, "nothing"));
export type StaffChange = z.infer<typeof staffChange>;

/** `GET /api/staff/colleagues`, for roles that may see patients: who can be in a care team, in name order. */
export const colleagues = z.object({ colleagues: z.array(z.object({ id: z.string(), name: z.string() })) });
export type Colleagues = z.infer<typeof colleagues>;

/**
 * The `error` with which single sign-on leads back to the sign-in page: ours
 * first, then OAuth's and better-auth's.
 */
export const signInErrors = [
  "no_role",
  "email_unverified",
  "last_administrator",
  "provider_unreachable",
  "BANNED_USER",
  "SECOND_FACTOR_UNREADABLE",
  "access_denied",
  "account_not_linked",
  "email_not_found",
  "state_mismatch",
  "state_not_found",
] as const;
export type SignInError = (typeof signInErrors)[number];
