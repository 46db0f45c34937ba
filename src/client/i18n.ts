import { createInstance } from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import type { Catalogs } from "./locales/catalogs.ts";
import { getPreferences, onPreferencesChange } from "./preferences.ts";

/** A text that runs from right to left, or says that others do, turns nothing but itself: between isolates of its own. */
const isolated = (text: string): string =>
  /[\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u.test(
    text,
  )
    ? `\u2068${text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "")}\u2069`
    : text;

const i18n = createInstance();
void i18n.use(initReactI18next).init({
  lng: getPreferences().language,
  fallbackLng: "en",
  fallbackNS: "domain",
  resources: {},
  nsSeparator: false,
  interpolation: { escape: isolated },
  initAsync: false,
});

/** As it is called where that says more than the IANA name: China keeps one time, that of Beijing. */
i18n.services.formatter?.add("timeZone", (zone: string, language) =>
  language !== "zh-CN"
    ? zone
    : /^Asia\/(Shanghai|Chongqing|Harbin)$/.test(zone)
      ? "北京时间"
      : `${zone} 时间`,
);

const files = import.meta.glob<object>("./locales/*/*.json", { eager: true, import: "default" });
for (const [path, words] of Object.entries(files)) {
  const [, , language = "", file = ""] = path.split("/");
  i18n.addResourceBundle(language, file.replace(".json", ""), words);
}

const applyLanguage = () => {
  document.documentElement.lang = getPreferences().language;
  void i18n.changeLanguage(getPreferences().language);
};
applyLanguage();
onPreferencesChange(applyLanguage);

type Values = Record<string, string | number>;
type Base<K> = K extends `${infer Stem}_zero` | `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;
/** Every sentence's key, with dots where it stands in a part of its own. */
type Keys<W> = { [K in keyof W & string]: W[K] extends string ? Base<K> : `${K}.${Keys<W[K]>}` }[keyof W &
  string];
type Parts<C extends keyof Catalogs> = {
  [P in keyof Catalogs[C]]: Catalogs[C][P] extends string ? never : P;
}[keyof Catalogs[C]];

/** A catalog's words, or those of one part of it, and besides them what the domain has for all. */
export type Messages<C extends keyof Catalogs, P extends Parts<C> | undefined = undefined> = (
  key: Keys<P extends Parts<C> ? Catalogs[C][P] : Catalogs[C]> | Keys<Catalogs["domain"]>,
  values?: Values,
) => string;

/**
 * The words of `locales/<language>/<catalog>.json`, or of one part of it. What a catalog does not have is looked up in
 * `domain.json`. Misspelt keys are type errors. Plurals are pairs, `days_one` and `days_other`, read as `t("days", { count })`.
 */
export function useMessages<C extends keyof Catalogs, P extends Parts<C> | undefined = undefined>(
  catalog: C,
  part?: P,
): Messages<C, P> {
  const { t } = useTranslation(catalog, { i18n });
  return useCallback(
    (key: string, values: Values = {}) => t(part ? [`${String(part)}.${key}`, key] : key, values),
    [t, part],
  );
}
