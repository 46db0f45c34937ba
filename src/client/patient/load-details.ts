import { loadCatalogs } from "../i18n.ts";

/** The button for the file, whose words are among those of the sections. */
export async function loadSavePdf() {
  const button = import("./save-pdf.tsx");
  await loadCatalogs(["details"]);
  return button;
}

/** The sections below the curve and their words, which nothing of them may hold up. */
export async function loadDetails() {
  const details = import("./patient-details.tsx");
  await loadCatalogs(["details"]);
  return details;
}
