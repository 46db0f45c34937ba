import { type CaseText, caseTextLengths, vendorNumberMaxLength } from "#contract/case-fields.ts";
import { glucoseIn, type TextKind } from "#contract/glucose-in-text.ts";
import { unusableAt } from "#contract/text.ts";
import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";

const lengths = { ...caseTextLengths, vendorNumber: vendorNumberMaxLength };
const faults = [
  "required",
  "too-long",
  "characters",
  "glucose",
  "serial",
  "same",
  "not-known",
  "not-asked",
  "recalled",
  "ended",
  "elsewhere",
  "date",
  "future-date",
  "unreadable",
  "no-digits",
] as const;

/** The others hold sentences. */
const kinds: Readonly<Record<string, TextKind>> = {
  device: "detail",
  callerName: "person",
  callerAddress: "detail",
  callerPhone: "detail",
  vendorNumber: "detail",
};

const charactersBefore = 20;

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
  const text = String(value ?? "");
  // Of a text that shows nothing the schema says that there is none.
  const at = known === "characters" || known === "required" ? unusableAt(text) : null;
  if (at !== null) {
    const before = [...text.slice(0, at)].slice(-charactersBefore).join("").trim();
    return before ? t("fault.characterAfter", { before }) : t("fault.characterFirst");
  }
  const most = lengths[field as CaseText | "vendorNumber"] ?? 0;
  const over = [...text.trim()].length - most;
  return t(`fault.${known}`, {
    count: over,
    over: over.toLocaleString(language),
    part: glucoseIn(text, kinds[field]) ?? "",
  });
}
