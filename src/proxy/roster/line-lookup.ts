import type { RosterRow } from "#contract/roster.ts";
import type { Members } from "./members.ts";
import { areHeardAlike, lettersBetween } from "./near-names.ts";
import { sameName } from "./same-name.ts";
import { nameKeys, nameWords, searchWords } from "./terms.ts";

/** The words from `from` to before `to` are the whole name of these people; more than one has it, or an archived one. */
interface NameInRun {
  from: number;
  to: number;
  people: RosterRow[];
}

/** Finds people in the words of a text. Everybody is the one they are now a part of. */
export interface LineLookup {
  /** Whose partner user ID or hospital number this is. */
  withId(text: string): RosterRow[];
  /** Whole names in words that follow each other, in any order; none that lies within a longer one. */
  namesIn(run: readonly string[]): NameInRun[];
  /** Who has a name that two words of a run nearly are, or that begins one of Chinese characters. */
  near(runs: readonly (readonly string[])[], most: number): RosterRow[];
  /** Who may be called what words in a row say but for a letter, an initial, a second name or a character. */
  alike(runs: readonly (readonly string[])[]): RosterRow[];
  /** Who has names or IDs that each of these words begins. */
  begun(words: readonly string[]): RosterRow[];
  /** Whether somebody here has this word in their name. */
  isInName(word: string): boolean;
}

const han = /\p{Script=Han}/u;
const longestName = 8;
/** A word of one letter begins a tenth of all names. */
const isLooked = (word: string) => word.length > 1 || han.test(word);
/** So many letters of a word may be others; of short ones few are left. */
const mostOff = (word: string) => (word.length < 4 ? 0 : word.length < 6 ? 1 : 2);
const mostOffTogether = 3;

/** So many are compared letter by letter, those with most of the words first. */
const mostCompared = 100;
/** So many words of a line are looked up as parts of a name. */
const mostWordsCompared = 8;

/** So many pairs of words are looked up as names that are not spelt right. */
const mostPairs = 8;

/** Words in Latin letters that follow each other, each two once; a word that is alone, alone. */
function pairsIn(runs: readonly (readonly string[])[]): string[][] {
  const pairs = runs.flatMap((run) => {
    const words = run.map((word) => searchWords(word).join(""));
    return words.length === 1 ? [words] : words.slice(1).map((word, place) => [words[place] ?? "", word]);
  });
  const latin = pairs.filter((pair) => pair.every((word) => /^[\p{Script=Latin}'-]+$/u.test(word)));
  return [...new Map(latin.map((pair) => [pair.join(" "), pair])).values()];
}

/** Of a word of Chinese characters what may be a name in front of something else. */
const beginningsOf = (word: string): string[] =>
  [4, 3, 2]
    .filter((length) => length < [...word].length)
    .map((length) => [...word].slice(0, length).join(""));

/** Also where all characters are others, as of 張偉 and 张伟. */
function soundsSame(a: string, b: string): boolean {
  if (!han.test(a) || !han.test(b)) return false;
  const sounds = new Set(nameKeys(a).own.filter((key) => key.startsWith("pinyin ")));
  return nameKeys(b).own.some((key) => sounds.has(key));
}

export function createLineLookup(members: Members): LineLookup {
  const { rows, standings, shown, find, nearNames } = members;

  /** Archived ones only where nobody else is. */
  function peopleOf(found: readonly number[]): RosterRow[] {
    const people = [...new Set(found.flatMap((member) => shown(member) ?? []))];
    const listed = people.filter((member) => standings[member] === "listed");
    return (listed.length > 0 ? listed : people).flatMap((member) => rows[member] ?? []);
  }

  const hasWholeName = (name: string) => han.test(name) || searchWords(name).length > 1;

  /** Who is found by two of the words, or by one of Chinese characters. */
  function candidatesIn(run: readonly string[]): number[] {
    const hits = new Map<number, number>();
    for (const word of new Set(run.filter(isLooked)))
      for (const member of new Set(nameWords(word).flatMap(find)))
        hits.set(member, (hits.get(member) ?? 0) + (han.test(word) ? 2 : 1));
    return [...hits].flatMap(([member, count]) => (count > 1 ? member : []));
  }

  /** The runs of words that may be a name, by what such a name would be compared by. */
  function windowsIn(run: readonly string[]) {
    const windows = new Map<string, { from: number; to: number }[]>();
    for (let from = 0; from < run.length; from += 1)
      for (let to = from + 1; to <= Math.min(run.length, from + longestName); to += 1) {
        const text = run.slice(from, to).join(" ");
        if (to === from + 1 && !han.test(text)) continue;
        for (const key of nameKeys(text).sought)
          windows.set(key, [...(windows.get(key) ?? []), { from, to }]);
      }
    return windows;
  }

  function namesIn(run: readonly string[]): NameInRun[] {
    const candidates = candidatesIn(run);
    if (candidates.length === 0) return [];
    const windows = windowsIn(run);
    const found = new Map<string, { from: number; to: number; members: number[] }>();
    for (const member of candidates) {
      const name = rows[member]?.name ?? "";
      if (!hasWholeName(name)) continue;
      for (const { from, to } of new Set(nameKeys(name).own.flatMap((key) => windows.get(key) ?? []))) {
        const place = `${from} ${to}`;
        found.set(place, { from, to, members: [...(found.get(place)?.members ?? []), member] });
      }
    }
    const all = [...found.values()];
    return all
      .filter(
        (one) =>
          !all.some(({ from, to }) => from <= one.from && one.to <= to && to - from > one.to - one.from),
      )
      .map(({ from, to, members: own }) => ({ from, to, people: peopleOf(own) }));
  }

  /** How many letters of two words are others than in this name; infinite where one is in none of its words. */
  function lettersOff(name: string, words: readonly string[]): number {
    const own = nameWords(name);
    return words
      .map((word) => {
        const letters = own.map((one) => {
          const off = lettersBetween(word, one);
          return off <= mostOff(word) || areHeardAlike(word, one, off) ? off : Number.POSITIVE_INFINITY;
        });
        return Math.min(...letters);
      })
      .reduce((sum, letters) => sum + letters, 0);
  }

  function nearlyCalled(words: readonly string[], most: number): number[] {
    const passes = (member: number) =>
      standings[member] === "listed" && lettersOff(rows[member]?.name ?? "", words) <= mostOffTogether;
    return words.flatMap((word, place) => nearNames.near(word, words.toSpliced(place, 1), passes, most));
  }

  /** Who is found by any of these, those by most of them first. */
  function metBy(words: readonly string[]): number[] {
    const hits = new Map<number, number>();
    for (const word of new Set(words))
      for (const member of new Set(find(word))) hits.set(member, (hits.get(member) ?? 0) + 1);
    return [...hits].sort(([, a], [, b]) => b - a).map(([member]) => member);
  }

  function perhapsCalled(text: string, words: readonly string[]): RosterRow[] {
    return metBy(words)
      .filter((member) => standings[member] === "listed")
      .slice(0, mostCompared)
      .flatMap((member) => rows[member] ?? [])
      .filter(({ name }) => sameName(text, name) !== "other" || soundsSame(text, name));
  }

  return {
    withId: (text) => peopleOf(members.called(text)),
    namesIn,
    near: (runs, most) => {
      const found = new Set<RosterRow>();
      for (const word of runs.flat().filter((one) => han.test(one)))
        for (const start of beginningsOf(word))
          for (const { people } of namesIn([start])) for (const one of people) found.add(one);
      for (const pair of pairsIn(runs).slice(0, mostPairs)) {
        if (found.size >= most) break;
        for (const member of nearlyCalled(pair, most)) for (const row of peopleOf([member])) found.add(row);
      }
      return [...found].slice(0, most);
    },
    alike: (runs) => {
      const found = new Set<RosterRow>();
      const chinese = runs.flat().filter((one) => han.test(one));
      for (const word of chinese.slice(0, mostWordsCompared))
        for (const name of [word, ...beginningsOf(word)].filter((one) => [...one].length < 5))
          for (const row of perhapsCalled(name, nameKeys(name).sought)) found.add(row);
      for (const run of runs) {
        const words = run.filter((word) => !han.test(word)).slice(0, mostWordsCompared);
        if (words.length < 2) continue;
        const looked = words.filter(isLooked).flatMap(nameWords);
        for (const row of perhapsCalled(words.join(" "), looked)) found.add(row);
      }
      return [...found];
    },
    begun: (words) => {
      const [first = [], ...others] = words.slice(0, mostWordsCompared).map((word) => new Set(find(word)));
      return [...first].flatMap((member) =>
        standings[member] === "listed" && others.every((one) => one.has(member)) ? (rows[member] ?? []) : [],
      );
    },
    isInName: (word) => {
      const own = nameWords(word);
      return own.some((one) => find(one).some((member) => nameWords(rows[member]?.name ?? "").includes(one)));
    },
  };
}
