import { useSyncExternalStore } from "react";

export type Language = "en" | "zh-CN";
export type GlucoseUnit = "mmol/L" | "mg/dL";
export interface Preferences {
  readonly language: Language;
  readonly unit: GlucoseUnit;
}

const storageKey = "trendline-preferences";

const fromBrowser = (): Preferences => ({
  language: navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en",
  unit: "mmol/L",
});

function load(): Preferences {
  const fallback = fromBrowser();
  try {
    const { language, unit } = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Preferences>;
    return {
      language: language === "en" || language === "zh-CN" ? language : fallback.language,
      unit: unit === "mmol/L" || unit === "mg/dL" ? unit : fallback.unit,
    };
  } catch {
    // Storage blocked or damaged: the preferences last as long as the page.
    return fallback;
  }
}

let preferences = load();
const listeners = new Set<() => void>();

export const getPreferences = (): Preferences => preferences;

export function setPreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

export function onPreferencesChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Language and unit of this browser, kept in local storage. */
export const usePreferences = (): Preferences => useSyncExternalStore(onPreferencesChange, getPreferences);
