const keyLength = 3;

/** Finds members by the beginnings of their terms. Members are small whole numbers. */
export interface PrefixIndex {
  /** Adds a member, or gives one that is in it other terms. */
  put(member: number, terms: readonly string[]): void;
  /** Those that have a term beginning with `word`, each once or more. */
  find(word: string): number[];
}

/**
 * Members lie in lists by the first one, two and three characters of their terms; a search reads the one list
 * that its word begins with and checks each member. Its work grows with the matches, not with the members.
 */
export function createPrefixIndex(): PrefixIndex {
  const lists = new Map<string, number[]>();
  const texts: string[] = [];

  return {
    put: (member, terms) => {
      texts[member] = `\n${terms.join("\n")}`;
      const keys = new Set<string>();
      for (const term of terms)
        for (let length = 1; length <= Math.min(keyLength, term.length); length += 1)
          keys.add(term.slice(0, length));
      for (const key of keys) {
        const list = lists.get(key);
        if (list) list.push(member);
        else lists.set(key, [member]);
      }
    },
    // A member whose terms have changed stays in its old lists too; the check leaves it out there.
    find: (word) =>
      (lists.get(word.slice(0, keyLength)) ?? []).filter((member) => texts[member]?.includes(`\n${word}`)),
  };
}
