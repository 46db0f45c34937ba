import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import type { Drawing } from "../drawing.ts";
import type { Block, Report } from "../report.ts";
import type { ReportedPatient } from "./reported.ts";

const steps = ["open", "bind", "wear", "wait", "keep", "next"] as const;

interface LeafletWords {
  readonly t: Messages<"report", "leaflet">;
  readonly language: Language;
}

/** What a patient needs to begin with a sensor: their ID, also as a picture to be scanned, and the steps. */
export function leaflet(
  { name, partnerUid }: Pick<ReportedPatient, "name" | "partnerUid">,
  code: Drawing,
  { t, language }: LeafletWords,
): Report {
  return {
    language,
    title: name,
    subtitle: t("title"),
    type: "large",
    // It has no data with a time.
    changedAtMs: 0,
    blocks: [
      { kind: "heading", text: t("steps") },
      ...steps.map((step, index): Block => ({ kind: "paragraph", text: `${index + 1}. ${t(step)}` })),
      { kind: "heading", text: t("id", { partnerUid }) },
      { kind: "note", text: t("idMeaning") },
      { kind: "chart", drawing: code, legend: [] },
      { kind: "heading", text: t("call") },
      { kind: "writing-lines", count: 2 },
    ],
  };
}
