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

/** A comma, a semicolon, a tabulator, a bar, a colon or a quote. */
const setsApart = (code: number) =>
  (code < 48 || code > 57) &&
  (code <= 59 || code === 124) &&
  (code === 44 || code === 59 || code === 9 || code === 124 || code === 58 || code === 34);

/** Whether a cell may name a serial of ours: one word as long as one, or digits enough in groups or words. */
function mayName(cell: string, known: OurSensors): boolean {
  let digits = 0;
  let isWord = true;
  for (let i = 0; i < cell.length; i += 1) {
    const code = cell.charCodeAt(i);
    if ((code >= 48 && code <= 57) || code >= 0xff10) digits += 1;
    if (code < 48 || (code > 57 && code < 65) || (code > 90 && code < 97) || code > 122) isWord = false;
  }
  if (digits < known.fewestDigits) return false;
  return !isWord || known.isShaped(cell) || known.isShaped(cell.toUpperCase());
}

/** Whether a line may name a sensor of ours besides the one that it is taken for; most are told by the length of their cells. */
export function mayNameMore(text: string, taken: string, known: OurSensors): boolean {
  const { shortest } = known;
  const from = text.indexOf(taken);
  let begin = 0;
  for (let i = 0; i <= text.length; i += 1) {
    if (i < text.length && !setsApart(text.charCodeAt(i))) continue;
    const isTaken = begin === from && i === from + taken.length;
    if (i - begin >= shortest && !isTaken && mayName(text.slice(begin, i), known)) return true;
    begin = i + 1;
  }
  return false;
}
