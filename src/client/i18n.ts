import { createInstance } from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { getPreferences, onPreferencesChange } from "./preferences.ts";
import { formatZone } from "./ui/time.ts";

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
  lng: getPreferences().language,
  fallbackLng: "en",
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escape: isolated },
  initAsync: false,
});

i18n.services.formatter?.add("timeZone", (zone: string) => formatZone(zone, getPreferences().language));

const applyLanguage = () => {
  document.documentElement.lang = getPreferences().language;
  void i18n.changeLanguage(getPreferences().language);
};
applyLanguage();
onPreferencesChange(applyLanguage);

type Base<K> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;
type Values = Record<string, string | number>;

/**
 * Declares one vertical's words in both languages and returns the hook that reads them. Missing Chinese and misspelt
 * keys are type errors. Plurals are pairs of keys, `days_one` and `days_other`, read as `t("days", { count })`.
 */
export function defineMessages<const M extends Record<string, string>>(
  namespace: string,
  messages: { en: M; "zh-CN": Record<keyof M, string> },
): () => (key: Base<keyof M & string>, values?: Values) => string {
  i18n.addResourceBundle("en", namespace, messages.en);
  i18n.addResourceBundle("zh-CN", namespace, messages["zh-CN"]);
  return () => {
    const { t } = useTranslation(namespace, { i18n });
    return useCallback((key: string, values: Values = {}) => unparted(String(t(key, values))), [t]);
  };
}
