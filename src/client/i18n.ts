import { createInstance } from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Catalogs } from "./locales/catalogs.ts";
import type { Language } from "./preferences.ts";
import { formatZone } from "./zone-names.ts";

/** A text that runs from right to left, or says that others do, turns nothing but itself: between isolates of its own. */
const isolated = (text: string): string =>
  /[\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u.test(
    text,
  )
    ? `\u2068${text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "")}\u2069`
    : text;

/** A number, its sign and its unit stay in one line. */
const unparted = (text: string): string =>
  text.replace(/(?<=[<>]) (?=\d)|(?<=\d) (?=%|mmol\/L|mg\/dL|hours?\b|minutes?\b)/g, "\u00a0");

const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: "en",
  fallbackLng: false,
  fallbackNS: "domain",
  resources: {},
  nsSeparator: false,
  interpolation: { escape: isolated },
  initAsync: false,
});

i18n.services.formatter?.add("timeZone", (zone: string, language) => formatZone(zone, language as Language));

export type Catalog = keyof Catalogs;

const files = import.meta.glob<object>("./locales/*/*.json", { import: "default" });
/** What the pages opened so far say: another language is shown once it has all of it. */
const wanted = new Set<Catalog>();

async function load(language: string, catalog: Catalog): Promise<void> {
  const words = await files[`./locales/${language}/${catalog}.json`]?.();
  if (!words) throw new Error(`No catalog ${catalog} in ${language}`);
  i18n.addResourceBundle(language, catalog, words);
}

/** Fetches what a language lacks of the words in use; undefined where it lacks nothing. */
export function loadLanguage(language: string): Promise<unknown> | undefined {
  const missing = [...wanted].filter((catalog) => !i18n.hasResourceBundle(language, catalog));
  return missing.length > 0 ? Promise.all(missing.map((catalog) => load(language, catalog))) : undefined;
}

/** Fetches a page's words in the language on screen. */
export async function loadCatalogs(catalogs: readonly Catalog[]): Promise<void> {
  for (const catalog of catalogs) wanted.add(catalog);
  await loadLanguage(i18n.language);
}

/** Says everything in a language whose words are there. */
export function showLanguage(language: string): void {
  document.documentElement.lang = language;
  void i18n.changeLanguage(language);
}

type Values = Record<string, string | number>;
type Base<K> = K extends `${infer Stem}_zero` | `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;
/** Every sentence's key, with dots where it stands in a part of its own. */
type Keys<W> = { [K in keyof W & string]: W[K] extends string ? Base<K> : `${K}.${Keys<W[K]>}` }[keyof W &
  string];
type Parts<C extends Catalog> = {
  [P in keyof Catalogs[C]]: Catalogs[C][P] extends string ? never : P;
}[keyof Catalogs[C]];

/** The words of one part of a catalog, of the catalog, and of the domain. */
export type Messages<C extends Catalog, P extends Parts<C> | undefined = undefined> = (
  key: (P extends Parts<C> ? Keys<Catalogs[C][P]> : never) | Keys<Catalogs[C]> | Keys<Catalogs["domain"]>,
  values?: Values,
) => string;

/**
 * The words of `locales/<language>/<catalog>.json`. A key is looked up in the part, then in the catalog, then in
 * `domain.json`. Misspelt keys are type errors. Plurals are pairs, `days_one` and `days_other`, read as `t("days", { count })`.
 */
export function useMessages<C extends Catalog, P extends Parts<C> | undefined = undefined>(
  catalog: C,
  part?: P,
): Messages<C, P> {
  const { t } = useTranslation(catalog, { i18n });
  return useCallback(
    (key: string, values: Values = {}) => unparted(t(part ? [`${String(part)}.${key}`, key] : key, values)),
    [t, part],
  );
}
