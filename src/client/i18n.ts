import { useCallback, useSyncExternalStore } from "react";
import type { Language } from "#words/language.ts";
import {
  type Catalog,
  type Messages,
  type Parts,
  type Sentences,
  say,
  sentencesOf,
  type Values,
  type Words,
} from "#words/messages.ts";
import { inBrand } from "./in-brand.ts";

/** All but what the server alone says, and what other pages than the app's bring along. */
const files = import.meta.glob<Words>(
  [
    "../words/locales/*/*.json",
    "!../words/locales/*/report.json",
    "!../words/locales/*/embed.json",
    "!../words/locales/*/demo.json",
  ],
  { import: "default" },
);
/** As the glob of a file beside this one finds them. */
export function addCatalogs(more: typeof files): void {
  Object.assign(files, more);
}

const loaded: Record<Language, Map<Catalog, Sentences>> = { en: new Map(), "zh-CN": new Map() };
/** What the pages opened so far say: another language is shown once it has all of it. */
const wanted = new Set<Catalog>();
let shown: Language = "en";
const listeners = new Set<() => void>();

async function load(language: Language, catalog: Catalog): Promise<void> {
  const words = await files[`../words/locales/${language}/${catalog}.json`]?.();
  if (!words) throw new Error(`No catalog ${catalog} in ${language}`);
  loaded[language].set(catalog, sentencesOf(words, inBrand));
}

/** Fetches what a language lacks of the words in use; undefined where it lacks nothing. */
export function loadLanguage(language: Language): Promise<unknown> | undefined {
  const missing = [...wanted].filter((catalog) => !loaded[language].has(catalog));
  return missing.length > 0 ? Promise.all(missing.map((catalog) => load(language, catalog))) : undefined;
}

/** Fetches a page's words in the language on screen. */
export async function loadCatalogs(catalogs: readonly Catalog[]): Promise<void> {
  for (const catalog of catalogs) wanted.add(catalog);
  await loadLanguage(shown);
}

/** Says everything in a language whose words are there. */
export function showLanguage(language: Language): void {
  document.documentElement.lang = language;
  shown = language;
  for (const listener of listeners) listener();
}

function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The words of `words/locales/<language>/<catalog>.json`. A key is looked up in
 * the part, then in the catalog, then in
 * `domain.json`. Misspelt keys are type errors. Plurals are pairs, `days_one` and
 * `days_other`, read as `t("days", { count })`.
 */
export function useMessages<C extends Catalog, P extends Parts<C> | undefined = undefined>(
  catalog: C,
  part?: P,
): Messages<C, P> {
  const language = useSyncExternalStore(onLanguage, () => shown);
  return useCallback(
    (key: string, values?: Values) =>
      say(
        language,
        [loaded[language].get(catalog), loaded[language].get("domain")],
        part ? [`${String(part)}.${key}`, key] : [key],
        values,
      ),
    [language, catalog, part],
  );
}
