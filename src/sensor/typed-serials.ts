import { isPlainSerial } from "#contract/serial.ts";
import { isSoundGtin } from "./gs1.ts";
import { type FoundSerial, nothing, type SerialsRead } from "./scanned-code.ts";
import { isAddress } from "./serial-address.ts";
import { rangeEnds } from "./serial-range.ts";
import { readSerials } from "./serials.ts";

/** Letters of other alphabets that look like a Latin letter, in upper case. */
const lookAlike: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["АВЕЅКМНОРСТУХІЈԚԜЗ", "ABESKMHOPCTYXIJQW3"],
    ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"],
  ].flatMap(([others = "", latin = ""]) => [...others].map((other, place) => [other, latin[place] ?? ""])),
);
const other = new RegExp(`[${Object.keys(lookAlike).join("")}]`, "gu");

/** A digit of any script as 0 to 9: those of a script follow each other, from its nought. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

const inLatin = (text: string): string =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(other, (letter) => lookAlike[letter] ?? letter)
    .replace(/\p{Nd}/gu, (digit) => (/\d/.test(digit) ? digit : digitOf(digit)));

const dash = /[\p{Pd}−⁃]/gu;
const date = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}-\d{1,2}-\d{2,4})(?:-|$)/;
const mostGroups = 5;
const longestInGroups = 20;

/** One serial in groups, whatever stands between them, as with hyphens; null where the text is something else. */
function inGroups(text: string): string | null {
  const groups = text
    .normalize("NFKC")
    .toUpperCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean);
  const joined = groups.join("");
  return groups.length > 1 &&
    groups.length <= mostGroups &&
    joined.length <= longestInGroups &&
    isPlainSerial(joined) &&
    !date.test(groups.join("-")) &&
    !/^[A-Z]{4,}$/.test(groups[0] ?? "")
    ? groups.join("-")
    : null;
}

/** What in an address can be a serial, where nothing says that it is. */
function inAddress(text: string): FoundSerial[] {
  const [, behind = ""] = /^[^?#]*([?#].*)$/s.exec(text.trim()) ?? [];
  const parts = behind.split(/[?#&;=/!]/).map((part) => part.trim().toUpperCase());
  return parts.filter(isPlainSerial).map((serial) => ({ serial, box: null }));
}

const name = /(?:S\/?N|SERIAL(?: ?(?:NUMBER|NO\.?))?|(?:设备|产品|传感器)?(?:序列号|编号))/giu;

/** Whether a text says more than a serial number and what it is called, in whatever script. */
function isProse(text: string, found: readonly FoundSerial[]): boolean {
  const rest = found.reduce(
    (left, { serial }) => left.replaceAll(serial, " "),
    text.normalize("NFKC").toUpperCase(),
  );
  return /[^\p{ASCII}]/u.test(rest) && /(?!\p{ASCII})\p{L}/u.test(rest.replace(name, " "));
}

const label =
  /^\s*(?:S\/?N|serial(?:[ _-]?(?:number|no\.?|nr\.?))?|device[ _]sn|(?:设备|产品|传感器)?(?:序列号|编号))(?:\s*[:=#：.]\s*|\s+)(?=\S)/iu;
const lots =
  /(?:\b(?:lot|batch|charge|ch\.?-?b)\b|批号|批次)(?:\s*(?:no|nr|number|code)\b\.?|号)?[\s:#=.-]*([A-Z0-9][A-Z0-9._/-]*)/giu;
const longestPiece = 10;
const mostJoined = 3;
/** Longer texts are not looked through for pieces. */
const longestTyped = 500;

/** What pieces beside each other, none of which is a serial by itself, may be together; the longest first. */
function joinedPieces(text: string): FoundSerial[] {
  const joined: string[] = [];
  for (const part of text.toUpperCase().split(/[^A-Z0-9\s-]+/)) {
    let run: string[] = [];
    for (const word of [...part.split(/[\s-]+/).filter(Boolean), ""]) {
      const isPiece = /^(?=.*\d)[A-Z0-9]+$/.test(word) && word.length <= longestPiece && !isPlainSerial(word);
      // With a letter another serial begins.
      if (isPiece && (run.length === 0 || /^\d/.test(word))) {
        run.push(word);
        continue;
      }
      for (let end = Math.min(run.length, mostGroups); end > 1; end -= 1)
        joined.push(run.slice(0, end).join(""));
      run = isPiece ? [word] : [];
    }
  }
  const likely = joined.filter(
    (serial) =>
      serial.length <= longestInGroups &&
      /^[A-Z]/.test(serial) &&
      isPlainSerial(serial) &&
      resembles(serial) === null,
  );
  return [...new Set(likely)].slice(0, mostJoined).map((serial) => ({ serial, box: null }));
}

/** Where what was read are but pieces of a serial, or is a lot beside it: what they may be together. */
function withJoined(text: string, read: SerialsRead): SerialsRead {
  const all = [...read.found, ...read.unsure];
  if (all.some(({ box }) => box !== null) || (read.doubt !== null && read.doubt !== "words")) return read;
  const given = text.normalize("NFKC").replace(/\p{Cf}/gu, "");
  const ofLots = [...given.matchAll(lots)].map(([, lot = ""]) => lot.toUpperCase());
  const plain = all.filter(({ serial }) => isPlainSerial(serial) && !ofLots.includes(serial));
  const joined = joinedPieces(given.replace(lots, ";"));
  const [first] = read.found;
  const isGlued =
    joined.length > 1 && joined.map(({ serial }) => serial).join("") === first?.serial.replace(/[._-]/g, "");
  if (isGlued) return offered(joined, "words");
  if (read.found.length > 0 && plain.length > 0) return read;
  return joined.length === 0 ? read : offered([...plain, ...joined], "words");
}

const offered = (found: readonly FoundSerial[], doubt: SerialsRead["doubt"]): SerialsRead => ({
  ...nothing,
  unsure: found,
  doubt: found.length > 0 ? doubt : null,
});

/**
 * The serial numbers in what a person typed or pasted into the field for one: as `readSerials`, and where that finds
 * none, what may be meant. Marks between its characters are taken for hyphens; where a character would be another, or
 * there is more than a serial, it is only offered.
 */
export function readTyped(typed: string): SerialsRead {
  const ends = rangeEnds(typed);
  if (ends) return { ...nothing, found: [ends.first, ends.last].map((serial) => ({ serial, box: null })) };
  const dashed = typed.replace(dash, "-");
  const isShort = typed.length <= longestTyped;
  const given = isShort ? dashed.normalize("NFKC") : "";
  const behindLabel = given.replace(label, "");
  if (behindLabel !== given) {
    const alone = readTyped(behindLabel);
    const isOne = ({ serial }: FoundSerial) => isPlainSerial(serial) && serial.length <= longestInGroups;
    if (alone.found.length > 0 && alone.found.every(isOne)) return alone;
  }
  const read = isShort ? withJoined(dashed, readSerials(dashed)) : readSerials(dashed);
  if (read.found.length > 0 && read.found.every(({ box }) => box === null) && isProse(typed, read.found))
    return offered(read.found, "words");
  if (read.found.length + read.unsure.length > 0) return read;
  if (isAddress(typed.trim())) {
    const inIt = inAddress(typed);
    return inIt.length > 0 ? offered(inIt, "words") : read;
  }
  if (read.without) return read;
  const groups = inGroups(dashed);
  const grouped = groups === null ? nothing : readSerials(groups);
  if (grouped.found.length > 0) return grouped;
  const latin = inLatin(dashed);
  if (latin === dashed.normalize("NFKC").toUpperCase()) return read;
  // A letter O within a number is its nought.
  const likely = [latin.replace(/(?<=\d)O(?=\d)/g, "0"), latin].flatMap((text) => {
    const { found, unsure } = readSerials(inGroups(text) ?? text);
    return [...found, ...unsure];
  });
  const each = likely.filter(
    ({ serial }, place) => /\d/.test(serial) && likely.findIndex((one) => one.serial === serial) === place,
  );
  return offered(each, "letters");
}

/** What a number that is no sensor's looks like instead. */
export type Resembled = "lot" | "product" | "date" | "phone";

const resembled: readonly [Resembled, RegExp][] = [
  ["lot", /^(?:LOT|BATCH|CHARGE|CH\.?-?B|批号|批次)[\s:：#._-]*(?=.*\d)[A-Z0-9._-]{1,20}$/],
  ["date", /^(?:19|20)\d\d[./年_-]?(?:0?[1-9]|1[0-2])(?:[./月_-]?(?:0?[1-9]|[12]\d|3[01])日?|月)?$/],
  ["date", /^(?:0?[1-9]|[12]\d|3[01])[./_-](?:0?[1-9]|[12]\d|3[01])[./_-](?:\d\d|(?:19|20)\d\d)$/],
  [
    "date",
    /^(?:0?[1-9]|[12]\d|3[01])[./_-]?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[./_-]?(?:\d\d|(?:19|20)\d\d)$/,
  ],
  ["phone", /^(?:(?:\+|00)?86[.-]?)?1[3-9]\d[.-]?\d{4}[.-]?\d{4}$/],
  ["phone", /^(?:\+|00)[1-9][\d./()-]{6,17}$|^0\d{2,4}[./()-]?\d{6,8}$/],
  ["product", /^\d{12,14}$/],
];

/** What a text looks like that is not a serial number; null of anything else. */
export function resembles(text: string): Resembled | null {
  const plain = text
    .normalize("NFKC")
    .replace(/[\s\p{Cf}]/gu, "")
    .replace(dash, "-")
    .toUpperCase();
  if (/^\d{12,14}$/.test(plain) && isSoundGtin(plain)) return "product";
  return resembled.find(([, shape]) => shape.test(plain))?.[0] ?? null;
}
