import { joinedSerial } from "./serial.ts";

/**
 * Whether one slip of the keyboard lies between two serials, dots and hyphens apart: a character wrong,
 * missing or too many, or two neighbours changed about.
 */
export function isNearSerial(one: string, other: string): boolean {
  if (one === other) return false;
  const [a, b] = [one, other].map(joinedSerial) as [string, string];
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const same = [...short].findIndex((character, i) => character !== long[i]);
  const at = same < 0 ? short.length : same;
  if (short.length === long.length) {
    const isChanged = short.slice(at + 1) === long.slice(at + 1);
    const isSwapped =
      short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
    return isChanged || isSwapped;
  }
  return long.length - short.length === 1 && short.slice(at) === long.slice(at + 1);
}
