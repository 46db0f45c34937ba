import type { Language } from "../preferences.ts";
import { localeOf } from "./time.ts";

/** Several things one after the other: "a, b, c", in Chinese "a、b、c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language), { style: "narrow" }).format(items);
