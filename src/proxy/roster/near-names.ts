import { nameWords } from "./terms.ts";

/** Shorter words sound like too many others. */
const shortest = 4;
/** So many letters may be other ones, be missing or be too many. */
const mostLetters = 2;

/** What people write the same who heard a name: Hofman and Hoffmann, Shroder and Schröder. */
export const soundOf = (word: string): string => {
  const consonants = word
    .replace(/s[ck]?h|sz/g, "s")
    .replace(/ph|v/g, "f")
    .replace(/ck|c|q/g, "k")
    .replace(/z/g, "s")
    .replace(/dt|th/g, "t")
    .replace(/(?<=.)[aeiouyhj]/g, "");
  return consonants.replace(/(.)\1+/g, "$1");
};

/** How many letters have to be put in, taken out or changed. */
export function lettersBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Whether two words that differ in so many letters are one to who only hears them: Nayar and Nair. */
export const areHeardAlike = (a: string, b: string, letters: number): boolean =>
  Math.min(a.length, b.length) >= shortest && letters <= mostLetters && soundOf(a) === soundOf(b);

/** How many letters of a word are others than in what was searched for, none in its beginning; reckoned once for each. */
function lettersFrom(sought: string): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    const letters = known.get(word) ?? (word.startsWith(sought) ? 0 : lettersBetween(sought, word));
    known.set(word, letters);
    return letters;
  };
}

/** Finds members whose names sound like one that nobody has. Members are small whole numbers. */
export interface NearNames {
  put(member: number, name: string): void;
  /** Whose names have a word that sounds like `unknown`, and others that begin with the rest or nearly are it. */
  near(unknown: string, rest: readonly string[], passes: (member: number) => boolean, most: number): number[];
}

export function createNearNames(): NearNames {
  const bySound = new Map<string, Map<string, number[]>>();
  const words: string[][] = [];

  function add(member: number, word: string): void {
    const sound = soundOf(word);
    const alike = bySound.get(sound) ?? new Map<string, number[]>();
    bySound.set(sound, alike);
    const list = alike.get(word);
    if (list) list.push(member);
    else alike.set(word, [member]);
  }

  return {
    put: (member, name) => {
      words[member] = nameWords(name);
      for (const word of words[member]) if (word.length >= shortest) add(member, word);
    },
    near: (unknown, rest, passes, most) => {
      if (unknown.length < shortest) return [];
      const others = rest.map(lettersFrom);
      const alike = [...(bySound.get(soundOf(unknown)) ?? [])]
        .map(([word, members]) => ({ word, members, letters: lettersBetween(unknown, word) }))
        .filter(({ letters }) => letters <= mostLetters)
        .sort((a, b) => a.letters - b.letters);
      const found = new Map<number, number>();
      /** Those whose other words are as they were searched for: nobody after them is nearer. */
      const nearest = new Set<number>();
      for (const { word, members, letters } of alike)
        for (const member of members) {
          const own = words[member] ?? [];
          // Somebody may have another name by now.
          if (!own.includes(word) || !passes(member)) continue;
          let sum = letters;
          for (const lettersTo of others) {
            let least = Number.POSITIVE_INFINITY;
            for (const one of own) least = Math.min(least, lettersTo(one));
            sum += least > mostLetters ? Number.POSITIVE_INFINITY : least;
          }
          if (sum === Number.POSITIVE_INFINITY) continue;
          found.set(member, Math.min(sum, found.get(member) ?? sum));
          if (sum === letters) nearest.add(member);
          if (nearest.size === most) return [...nearest];
        }
      return [...found]
        .sort(([, a], [, b]) => a - b)
        .slice(0, most)
        .map(([member]) => member);
    },
  };
}
