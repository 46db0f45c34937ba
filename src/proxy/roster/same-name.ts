import { untitled } from "./line-lead.ts";
import { areHeardAlike, lettersBetween, soundOf } from "./near-names.ts";
import { nameKeys, nameWords, pinyinWords } from "./terms.ts";

/** Whether two names are of one person, perhaps of one, or of two. */
export type SameName = "same" | "perhaps" | "other";

const han = /\p{Script=Han}/u;
/** So many letters may be others in a word of this length, and in the whole name. */
const mostOff = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);
const mostOffTogether = 2;

/** The words of a name, each in its spellings; those of a double-barrelled one each by itself. */
const partsOf = (name: string): string[][] =>
  name
    .split(/[\s,;.\p{Pd}]+/u)
    .map((word) =>
      nameWords(word)
        .map((one) => one.replace(/[^\p{L}\p{M}\p{N}]/gu, ""))
        .filter(Boolean),
    )
    .filter((spellings) => spellings.length > 0);

/** Whether two letters that stand side by side have changed places: lui, liu. */
function areSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return (
    at >= 0 &&
    a.length === b.length &&
    a[at] === b[at + 1] &&
    a[at + 1] === b[at] &&
    a.slice(at + 2) === b.slice(at + 2)
  );
}

/** How many letters two words differ in; 1 of an initial and its word; infinite where they are two words. */
function lettersOff(a: readonly string[], b: readonly string[]): number {
  const off = (one: string, other: string) => {
    const [short, long] = one.length < other.length ? [one, other] : [other, one];
    if (short.length === 1) return long.startsWith(short) ? 1 : Number.POSITIVE_INFINITY;
    if (areSwapped(short, long)) return 1;
    const letters = lettersBetween(short, long);
    return letters <= mostOff(long.length) || areHeardAlike(short, long, letters)
      ? letters
      : Number.POSITIVE_INFINITY;
  };
  return Math.min(...a.flatMap((one) => b.map((other) => off(one, other))));
}

const soundAlike = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((one) => one.length > 3 && b.some((other) => soundOf(one) === soundOf(other)));

/** Whether each part of the one is a part of the other, one of them to the letter or all by their sound. */
function isWithin(few: readonly string[][], many: readonly string[][]): boolean {
  if (few.length < 2) return false;
  const left = [...many];
  let sum = 0;
  let isSure = false;
  let doAllSound = true;
  for (const part of few) {
    const offs = left.map((one) => lettersOff(part, one));
    const least = Math.min(...offs);
    sum += least;
    if (sum > mostOffTogether) return false;
    isSure ||= least === 0 && part.some((word) => word.length > 1);
    const [other = []] = left.splice(offs.indexOf(least), 1);
    doAllSound &&= soundAlike(part, other);
  }
  return isSure || doAllSound;
}

/** Chinese names of one sound: a character that was chosen wrongly while typing. */
const soundsSame = (a: string, b: string): boolean => {
  const sounds = new Set(nameKeys(a).own.filter((key) => key.startsWith("pinyin ")));
  return a[0] === b[0] && nameKeys(b).own.some((key) => sounds.has(key));
};

/**
 * The same but for titles, accents, marks, the order of words and pinyin. Perhaps the same where every word of the one
 * is in the other, with a letter or two off, as an initial, or beside a second name; Chinese ones that sound the same, in
 * pinyin with a letter off too.
 */
export function sameName(a: string, b: string): SameName {
  const [one, other] = [untitled(a), untitled(b)];
  const { own } = nameKeys(one);
  if (nameKeys(other).sought.some((key) => key !== "" && own.includes(key))) return "same";
  if (nameKeys(one).sought.some((key) => key !== "" && nameKeys(other).own.includes(key))) return "same";
  if (han.test(one) && han.test(other)) return soundsSame(one, other) ? "perhaps" : "other";
  if (han.test(one) || han.test(other)) {
    const [chinese, latin] = han.test(one) ? [one, other] : [other, one];
    const parts = partsOf(latin);
    const isNear = parts.length === 2 && pinyinWords(chinese).some((words) => isWithin(words, parts));
    return isNear ? "perhaps" : "other";
  }
  const [few, many] = [partsOf(one), partsOf(other)].toSorted((x, y) => x.length - y.length);
  return few && many && isWithin(few, many) ? "perhaps" : "other";
}
