import type { BoxDetails } from "#contract/device.ts";

/** One code: its application identifiers by their first two digits, each with what stands behind these. */
export type Elements = ReadonlyMap<string, string>;

/** FNC1, as scanners send it. */
export const separator = "\u001d";

/**
 * How many digits follow the first two of an identifier whose length is predefined (GS1 General
 * Specifications, 7.8.5); every other field ends with a separator.
 */
const predefined: Readonly<Record<string, number>> = {
  "00": 18,
  "01": 14,
  "02": 14,
  "03": 14,
  "04": 16,
  ...Object.fromEntries([11, 12, 13, 14, 15, 16, 17, 18, 19].map((field) => [field, 6])),
  "20": 2,
  ...Object.fromEntries([31, 32, 33, 34, 35, 36].map((field) => [field, 8])),
  "41": 14,
};

const dates = new Set(["11", "12", "13", "15", "16", "17"]);

/** A date as fields have it, of this century; day 00 is the last of its month. */
export function dateOfField(text: string): string | null {
  const [, year, month, day] = /^(?:20)?(\d\d)-?(\d\d)-?(\d\d)$/.exec(text) ?? [];
  if (!year || Number(month) < 1 || Number(month) > 12) return null;
  const lastDay = new Date(Date.UTC(2000 + Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > lastDay) return null;
  return `20${year}-${month}-${day === "00" ? lastDay : day}`;
}

/** The codes of an element string without brackets, or null when it is none. */
export function elementsOf(text: string): Elements[] | null {
  const codes: Map<string, string>[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    const field = text.slice(at, at + 2);
    if (!/^\d\d$/.test(field)) return null;
    const length = predefined[field];
    const next = text.indexOf(separator, at);
    const end = length === undefined ? (next < 0 ? text.length : next) : at + 2 + length;
    const value = text.slice(at + 2, end);
    if (value === "" || (length !== undefined && !new RegExp(`^\\d{${length}}$`).test(value))) return null;
    if (dates.has(field) && dateOfField(value) === null) return null;
    const last = codes.at(-1);
    if (!last || last.has(field)) codes.push(new Map([[field, value]]));
    else last.set(field, value);
    at = end;
  }
  return codes.length > 0 ? codes : null;
}

/** Of a shorter number, as on the bars of a shop, with the zeros that it has in 14 digits. */
const gtinOf = (text: string): string | null =>
  /^(\d{8}|\d{12,14})$/.test(text) ? text.padStart(14, "0") : null;

export function boxOf(elements: Elements): BoxDetails {
  const value = (field: string) => elements.get(field) ?? "";
  return {
    gtin: gtinOf(value("01")) ?? gtinOf(value("02")),
    lot: value("10") || null,
    expiry: dateOfField(value("17")),
    producedOn: dateOfField(value("11")),
  };
}

/** Whether the last digit of a GTIN is the one that the others make: of one misread or mistyped it mostly is not. */
export function isSoundGtin(gtin: string): boolean {
  const digits = [...gtin].map(Number);
  const sum = digits.reduceRight((total, digit, place) => {
    const isOfThree = (digits.length - 1 - place) % 2 === 1;
    return total + digit * (isOfThree ? 3 : 1);
  }, 0);
  return sum % 10 === 0;
}
