import type { TargetChoice } from "#glucose/targets.ts";

export const diabetesTypes = ["type-1", "type-2", "gestational", "other"] as const;
export type DiabetesType = (typeof diabetesTypes)[number];

/** Whether the record says gestational and the targets are none of pregnancy's, nor the patient's own. */
export const isOffPregnancyTargets = ({
  diabetesType,
  targets,
}: {
  diabetesType: DiabetesType | null;
  targets: TargetChoice;
}): boolean =>
  diabetesType === "gestational" && typeof targets === "string" && !targets.startsWith("pregnancy");

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
/** What tells two people of one name apart, and what they are treated for: each may be unknown. */
export const identityFieldNames = [
  "dateOfBirth",
  "hospitalNumber",
  "diabetesType",
  "therapy",
  "phone",
] as const;
export type IdentityField = (typeof identityFieldNames)[number];

/** By what somebody may be the same person as another. */
export const sharedIdentities = [
  "hospital-number",
  "name-and-birth",
  "phone-and-birth",
  "similar-name-and-birth",
  "name-and-near-birth",
  "name-without-birth",
] as const;

/** Who is likely the same person: a warning, never a refusal. */
export interface LikelyDuplicate {
  id: string;
  name: string;
  partnerUid: string;
  dateOfBirth: string | null;
  same: (typeof sharedIdentities)[number];
}

/** Whole years and months between two days. */
export function ageBetween(birth: string, day: string): { years: number; months: number } {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = birth.split("-").map(Number);
  const [year = 0, month = 0, dayOfMonth = 0] = day.split("-").map(Number);
  const months = (year - fromYear) * 12 + month - fromMonth - (dayOfMonth < fromDay ? 1 : 0);
  return { years: Math.floor(months / 12), months };
}
