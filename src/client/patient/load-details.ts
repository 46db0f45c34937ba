import { loadCatalogs } from "../i18n.ts";

/** The sections below the curve and their words, which nothing of them may hold up. */
export async function loadDetails() {
  const details = import("./patient-details.tsx");
  await loadCatalogs(["details"]);
  return details;
}
