import type { RosterRow } from "#contract/roster.ts";
import { withoutDates } from "./line-dates.ts";
import { bareName, isDayOrTime } from "./line-lead.ts";
import type { LineLookup } from "./line-lookup.ts";
import { searchWords } from "./terms.ts";
import { visitWords } from "./visit-words.ts";

/** Whom a line means that has more on it than a person, and whether it is certain. */
export interface Within {
  exact: readonly RosterRow[];
  like: readonly RosterRow[];
  /** Of several who are named, those whom each name or ID may mean. */
  each: readonly (readonly RosterRow[])[];
}

/** More of one name than that are told apart by an ID. */
const mostOfOneName = 20;

interface Word {
  text: string;
  /** A comma stands behind it. */
  isApart: boolean;
}

const marks = /[\t;；|/:：()（）[\]【】<>"“”„«»、*•·]|[–—]|\s-+\s|^-|-$/u;
const phone =
  /(?<![\p{L}\d-])(?:\+[\d ()-]{7,}\d|\d+ ?[ (][\d ()-]{4,}\d|(?:0\d{9,11}|1[3-9]\d{9})(?![\p{L}\d-]))/gu;
const looksLikeId = (text: string) => /^\S{4,}$/.test(text) && /\d/.test(text);
/** A year or the number of a room has fewer digits. */
const looksLikeWholeId = (text: string) =>
  text.replace(/\D/g, "").length > (/\p{L}/u.test(text) ? 3 : 4) &&
  !isDayOrTime(text) &&
  !/^[012]\d[0-5]\d[-–—~][012]\d[0-5]\d$/.test(text);

const visitInChinese = /[诊访查泵装培训训预约检]/u;
const otherPerson = /^(?:jr|sr|junior|senior|i{1,3}|iv|\p{L})$/iu;

const isVisitWord = (word: string): boolean =>
  visitWords.has(word.toLowerCase().split(/[-.]/, 1)[0] ?? "") || visitWords.has(word.toLowerCase());

/** Whether a word that is nobody's here may be a name all the same. */
function looksLikeName(word: string, line: string): boolean {
  if (isVisitWord(word)) return false;
  const isAbbreviation = /^\p{Lu}{2,4}$/u.test(word) && /\p{Ll}/u.test(line);
  return /^\p{Lu}/u.test(word) && !isAbbreviation;
}

const wordsOf = (part: string): Word[] =>
  part.split(/\s+|(?<=[,，])/).flatMap((word) => {
    const text = bareName(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
    return text === "" ? [] : [{ text, isApart: /[,，]$/.test(word) }];
  });

/** The words between marks; one with digits is no part of a name. */
function runsIn(line: string): Word[][] {
  const runs: Word[][] = [];
  for (const part of line.split(marks)) {
    let run: Word[] = [];
    for (const word of wordsOf(part)) {
      if (!/\d/.test(word.text)) run.push(word);
      else if (run.length > 0) {
        runs.push(run);
        run = [];
      }
    }
    if (run.length > 0) runs.push(run);
  }
  return withoutRest(runs);
}

/** A line of two hundred characters may be a hundred words. */
const mostWords = 24;

function withoutRest(runs: readonly Word[][]): Word[][] {
  let room = mostWords;
  return runs.flatMap((run) => {
    const own = run.slice(0, room);
    room -= own.length;
    return own.length > 0 ? [own] : [];
  });
}

const unique = (people: readonly RosterRow[]): RosterRow[] => [
  ...new Map(people.map((one) => [one.id, one])).values(),
];

/**
 * Whose ID or whole name stands somewhere on a line; everything else is what they come for. Nobody is certain by a
 * part of a name, among several people, or beside an ID or a name that is not theirs.
 */
export function whoIsWithin(line: string, lookup: LineLookup, most: number): Within {
  const text = withoutDates(line.normalize("NFKC"));
  const tokens = text
    .split(/[\s,;|()[\]]+/)
    .map((token) => token.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""));
  const numbers = tokens.filter(looksLikeId).map((token) => ({ token, people: lookup.withId(token) }));
  const withId = unique(numbers.flatMap(({ people }) => people));
  const isOtherId = text
    .replace(phone, " ")
    .split(/[\s,;|()[\]]+/)
    .some(
      (token) =>
        looksLikeWholeId(token) && numbers.every((one) => one.token !== token || one.people.length === 0),
    );
  const runs = runsIn(text);

  /** Whether a word beside a name may be a part of it. */
  const mayBelong = (word: Word | undefined): boolean =>
    word !== undefined &&
    !isVisitWord(word.text) &&
    (otherPerson.test(word.text) ||
      /^\p{Script=Han}$/u.test(word.text) ||
      looksLikeName(word.text, text) ||
      lookup.isInName(word.text));

  const names = runs.flatMap((run) =>
    lookup.namesIn(run.map((word) => word.text)).map(({ from, to, people }) => {
      const before = run[from - 1];
      const isWhole =
        !(before && !before.isApart && mayBelong(before)) && !(!run[to - 1]?.isApart && mayBelong(run[to]));
      return { people, isWhole };
    }),
  );
  const [id, ...otherIds] = withId;
  if (id) {
    const others = names.filter(({ people }) => people.every((one) => one.id !== id.id));
    const own = new Set(searchWords(id.name));
    const isAnother = ({ text: word }: Word) =>
      !searchWords(word).every((one) => own.has(one)) &&
      (/^\p{Script=Han}{2,4}$/u.test(word)
        ? word !== id.name && !visitInChinese.test(word)
        : looksLikeName(word, text));
    const isClear =
      otherIds.length + others.length === 0 &&
      !isOtherId &&
      (names.length > 0 || !runs.some((run) => run.some(isAnother)));
    const all = unique([...withId, ...others.flatMap(({ people }) => people)]);
    const each = [...withId.map((one) => [one]), ...others.map(({ people }) => people)];
    return isClear ? { exact: [id], like: [], each: [] } : { exact: [], like: all.slice(0, most), each };
  }
  const named = unique(names.flatMap(({ people }) => people));
  const isOne = names.every(({ people }) => people.length === named.length);
  if (named.length > 0)
    return isOne && !isOtherId && names.some(({ isWhole }) => isWhole)
      ? { exact: named.slice(0, mostOfOneName), like: [], each: [] }
      : { exact: [], like: named.slice(0, most), each: names.map(({ people }) => people) };
  const words = runs.map((run) => run.flatMap((word) => (isVisitWord(word.text) ? [] : word.text)));
  const like = most > 0 ? unique([...lookup.alike(words), ...lookup.near(words, most)]) : [];
  return { exact: [], like, each: [] };
}
