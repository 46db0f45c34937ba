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

/** Every way to write an option in full: its code, its names, its label with and without what stands in brackets, a zone's city. */
const writings = ({ value, label }: Option): string[] => {
  const city = value.split("/").at(-1) ?? value;
  const names = [...(alsoCalled[value] ?? []), ...ownNameOf(value)];
  return [value, label, label.replace(/\s*[(（][^)）]*[)）]$/, ""), city, ...names]
    .flatMap((text) => [text, text.replaceAll("_", " ")])
    .map(plain);
};

/** The option that a text writes in full, in any case. */
const exactIn = (items: readonly Option[], text: string): Option | undefined => {
  const found = items.filter((item) => writings(item).includes(plain(text)));
  return (
    found.find(({ value }) => plain(value) === plain(text)) ?? (found.length === 1 ? found[0] : undefined)
  );
};

const isWithin = (item: Option, text: string) => writings(item).some((name) => name.includes(plain(text)));

/** The option that a text can only mean: written in full, or the one that is left when the list is narrowed to it. */
export function meantBy(items: readonly Option[], text: string): Option | undefined {
  const narrowed = items.filter((item) => isWithin(item, text));
  return exactIn(items, text) ?? (narrowed.length === 1 ? narrowed[0] : undefined);
}

const itemsOf = (options: readonly ComboboxParsedItem[]): Option[] =>
  options.flatMap((option) => (isOptionsGroup(option) ? itemsOf(option.items) : [option]));

/** Narrowed to what the text is a part of, in any case and without accents; what it writes in full comes first, so that Enter takes it: ZA is no Kazakhstan. */
export const exactFirst: OptionsFilter = ({ options, search }) => {
  const narrowed = options.flatMap((option): ComboboxParsedItem[] => {
    if (!isOptionsGroup(option)) return isWithin(option as Option, search) ? [option] : [];
    const items = option.items.filter((item) => isWithin(item as Option, search));
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
