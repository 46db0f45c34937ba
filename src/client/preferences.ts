import { useSyncExternalStore } from "react";
import type { Preferences } from "#words/preferences.ts";
import { loadLanguage, showLanguage } from "./i18n.ts";

interface AllPreferences extends Preferences {
  /** Whether single keys do something by themselves, as / and ] do. */
  readonly singleKeys: boolean;
}

const storageKey = "trendline-preferences";

const fromBrowser = (): AllPreferences => ({
  language: navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en",
  unit: "mmol/L",
  singleKeys: true,
});

function load(fallback: AllPreferences): AllPreferences {
  try {
    const { language, unit, singleKeys } = JSON.parse(
      localStorage.getItem(storageKey) ?? "{}",
    ) as Partial<AllPreferences>;
    return {
      language: language === "en" || language === "zh-CN" ? language : fallback.language,
      unit: unit === "mmol/L" || unit === "mg/dL" ? unit : fallback.unit,
      singleKeys: typeof singleKeys === "boolean" ? singleKeys : fallback.singleKeys,
    };
  } catch {
    // Storage blocked or damaged: the preferences last as long as the page.
    return fallback;
  }
}

let preferences = load(fromBrowser());
/** What is on screen, or will be once the words of its language are there. */
let chosen = preferences;
const listeners = new Set<() => void>();
showLanguage(preferences.language);

/**
 * Shown at once, or when the words of another language have come; where
 * they cannot be had, the old one stays.
 */
export function choose(next: AllPreferences): Promise<void> | undefined {
  chosen = next;
  const loading = loadLanguage(next.language);
  if (loading)
    return loading.then(
      () => (chosen === next ? choose(next) : undefined),
      (error) => {
        if (chosen === next) choose({ ...next, language: preferences.language });
        throw error;
      },
    );
  preferences = next;
  showLanguage(next.language);
  for (const listener of listeners) listener();
  return undefined;
}

addEventListener("storage", ({ key }) => {
  if (key === storageKey) void choose(load(chosen));
});

export const getPreferences = (): AllPreferences => preferences;

/** A promise where another language's words are still to come. */
export function setPreferences(change: Partial<AllPreferences>): Promise<void> | undefined {
  // What another tab has chosen meanwhile stays.
  const next = { ...load(chosen), ...change };
  try {
    localStorage.setItem(storageKey, JSON.stringify(next));
  } catch {
    // As above.
  }
  return choose(next);
}

function onPreferencesChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Language, unit and keys of this browser, kept in local storage. */
export const usePreferences = (): AllPreferences => useSyncExternalStore(onPreferencesChange, getPreferences);
