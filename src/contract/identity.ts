import * as z from "zod/mini";
import { dateOfBirth } from "./calendar-date.ts";
import { humanText } from "./text.ts";

export const diabetesTypes = ["type-1", "type-2", "gestational", "other"] as const;
export type DiabetesType = (typeof diabetesTypes)[number];

export const therapies = [
  "automated-insulin-delivery",
  "pump",
  "multiple-daily-injections",
  "basal",
  "no-insulin",
] as const;
export type Therapy = (typeof therapies)[number];

export const hospitalNumberMaxLength = 64;
export const phoneMaxLength = 32;
const leastDigits = 3;
const mostDigits = 20;

/** As people write it, with other kinds of dashes and of separators as the plain ones. */
const phone = z.string("phone").check(
  z.overwrite((text) =>
    text
      .normalize("NFKC")
      .replace(/[\p{Pd}\u2212]/gu, "-")
      .replace(/[\s./]+/g, " ")
      .trim(),
  ),
  z.maxLength(phoneMaxLength, "too-long"),
  z.regex(/^[\d +()-]*$/, "phone"),
  z.refine((text) => {
    const digits = text.replace(/\D/g, "").length;
    return digits >= leastDigits && digits <= mostDigits;
  }, "phone"),
);

/** What tells two people of one name apart, and what they are treated for: each may be unknown. */
export const identityFields = {
  dateOfBirth,
  /** By which the clinic or hospital files this person; two may have the same. */
  hospitalNumber: humanText(hospitalNumberMaxLength),
  diabetesType: z.enum(diabetesTypes, "choice"),
  therapy: z.enum(therapies, "choice"),
  phone,
};
export type IdentityField = keyof typeof identityFields;
export const identityFieldNames = Object.keys(identityFields) as IdentityField[];

/** By what somebody may be the same person as another. */
const sharedIdentities = ["hospital-number", "name-and-birth", "phone-and-birth"] as const;

/** Who is likely the same person: a warning, never a refusal. */
export const likelyDuplicate = z.object({
  id: z.string(),
  name: z.string(),
  partnerUid: z.string(),
  dateOfBirth: z.nullable(z.string()),
  same: z.enum(sharedIdentities),
});
export type LikelyDuplicate = z.infer<typeof likelyDuplicate>;
