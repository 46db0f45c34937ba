import { isPlainSerial } from "#contract/serial.ts";
import { readSerials } from "#sensor/serials.ts";
import type { OurSensors } from "./our-sensors.ts";
import { rangeIn } from "./serial-ranges.ts";

/** Of a range in words so many are looked for. */
const mostInWords = 100_000;
/** A serial in groups is so many words at most. */
const mostGroups = 4;
const pairs =
  /[A-Z0-9][A-Z0-9._]{5,63}\s*(?:[-–—~]|TO|THROUGH|BIS|À|AU|HASTA|AL|至|到)\s*[A-Z0-9][A-Z0-9._]{5,63}/g;

type Known = Pick<OurSensors, "has" | "isShaped">;

/** The sensors of ours that words name, whichever way, and whether they name what could be a serial at least. */
export function serialsNamedIn(text: string, known: Known): { ours: string[]; isAny: boolean } {
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .toUpperCase();
  const words = plain.split(/[^A-Z0-9._-]+/).map((word) => word.replace(/^[._-]+|[._-]+$/g, ""));
  const ours = new Set<string>();
  const look = (word: string) => {
    const joined = word.replace(/[-._]/g, "");
    const found = [word, joined].find((one) => one !== "" && known.has(one));
    if (found !== undefined) ours.add(found);
    return found !== undefined;
  };
  for (const [at, word] of words.entries()) {
    if (word === "" || look(word)) continue;
    for (const part of word.split(/[-._]/)) look(part);
    for (let groups = 2; groups <= mostGroups && at + groups <= words.length; groups += 1)
      if (look(words.slice(at, at + groups).join(""))) break;
  }
  for (const [pair] of plain.matchAll(pairs)) {
    const range = rangeIn(pair, known);
    if (range === null || typeof range === "string") continue;
    for (let i = 0; i < Math.min(range.count, mostInWords); i += 1) look(range.at(i));
  }
  if (ours.size === 0)
    for (const { serial } of readSerials(text).found) if (known.has(serial)) ours.add(serial);
  return { ours: [...ours], isAny: ours.size > 0 || words.some(isPlainSerial) };
}

/**
 * Whether a line may name a sensor of ours besides the one that it is taken for: digits enough stand together, as groups of
 * one serial do.
 */
export function mayNameMore(text: string, taken: string, known: OurSensors): boolean {
  if (text.length - taken.length < known.shortest) return false;
  const from = text.indexOf(taken);
  let digits = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (i === from) i += taken.length;
    const code = text.charCodeAt(i);
    if ((code >= 48 && code <= 57) || code >= 0xff10) digits += 1;
    // A comma, a semicolon, a tabulator, a bar, a colon or a quote.
    else if (code === 44 || code === 59 || code === 9 || code === 124 || code === 58 || code === 34)
      digits = 0;
    if (digits >= known.fewestDigits) return true;
  }
  return false;
}
