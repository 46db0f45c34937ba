import type { Language } from "./language.ts";
import { localeOf } from "./time.ts";

/** "Region: Germany", in Chinese "地区：德国". */
export const formatPair = (name: string, value: string, language: Language): string =>
  `${name}${language === "en" ? ": " : "："}${value}`;

/** "Germany (DE)", in Chinese "德国（DE）". */
export const formatAside = (text: string, aside: string | number, language: Language): string =>
  language === "en" ? `${text} (${aside})` : `${text}（${aside}）`;

/** Several things one after the other: "a, b, c", in Chinese "a、b、c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(localeOf(language), { style: "narrow" }).format(items);

/** Sentences one after the other: with a blank between them in English, without one in Chinese. */
export const formatSentences = (sentences: readonly string[], language: Language): string =>
  sentences.join(language === "en" ? " " : "");
