import {
  type ComboboxParsedItem,
  defaultOptionsFilter,
  isOptionsGroup,
  type OptionsFilter,
} from "@mantine/core";
import type { Option } from "./regions.ts";

const plain = (text: string): string => text.trim().toLowerCase();

/** Every way to write an option in full: its code, its label with and without what stands in brackets, a zone's city. */
const writings = ({ value, label }: Option): string[] => {
  const city = value.split("/").at(-1) ?? value;
  return [value, label, label.replace(/\s*[(（][^)）]*[)）]$/, ""), value, city]
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

/** The option that a text can only mean: written in full, or the one that is left when the list is narrowed to it. */
export function meantBy(items: readonly Option[], text: string): Option | undefined {
  const narrowed = items.filter(({ label }) => plain(label).includes(plain(text)));
  return exactIn(items, text) ?? (narrowed.length === 1 ? narrowed[0] : undefined);
}

const itemsOf = (options: readonly ComboboxParsedItem[]): Option[] =>
  options.flatMap((option) => (isOptionsGroup(option) ? itemsOf(option.items) : [option]));

/** The usual narrowing, with what is written in full before everything else, so that Enter takes it: ZA is no Kazakhstan. */
export const exactFirst: OptionsFilter = (input) => {
  // Its type forgets that the values are texts.
  const narrowed = defaultOptionsFilter(input) as ComboboxParsedItem[];
  const exact = exactIn(itemsOf(input.options), input.search);
  if (!exact) return narrowed;
  const isIn = (items: readonly { value: unknown }[]) => items.some(({ value }) => value === exact.value);
  const groups = narrowed.filter((option) => isOptionsGroup(option));
  for (const { items } of groups)
    items.sort((a, b) => Number(b.value === exact.value) - Number(a.value === exact.value));
  return groups.sort((a, b) => Number(isIn(b.items)) - Number(isIn(a.items)));
};
