import { calendarDatesIn } from "#contract/calendar-date.ts";
import type { RosterPage } from "#contract/roster.ts";
import { parseSerial } from "#contract/serial.ts";
import type { PatientStore } from "../store/patients.ts";
import { halfDatesIn } from "./half-dates.ts";
import type { Members } from "./members.ts";
import { isSamePhone, phoneDigits, shortestPhoneEnd, wholePhoneEnd } from "./phone-numbers.ts";
import { idKey, isByNumberOnly, searchWords, soundOfHan } from "./terms.ts";

/** Shorter ones would begin half of all serial numbers. */
const shortestSerial = 4;
/**
 * Whose names are nearly what was searched for in vain, the nearest first: a word that begins nobody's sounds like theirs.
 * Chinese characters sound the same, traditional or simplified.
 */
export function nearTo({ find, nearNames, shown, standings }: Members, q: string, most: number): number[] {
  const words = searchWords(q);
  const isListed = (member: number) => standings[member] === "listed" && shown(member) === member;
  const [name = ""] = words;
  if (words.length === 1 && /^\p{Script=Han}{2,8}$/u.test(name))
    return find(name).some(isListed)
      ? []
      : [...new Set(find(soundOfHan(name)))].filter(isListed).slice(0, most);
  if (words.some((word) => !/^[\p{Script=Latin}'-]+$/u.test(word))) return [];
  const unknown = words.find((word) => find(word).length === 0);
  if (unknown === undefined) return [];
  const rest = words.filter((word) => word !== unknown);
  return nearNames.near(unknown, rest, isListed, most);
}

/**
 * Marks with 1 who matches; answers with how many, and how many more a search would find outside the filter.
 * By name, partner user ID, platform ID and serial number alone it is not told who was born when, or has
 * which phone or hospital number; `with-whole-phone` finds by a phone
 * number that is given whole: for those who are shown none, so that none is found out by trying.
 */
export type Search = (
  marks: Uint8Array,
  q: string,
  passes: (member: number) => boolean,
  by?: "all" | "name-and-ids" | "with-whole-phone",
) => Promise<Pick<RosterPage, "total" | "outsideFilter">>;

export function createSearch(members: Members, wearersOf: PatientStore["wearersOf"]): Search {
  const { rows, standings, identities } = members;

  /** Who was born in this month or on this day of a year, as far as it is written. */
  const bornBegun = (text: string): number[] =>
    halfDatesIn(text).flatMap(({ key, begins }) =>
      identities.born(key).filter((member) => rows[member]?.dateOfBirth?.startsWith(begins)),
    );

  /** The days that a text may be: eight digits, or two numbers before a year, in any order of day and month. */
  function datesIn(text: string): Set<string> {
    const [, first, second, year] = /^(\d{2})(\d{2})((?:19|20)\d{2})$/.exec(text.normalize("NFKC")) ?? [];
    const turned = year ? [`${first}.${second}.${year}`, `${second}.${first}.${year}`] : [];
    return new Set([text, ...turned].flatMap(calendarDatesIn));
  }

  /** Whose date of birth this is, whole or half, or whose phone number ends so. */
  function identified(text: string): readonly number[] {
    const digits = phoneDigits(text);
    return [
      ...[...datesIn(text)].flatMap(identities.born),
      ...bornBegun(text),
      ...(digits.length < shortestPhoneEnd ? [] : identities.withPhone(digits)),
      ...withWholePhone(text),
    ];
  }

  function withWholePhone(text: string): readonly number[] {
    const end = wholePhoneEnd(text);
    if (end === "") return [];
    return identities.withPhone(end).filter((member) => isSamePhone(rows[member]?.phone ?? "", text));
  }

  async function wearers(word: string): Promise<number[]> {
    const serial = parseSerial(word);
    if (!serial || serial.length < shortestSerial || !/\d/.test(serial)) return [];
    const ids = await wearersOf(serial);
    return ids.flatMap((id) => members.memberOf(id) ?? []);
  }

  const named = (word: string): number[] =>
    members.find(word).filter((member) => {
      const row = rows[member];
      return row !== undefined && !isByNumberOnly(row, word);
    });

  /** Whose partner user ID this is, but for capitals, marks and zeros in front. */
  const withUid = (text: string): number[] => {
    const key = idKey(text);
    if (!/\d/.test(key)) return [];
    return members.find(key).filter((member) => idKey(rows[member]?.partnerUid ?? "") === key);
  };

  return async (marks, q, passes, by = "all") => {
    const words = searchWords(q);
    const beyondNames = { all: identified, "name-and-ids": () => [], "with-whole-phone": withWholePhone }[by];
    /** How many of the words, in their order, each member has met. */
    const met = new Uint8Array(rows.length);
    // Everybody in the order of their numbers: what is looked at lies side by side then.
    let candidates: Iterable<number> = words.length === 0 ? rows.keys() : [];
    for (const [place, word] of words.entries()) {
      const found = by === "all" ? members.find(word) : named(word);
      candidates = [...found, ...beyondNames(word), ...(await wearers(word))];
      for (const member of candidates) if (met[member] === place) met[member] = place + 1;
    }
    // A date, a phone number, a serial number or an ID may be written with spaces.
    const whole = [
      ...withUid(q),
      ...(words.length > 1 ? [...beyondNames(q.trim()), ...(await wearers(words.join("")))] : []),
    ];
    for (const member of whole) met[member] = words.length;
    if (whole.length > 0) candidates = [...candidates, ...whole];
    let total = 0;
    const outsideFilter = { listed: 0, archived: 0 };
    for (const candidate of candidates) {
      if (met[candidate] !== words.length) continue;
      const member = members.shown(candidate);
      if (member === undefined || marks[member] !== 0) continue;
      const standing = standings[member] ?? "merged";
      if (standing === "merged") continue;
      const isWithin = passes(member);
      marks[member] = isWithin ? 1 : 2;
      if (isWithin) total += 1;
      else if (words.length > 0) outsideFilter[standing] += 1;
    }
    return { total, outsideFilter };
  };
}
