import * as z from "zod/mini";
import { newPassword } from "./password.ts";

/** `GET /api/account`: what concerns the signed-in person's own way in. */
export const account = z.object({
  /**
   * False for who comes by single sign-on or by the demonstration: there
   * is nothing to change or to guard here.
   */
  hasPassword: z.boolean(),
  secondFactor: z.boolean(),
  /** The operator requires a second factor of everyone in this role who has a password. */
  secondFactorRequired: z.boolean(),
  /** How many recovery codes are left; null without a second factor. */
  recoveryCodesLeft: z.nullable(z.number()),
});

export type Account = z.infer<typeof account>;

const text = z.string("required").check(z.minLength(1, "required"), z.maxLength(128, "too-long"));

/** The body of what is done with one's own password only. */
export const ownPassword = z.object({ password: text });

/**
 * The body of what takes a second factor away or could stand in for it: the password, and, where there is
 * one, a code of it or a recovery code.
 */
export const factorProof = z.object({
  password: text,
  code: z.optional(z.string().check(z.maxLength(128, "too-long"))),
});
export type FactorProof = z.infer<typeof factorProof>;

/** The body of `PUT /api/account/password`. Issue messages are stable words; the client translates them. */
export const passwordChange = z.object({ password: text, next: newPassword });
export type PasswordChange = z.infer<typeof passwordChange>;

/**
 * `POST /api/account/second-factor`: shown once. It counts only when a code made from it has been confirmed.
 */
export const enrolment = z.object({
  /** otpauth://, for the QR code. */
  uri: z.string(),
  /** The same secret in base32, to be typed. */
  secret: z.string(),
  recoveryCodes: z.array(z.string()),
});
export type Enrolment = z.infer<typeof enrolment>;

export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodes>;

/** A code as people type it, with or without spaces. */
export const confirmation = z.object({ code: text });

/** `GET /api/account/sessions`: one's own, the one in use first, then by last use. */
export const ownSessions = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      isCurrent: z.boolean(),
      begunAtMs: z.number(),
      usedAtMs: z.number(),
      address: z.string(),
      /** What the browser said of itself. */
      userAgent: z.string(),
    }),
  ),
});
export type OwnSessions = z.infer<typeof ownSessions>;
export type OwnSession = OwnSessions["sessions"][number];

export const done = z.object({ done: z.literal(true) });
