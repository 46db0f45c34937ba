import type { Language } from "../preferences.ts";

/** Names one after the other, with each language's own comma. */
export const formatList = (items: readonly string[], language: Language): string =>
  items.join(language === "en" ? ", " : "、");
