import type { Language } from "#words/language.ts";

const names = new Map<Language, Intl.DisplayNames>();

/** A region's name in the user's language; the code itself where it stands for none. */
export function regionName(code: string, language: Language): string {
  let display = names.get(language);
  if (!display) {
    display = new Intl.DisplayNames(language, { type: "region" });
    names.set(language, display);
  }
  return display.of(code) ?? code;
}
