import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import { cutSerials } from "./scanned-code.ts";

/** Which letters and digits are taken for each other. */
const alike: Readonly<Record<string, string>> = {
  O: "0",
  I: "1",
  S: "5",
  B: "8",
  Z: "2",
  "0": "O",
  "1": "I",
  "5": "S",
  "8": "B",
  "2": "Z",
};

const changedAt = (serial: string, places: readonly number[]): string =>
  [...serial].map((character, place) => (places.includes(place) ? alike[character] : character)).join("");

/** A serial behind its name, without anything between: "SNP225043056". */
const glued = /^(?:S\/?N|SERIAL(?:NUMBER|NO)?|SER|NO|NR)[._-]*([A-Z]{0,3}\d.*)$/;
/** Without its name; null where none stands before it. */
export const withoutName = (serial: string): string | null => {
  const [, unnamed = ""] = glued.exec(serial) ?? [];
  return isPlainSerial(unnamed) ? unnamed : null;
};

/** Of more letters than these only all at once and one at a time. */
const mostLettersCombined = 4;

/**
 * What may be meant by a serial number that nobody knows, the likeliest first: without hyphens, without what a
 * scanner that drops separators leaves around it, with digits for letters that look like them, or the other way.
 */
export function likelySerials(serial: string, most: number): string[] {
  const places = [...serial].flatMap((character, place) => (alike[character] ? place : []));
  const letters = places.filter((place) => /[A-Z]/.test(serial[place] ?? ""));
  const digits = places.filter((place) => !letters.includes(place));
  const sets =
    letters.length > mostLettersCombined
      ? [letters, ...letters.map((place) => [place])]
      : Array.from({ length: 2 ** letters.length - 1 }, (_, bits) =>
          letters.filter((_, place) => ((bits + 1) >> place) & 1),
        ).toSorted((a, b) => b.length - a.length);
  const half = serial.slice(0, serial.length / 2);
  const unnamed = withoutName(serial);
  const fieldBefore = serial.startsWith("21") ? serial.slice(2) : "";
  const likely = [
    serial.replace(/[._-]/g, ""),
    // Scanned twice into one field.
    ...(half + half === serial && isPlainSerial(half) ? [half] : []),
    ...(isPlainSerial(fieldBefore) ? [fieldBefore] : []),
    ...(unnamed === null ? [] : [unnamed]),
    ...cutSerials(serial),
    ...sets.map((set) => changedAt(serial, set)),
    ...digits.map((place) => changedAt(serial, [place])),
  ];
  return [...new Set(likely)].filter((one) => one !== serial && parseSerial(one) !== null).slice(0, most);
}
