import { type ComboboxParsedItem, isOptionsGroup, type OptionsFilter } from "@mantine/core";
import type { Option } from "./regions.ts";

const plain = (text: string): string => text.trim().normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** What people also call a region, beside its name in their language and in its own. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  AE: ["UAE"],
  CZ: ["Czech Republic"],
  GB: ["UK", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"],
  KR: ["Korea"],
  NL: ["Holland"],
  TR: ["Turkey"],
  US: ["USA", "America"],
};

const ownNames = new Map<string, readonly string[]>();

/** Deutschland for DE; none for a zone. */
function ownNameOf(region: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(region)) return [];
  let found = ownNames.get(region);
  if (!found) {
    const { language } = new Intl.Locale(`und-${region}`).maximize();
    found = [new Intl.DisplayNames(language, { type: "region" }).of(region) ?? region];
    ownNames.set(region, found);
  }
  return found;
}

const knownWritings = new WeakMap<Option, readonly string[]>();

/**
 * Every way to write an option in full: its code, its names, its label with and without
 * what stands in brackets, a zone's city.
 */
const writings = (option: Option): readonly string[] => {
  const known = knownWritings.get(option);
  if (known) return known;
  const { value, label } = option;
  const city = value.split("/").at(-1) ?? value;
  const names = [...(alsoCalled[value] ?? []), ...ownNameOf(value)];
  const found = [value, label, label.replace(/\s*[(（][^)）]*[)）]$/, ""), city, ...names]
    .flatMap((text) => [text, text.replaceAll("_", " ")])
    .map(plain);
  knownWritings.set(option, found);
  return found;
};

/** The option that a text writes in full, in any case. */
const exactIn = (items: readonly Option[], text: string): Option | undefined => {
  const wanted = plain(text);
  const found = items.filter((item) => writings(item).includes(wanted));
  return found.find(({ value }) => plain(value) === wanted) ?? (found.length === 1 ? found[0] : undefined);
};

const isWithin = (text: string) => {
  const part = plain(text);
  return (item: Option) => writings(item).some((name) => name.includes(part));
};

/**
 * The option that a text can only mean: written in full, or the one that is
 * left when the list is narrowed to it.
 */
export function meantBy(items: readonly Option[], text: string): Option | undefined {
  const narrowed = items.filter(isWithin(text));
  return exactIn(items, text) ?? (narrowed.length === 1 ? narrowed[0] : undefined);
}

const itemsOf = (options: readonly ComboboxParsedItem[]): Option[] =>
  options.flatMap((option) => (isOptionsGroup(option) ? itemsOf(option.items) : [option]));

/**
 * Narrowed to what the text is a part of, in any case and without accents; what it writes in full comes
 * first, so that Enter takes it: ZA is no Kazakhstan.
 */
export const exactFirst: OptionsFilter = ({ options, search }) => {
  const matches = isWithin(search);
  const narrowed = options.flatMap((option): ComboboxParsedItem[] => {
    if (!isOptionsGroup(option)) return matches(option as Option) ? [option] : [];
    const items = option.items.filter((item) => matches(item as Option));
    return items.length > 0 ? [{ ...option, items }] : [];
  });
  const exact = exactIn(itemsOf(options), search);
  if (!exact) return narrowed;
  const isIn = (items: readonly { value: unknown }[]) => items.some(({ value }) => value === exact.value);
  const groups = narrowed.filter((option) => isOptionsGroup(option));
  for (const { items } of groups)
    items.sort((a, b) => Number(b.value === exact.value) - Number(a.value === exact.value));
  return groups.sort((a, b) => Number(isIn(b.items)) - Number(isIn(a.items)));
};
