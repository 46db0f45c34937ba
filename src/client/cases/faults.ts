import { type CaseText, caseTextLengths, vendorNumberMaxLength } from "#contract/case-fields.ts";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import type { Messages } from "../i18n.ts";
import type { Language } from "../preferences.ts";

const lengths = { ...caseTextLengths, vendorNumber: vendorNumberMaxLength };
const faults = [
  "required",
  "too-long",
  "characters",
  "glucose",
  "serial",
  "same",
  "date",
  "future-date",
  "unreadable",
] as const;

/** What is wrong with a field, in words; null where nothing is. */
export function faultOf(
  t: Messages<"cases">,
  language: Language,
  reason: string | undefined,
  field: string,
  value: unknown,
): string | null {
  if (reason === undefined) return null;
  const known = faults.find((one) => one === reason) ?? "characters";
  const most = lengths[field as CaseText | "vendorNumber"] ?? 0;
  const over = [...String(value ?? "").trim()].length - most;
  return t(`fault.${known}`, {
    count: over,
    over: over.toLocaleString(language),
    part: glucoseIn(String(value ?? "")) ?? "",
  });
}
