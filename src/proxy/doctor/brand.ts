import { noteWords } from "../brand/note-words.ts";
import { readBrand } from "../brand/read-brand.ts";
import { type Finding, ok, warn } from "./finding.ts";

/** Warnings, no failures: the server starts, with Trendline's own where the brand is wrong. */
export function examineBrand(brandDir: string | null): Finding[] {
  if (brandDir === null) return [];
  const { name, folder, notes } = readBrand(brandDir);
  if (notes.length === 0) return [ok("brand", `${name ?? "Trendline"}, of ${folder}.`)];
  return notes.map((note) => (note.kind === "refused" ? warn : ok)("brand", noteWords(note)));
}
