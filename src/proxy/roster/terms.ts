import { pinyin } from "pinyin-pro";
import type { Patient } from "#contract/patient.ts";

const letters: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

const apostrophes = /['‘’ʼʹ′´`＇]/g;

/** What searches compare: lower case, without accents, apostrophes and width variants. */
const plain = (text: string): string =>
  text
    // Before anything else: an accent that stands alone would become a space.
    .replace(apostrophes, "")
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter);

const spelledOut: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/** A name as it is written where a keyboard lacks its letters: Schroeder for Schröder. */
const spelled = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöüøå]/g, (letter) => spelledOut[letter] ?? letter);

const splitAt = (text: string, separator: RegExp): string[] => text.split(separator).filter(Boolean);
const outerMarks = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * The words of a search, each of which must begin a term. Marks between words do not matter: "Kim, David".
 */
export function searchWords(q: string): string[] {
  const text = plain(q);
  const words = splitAt(text, /[\s,;、"“”„«»()[\]]+/).map((word) => word.replace(outerMarks, ""));
  const named = words.filter(Boolean);
  // Nothing but marks is still searched for, lest it match everybody.
  return named.length > 0 ? named : splitAt(text, /\s+/);
}

/** The words of a name as searches compare them, in each of its spellings. */
export const nameWords = (name: string): string[] => [...new Set([name, spelled(name)].flatMap(searchWords))];

const han = /\p{Script=Han}/u;
const syllablesOf = (name: string): string[] =>
  pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive", surname: "head", v: true });

const endsOf = <T>(list: readonly T[]): T[][] => list.map((_, index) => list.slice(index));

/** Chinese characters as they sound, which is the same of traditional and simplified ones: 劉洋 and 刘洋 are liuyang. */
export const soundOfHan = (text: string): string => syllablesOf(text).map(plain).join("");

const joinedEndsOf = (list: readonly string[]): string[] => endsOf(list).map((end) => end.join(""));

/** Longer ends are not kept: a long name would be stored once for each of its characters. */
const longestEnd = 20;
const nameEndsOf = (list: readonly string[]): string[] =>
  list.map((_, index) =>
    index === 0
      ? list.join("")
      : list
          .slice(index, index + longestEnd)
          .join("")
          .slice(0, longestEnd),
  );

/**
 * A Chinese name is found from any of its characters on, in characters, pinyin or its initials: 王秀英, xiuying,
 * wxy, xy. The ü of pinyin is typed as v or as u: 吕, lv, lu.
 */
function chineseTerms(name: string): string[] {
  const syllables = syllablesOf(name).map(plain);
  return [
    ...nameEndsOf([...name]),
    ...nameEndsOf(syllables),
    ...nameEndsOf(syllables.map((syllable) => syllable.replace("v", "u"))),
    ...nameEndsOf(syllables.map((syllable) => syllable[0] ?? "")),
  ];
}

/** A word from each of its parts on: nandu-obrien, obrien. */
const fromEachPart = (word: string, part: RegExp): string[] =>
  [...word.matchAll(part)].map(({ index }) => word.slice(index));

const shortestTail = 3;

/** An ID is found from any part of it on, and by the last digits that people read out. */
function idTerms(id: string): string[] {
  const part = /\p{L}+|\p{N}+/gu;
  const tails = joinedEndsOf([...(id.match(part)?.at(-1) ?? "")]).filter(
    (tail) => tail.length >= shortestTail,
  );
  return [id, ...fromEachPart(id, part), ...tails];
}

const withoutMarks = (word: string): string => word.replace(/[^\p{L}\p{N}]/gu, "");

/** A word of a name is found from any part of it on, with or without the marks between them. */
const wordTerms = (word: string): string[] =>
  [word, ...fromEachPart(word, /[\p{L}\p{N}]+/gu)].flatMap((end) => [end, withoutMarks(end)]);

/** A short name is found without the spaces, its last word first too, as pinyin is typed: zhangmin, minzhang. */
function joinedTerms(name: string): string[] {
  const words = searchWords(name).map(withoutMarks);
  if (words.length < 2 || words.length > 3 || han.test(name)) return [];
  return [words.join(""), [words.at(-1), ...words.slice(0, -1)].join("")];
}

/** After an apostrophe a part begins too: O’Brien is found by brien. */
const apart = (name: string): string => name.replace(apostrophes, " ");

/** Less than this of the platform's ID for somebody begins that of anybody: "13" would find who nobody sees why. */
const shortestPlatformId = 8;
/** No word of a search has it. */
const platformMark = "\u0000";

/** The terms whose beginning a word of a search may be. */
export const termBeginnings = (word: string): string[] =>
  word.length < shortestPlatformId ? [word] : [word, platformMark + word];

/** Everything a patient is found by the beginning of. */
export function termsOf({
  name,
  partnerUid,
  openId,
  hospitalNumber,
}: Pick<Patient, "name" | "partnerUid" | "openId" | "hospitalNumber">): string[] {
  // Each once: a Chinese one costs a look-up of its sounds.
  const spellings = new Set([name, spelled(name)]);
  const whole = new Set([...spellings, ...[...spellings].map(apart)].flatMap(searchWords));
  const words = new Set([...whole].flatMap(wordTerms));
  // A Chinese name is found from each of its characters on, which includes its parts.
  const named = new Set([...whole].flatMap((word) => [word, withoutMarks(word)]));
  const chinese = [...named].filter((word) => han.test(word)).flatMap(chineseTerms);
  const platformId = plain(openId);
  return [
    ...new Set([
      ...words,
      ...[...spellings].flatMap(joinedTerms),
      ...chinese,
      ...idTerms(plain(partnerUid)),
      idKey(partnerUid),
      ...numberTerms(hospitalNumber ?? ""),
      ...[platformId, ...platformId.split("_")].map((part) => platformMark + part),
    ]),
  ].filter(Boolean);
}

/** A hospital number is found by its beginning, and by that of each of its parts, with or without marks. */
const numberTerms = (number: string): string[] => {
  const words = searchWords(number);
  return [...words, words.join("")].flatMap(wordTerms);
};

/** Whether a word finds somebody by their hospital number and by nothing else. */
export const isByNumberOnly = (patient: Parameters<typeof termsOf>[0], word: string): boolean => {
  const begins = (term: string) => term.startsWith(word);
  return (
    numberTerms(patient.hospitalNumber ?? "").some(begins) &&
    !termsOf({ ...patient, hospitalNumber: null }).some(begins)
  );
};

/** What two IDs or hospital numbers have in common that are the same but for capitals, marks and zeros in front. */
export const idKey = (id: string): string => withoutMarks(plain(id)).replace(/(?<!\d)0+(?=\d)/g, "");

/** Whether an ID is the same as a text but for marks and zeros in front, and not as it stands. */
export const isSimilarId = (id: string, text: string): boolean => {
  const key = idKey(text);
  return /\d/.test(key) && idKey(id) === key && plain(id) !== plain(text.trim());
};

/** A Chinese name in pinyin as it may be written in two words: the surname, of one or two characters, and the given name. */
export function pinyinWords(name: string): string[][][] {
  const syllables = syllablesOf(name).map(plain);
  const spellings = (some: readonly string[]) => [
    ...new Set(["v", "u", "yu"].map((ü) => some.map((syllable) => syllable.replace("v", ü)).join(""))),
  ];
  return [1, ...(syllables.length > 3 ? [2] : [])].map((first) =>
    [syllables.slice(0, first), syllables.slice(first)].map(spellings),
  );
}

/** A Chinese name in pinyin without spaces, the surname first or last; one of two characters in a name of four. */
function romanised(name: string): string[] {
  const syllables = syllablesOf(name).map(plain);
  const spellings = ["v", "u", "yu"].map((ü) => syllables.map((syllable) => syllable.replace("v", ü)));
  return [0, 1, ...(syllables.length > 3 ? [2] : [])].flatMap((first) =>
    spellings.map((spelling) => [...spelling.slice(first), ...spelling.slice(0, first)].join("")),
  );
}

/**
 * Two names may be one where `sought` of the one and `own` of the other have something in common: but for accents,
 * spaces and the order of words, a Chinese one in its characters or in pinyin. Characters that only sound the same
 * are two names.
 */
export function nameKeys(name: string): { own: string[]; sought: string[] } {
  const words = (spelling: string) =>
    searchWords(spelling).map((word) => word.replace(/[^\p{L}\p{M}\p{N}]/gu, ""));
  if (han.test(name)) {
    const characters = words(name).join("");
    const sounds = [...new Set(romanised(characters))];
    return {
      own: [characters, ...sounds.map((sound) => `pinyin ${sound}`)],
      sought: [characters, ...sounds],
    };
  }
  const spellings = [...new Set([name.normalize("NFC").toLowerCase(), spelled(name)])].map(words);
  const joined = spellings.flatMap((spelling) => [spelling.join(""), spelling.toSorted().join("")]);
  const own = [...new Set(joined)];
  return { own, sought: [...own, ...own.map((sound) => `pinyin ${sound}`)] };
}

/** Where a name stands in the list: as searches compare it, a Chinese one by its pinyin. */
export const sortKeyOf = (name: string): string =>
  han.test(name) ? `${syllablesOf(plain(name)).join(" ")} ${name}` : plain(name);
