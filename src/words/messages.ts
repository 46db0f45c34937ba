import type { Language } from "./language.ts";
import type { Catalogs } from "./locales/catalogs.ts";
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
export type Values = Record<string, string | number>;
export interface Words {
  readonly [key: string]: string | Words;
}
/** Every sentence of a catalog, with dots in its key where it stands in a part. */
export type Sentences = ReadonlyMap<string, string>;

const flat = (words: Words, before = ""): [key: string, text: string][] =>
  Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[before + key, value]] : flat(value, `${before}${key}.`),
  );
export const sentencesOf = (words: Words, spoken = (text: string) => text): Sentences =>
  new Map(flat(words).map(([key, text]) => [key, spoken(text)]));

const pluralRules = { en: new Intl.PluralRules("en"), "zh-CN": new Intl.PluralRules("zh-CN") };
const numbers = { en: new Intl.NumberFormat("en"), "zh-CN": new Intl.NumberFormat("zh-CN") };

/** The sentence under the first of these keys that one of the places has. */
function find(
  language: Language,
  places: readonly (Sentences | undefined)[],
  keys: readonly string[],
  count: unknown,
): string | null {
  for (const key of keys)
    for (const place of places) {
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
export type Parts<C extends Catalog> = {
  [P in keyof Catalogs[C]]: Catalogs[C][P] extends string ? never : P;
}[keyof Catalogs[C]];

/** The words of one part of a catalog, of the catalog, and of the domain. */
export type Messages<C extends Catalog, P extends Parts<C> | undefined = undefined> = (
  key: (P extends Parts<C> ? Keys<Catalogs[C][P]> : never) | Keys<Catalogs[C]> | Keys<Catalogs["domain"]>,
  values?: Values,
) => string;

/** What the first of these keys says that one of the places has: a catalog, then the domain. */
export function say(
  language: Language,
  places: readonly (Sentences | undefined)[],
  keys: readonly [string, ...string[]],
  values: Values = {},
): string {
  const text = find(language, places, keys, values.count);
  return unparted(text === null ? (keys.at(-1) ?? "") : fill(text, values, language));
}
