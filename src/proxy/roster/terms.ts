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

/** What searches compare: lower case, without accents and width variants. */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replace(/[‘’ʼ´`]/g, "'")
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter);

const spelledOut: Record<string, string> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/** A name as it is written where a keyboard lacks its letters: Schroeder for Schröder. */
const spelled = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöüøå]/g, (letter) => spelledOut[letter] ?? letter);

/** The words of a search, each of which must begin a term. */
export const searchWords = (q: string): string[] => plain(q).split(/\s+/).filter(Boolean);

const han = /\p{Script=Han}/u;
const syllablesOf = (name: string): string[] =>
  pinyin(name, { toneType: "none", type: "array", nonZh: "consecutive", surname: "head", v: true });

const endsOf = <T>(list: readonly T[]): T[][] => list.map((_, index) => list.slice(index));

/** A Chinese name is found from any of its characters on, in characters, pinyin or its initials: 王秀英, xiuying, wxy, xy. */
function chineseTerms(name: string): string[] {
  const syllables = syllablesOf(name).map(plain);
  return [
    ...endsOf([...name]).map((characters) => characters.join("")),
    ...endsOf(syllables).map((end) => end.join("")),
    ...endsOf(syllables.map((syllable) => syllable[0] ?? "")).map((end) => end.join("")),
  ];
}

const shortestTail = 3;

/** An ID is found by its beginning, by any part of it, and by the last digits that people read out. */
function idTerms(id: string): string[] {
  const parts = id.match(/\p{L}+|\p{N}+/gu) ?? [];
  const tails = endsOf([...(parts.at(-1) ?? "")]).filter((tail) => tail.length >= shortestTail);
  return [id, ...parts, ...tails.map((tail) => tail.join(""))];
}

/** Everything a patient is found by the beginning of. */
export function termsOf({
  name,
  partnerUid,
  openId,
}: Pick<Patient, "name" | "partnerUid" | "openId">): string[] {
  // Each once: a Chinese one costs a look-up of its sounds.
  const whole = new Set([...searchWords(name), ...searchWords(spelled(name))]);
  const words = new Set(
    [...whole].flatMap((word) => [
      word,
      ...(word.match(/[\p{L}\p{N}]+/gu) ?? []),
      word.replace(/[^\p{L}\p{N}]/gu, ""),
    ]),
  );
  const chinese = [...words].filter((word) => han.test(word)).flatMap(chineseTerms);
  const platformId = plain(openId);
  return [
    ...new Set([...words, ...chinese, ...idTerms(plain(partnerUid)), platformId, ...platformId.split("_")]),
  ].filter(Boolean);
}

/** Where a name stands in the list: as searches compare it, a Chinese one by its pinyin. */
export const sortKeyOf = (name: string): string =>
  han.test(name) ? `${syllablesOf(plain(name)).join(" ")} ${name}` : plain(name);
