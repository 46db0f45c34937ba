import { useSyncExternalStore } from "react";
import type { GlucoseUnit } from "#glucose/units.ts";

export type Language = "en" | "zh-CN";
export interface Preferences {
  readonly language: Language;
  readonly unit: GlucoseUnit;
}

const storageKey = "trendline-preferences";

const fromBrowser = (): Preferences => ({
  language: navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en",
  unit: "mmol/L",
});

function load(fallback: Preferences): Preferences {
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

let preferences = load(fromBrowser());
const listeners = new Set<() => void>();

addEventListener("storage", ({ key }) => {
  if (key !== storageKey) return;
  preferences = load(preferences);
  for (const listener of listeners) listener();
});

export const getPreferences = (): Preferences => preferences;

export function setPreferences(change: Partial<Preferences>): void {
  // What another tab has chosen meanwhile stays.
  preferences = { ...load(preferences), ...change };
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
