import type { Language } from "../preferences.ts";
import { localeOf } from "./time.ts";

/** Several things in one sentence: "a, b and c", in Chinese "a、b和c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language)).format(items);

/** Things side by side that make no sentence: "a, b, c", in Chinese "a、b、c". */
export const formatItems = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language), { style: "narrow" }).format(items);
