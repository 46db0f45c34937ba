import type { Language } from "#words/language.ts";
import type { Messages } from "#words/messages.ts";
import type { Drawing } from "../drawing.ts";
import { qrCode } from "../qr-code.ts";
import type { Block, Report } from "../report.ts";
import { type IdentifiedPatient, identityOnPaper } from "./identity.ts";

const steps = ["open", "bind", "wear", "wait", "keep", "next"] as const;

interface LeafletWords {
  readonly t: Messages<"report", "leaflet">;
  readonly page: Messages<"patient", "page">;
  readonly language: Language;
}

/** At the left of a sheet, about a quarter of its width. */
function codeDrawing(text: string, alt: string): Drawing {
  const { size, dots } = qrCode(text);
  return { width: size / 0.24, height: size, alt, shapes: [{ d: dots, fill: "ink" }], texts: [] };
}

/** What a patient needs to begin with a sensor: their ID, also as a picture to be scanned, and the steps. */
export function leaflet(patient: IdentifiedPatient, { t, page, language }: LeafletWords): Report {
  const { partnerUid } = patient;
  const { who, numbers } = identityOnPaper(patient, page, language);
  return {
    language,
    title: who,
    subtitle: `${numbers} · ${t("title")}`,
    type: "large",
    // It has no data with a time.
    changedAtMs: 0,
    blocks: [
      { kind: "heading", text: t("steps") },
      ...steps.map((step, index): Block => ({ kind: "paragraph", text: `${index + 1}. ${t(step)}` })),
      { kind: "heading", text: t("id", { partnerUid }) },
      { kind: "note", text: t("idMeaning") },
      { kind: "chart", drawing: codeDrawing(partnerUid, t("code", { partnerUid })), legend: [] },
      { kind: "heading", text: t("call") },
      { kind: "writing-lines", count: 2 },
    ],
  };
}
