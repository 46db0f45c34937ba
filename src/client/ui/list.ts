import type { Language } from "../preferences.ts";
import { localeOf } from "./time.ts";

/** "a, b, c", in Chinese "a、b、c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language), { type: "conjunction", style: "narrow" }).format(items);
