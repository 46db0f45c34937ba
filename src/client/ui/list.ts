import type { Language } from "../preferences.ts";

/** Several names in one sentence: "a, b and c", "a、b和c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === "en" ? "en-GB" : language).format(items);
