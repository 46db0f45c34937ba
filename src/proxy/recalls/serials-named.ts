import { isPlainSerial } from "#contract/serial.ts";
import { rangeIn } from "./serial-ranges.ts";

/** Of a range in words so many are looked for. */
const mostInWords = 100_000;
/** A serial in groups is so many words at most. */
const mostGroups = 4;
const pairs =
  /[A-Z0-9][A-Z0-9._]{5,63}\s*(?:[-–—~]|TO|THROUGH|BIS|À|AU|HASTA|AL|至|到)\s*[A-Z0-9][A-Z0-9._]{5,63}/g;

/** Whether words name a sensor of ours, whichever way, or what could be a serial at least. */
export function serialsNamedIn(text: string, isKnown: (serial: string) => boolean): "ours" | "any" | "none" {
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toUpperCase();
  const words = plain.split(/[^A-Z0-9._-]+/).map((word) => word.replace(/^[._-]+|[._-]+$/g, ""));
  const isOurs = (word: string) => isKnown(word) || isKnown(word.replace(/[-._]/g, ""));
  for (const [at, word] of words.entries()) {
    if (isOurs(word) || word.split(/[-._]/).some(isKnown)) return "ours";
    for (let groups = 2; groups <= mostGroups && word !== ""; groups += 1)
      if (at + groups <= words.length && isOurs(words.slice(at, at + groups).join(""))) return "ours";
  }
  for (const [pair] of plain.matchAll(pairs)) {
    const range = rangeIn(pair);
    if (range === null || typeof range === "string") continue;
    for (let i = 0; i < Math.min(range.count, mostInWords); i += 1) if (isKnown(range.at(i))) return "ours";
  }
  return words.some(isPlainSerial) ? "any" : "none";
}
