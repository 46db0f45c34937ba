import { useCallback, useSyncExternalStore } from "react";
import type { Catalogs } from "./locales/catalogs.ts";
import type { Language } from "./preferences.ts";
import { formatZone } from "./zone-names.ts";

/**
 * A text that runs from right to left, or says that others do, turns nothing but
 * itself: between isolates of its own.
 */
const isolated = (text: string): string =>
  /[\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u.test(
    text,
  )
    ? `\u2068${text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "")}\u2069`
    : text;

/** A number, its sign and its unit stay in one line. */
const unparted = (text: string): string =>
  text.replace(
    /(?<=[<>]) (?=\d)|(?<=\d) (?=%|mmol\/L|mg\/dL|(?:days?|hours?|minutes?|seconds?|min)\b)/g,
    "\u00a0",
  );

export type Catalog = keyof Catalogs;
type Values = Record<string, string | number>;
interface Words {
  readonly [key: string]: string | Words;
}
/** Every sentence of a catalog, with dots in its key where it stands in a part. */
type Sentences = ReadonlyMap<string, string>;

const files = import.meta.glob<Words>("./locales/*/*.json", { import: "default" });
const loaded: Record<Language, Map<Catalog, Sentences>> = { en: new Map(), "zh-CN": new Map() };
/** What the pages opened so far say: another language is shown once it has all of it. */
const wanted = new Set<Catalog>();
let shown: Language = "en";
const listeners = new Set<() => void>();

const flat = (words: Words, before = ""): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );

async function load(language: Language, catalog: Catalog): Promise<void> {
  const words = await files[`./locales/${language}/${catalog}.json`]?.();
  if (!words) throw new Error(`No catalog ${catalog} in ${language}`);
  loaded[language].set(catalog, new Map(flat(words)));
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

const pluralRules = { en: new Intl.PluralRules("en"), "zh-CN": new Intl.PluralRules("zh-CN") };
const numbers = { en: new Intl.NumberFormat("en"), "zh-CN": new Intl.NumberFormat("zh-CN") };

/** The sentence under the first of these keys that the catalog or the domain has. */
function find(language: Language, catalog: Catalog, keys: readonly string[], count: unknown): string | null {
  for (const key of keys)
    for (const place of [loaded[language].get(catalog), loaded[language].get("domain")]) {
      const text =
        (count === 0 ? place?.get(`${key}_zero`) : undefined) ??
        (typeof count === "number"
          ? place?.get(`${key}_${pluralRules[language].select(count)}`)
          : undefined) ??
        place?.get(key);
      if (text !== undefined) return text;
    }
  return null;
}

/** Puts the values in: `{{name}}`, `{{count, number}}` or `{{zone, timeZone}}`. */
const fill = (text: string, values: Values, language: Language): string =>
  text.replace(/\{\{(\w+)(?:, (number|timeZone))?\}\}/g, (_, name: string, format?: string) => {
    const value = values[name] ?? "";
    if (format === "number") return numbers[language].format(Number(value));
    return isolated(format === "timeZone" ? formatZone(String(value), language) : String(value));
  });

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
 * The words of `locales/<language>/<catalog>.json`. A key is looked up in
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
    (key: string, values: Values = {}) => {
      const text = find(language, catalog, part ? [`${String(part)}.${key}`, key] : [key], values.count);
      return unparted(text === null ? key : fill(text, values, language));
    },
    [language, catalog, part],
  );
}
