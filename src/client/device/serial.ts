import { parseSerial } from "#contract/serial.ts";

export type SerialProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "no-digit" }
  | { readonly kind: "too-long"; readonly length: number }
  | { readonly kind: "characters"; readonly characters: readonly string[] };

const longest = 64;
const mostNamed = 5;

/** What is typed, read as a serial number: the number the platform knows, or why it cannot be one. */
export function readSerial(text: string): { serial: string } | { problem: SerialProblem } {
  const serial = parseSerial(text);
  if (serial !== null) return /\d/.test(serial) ? { serial } : { problem: { kind: "no-digit" } };
  const characters = [...text.normalize("NFKC").replace(/[\s\p{Cf}\p{Cc}]/gu, "")];
  const odd = [...new Set(characters.filter((character) => !/^[A-Za-z0-9._-]$/.test(character)))];
  if (odd.length > 0) return { problem: { kind: "characters", characters: odd.slice(0, mostNamed) } };
  if (characters.length > longest) return { problem: { kind: "too-long", length: characters.length } };
  return { problem: { kind: "empty" } };
}

/** Without the marks that group its characters. */
export const joinedSerial = (serial: string): string => serial.replace(/[._-]/g, "");

/** Groups of four, to be compared with a box aloud. */
export const serialGroups = (serial: string): string[] => serial.match(/.{1,4}/gsu) ?? [];
