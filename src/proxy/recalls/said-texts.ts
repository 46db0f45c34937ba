import { mostSaidCounted } from "#contract/recalls.ts";
import { beginningOf, usableText } from "#contract/text.ts";
import { fingerprintOf } from "../store/serial-index.ts";

export interface SaidText {
  readonly line: number;
  readonly text: string;
  /** Whether it is letters, as a word has them, and not a code, a date, a number or a sign. */
  readonly isWords: boolean;
  /** How many further lines say the same, but for digits perhaps. */
  more: number;
}

/** Different texts, so many of them; more are told apart by their words only, and then counted. */
export interface SaidTexts {
  add(line: number, text: string): SaidText | null;
  all(): SaidText[];
  /** How many further ones there are, up to `mostSaidCounted`. */
  more(): number;
}

const code = /^(?=\S*\d)[\p{L}\d.,:/_#+-]{1,40}$/u;
const dateInWords = /^\d{1,2}[-. ]?\p{L}{3,9}\.?[-. ]?\d{2,4}$|^\d{4}年\d{1,2}月(?:\d{1,2}日)?$/u;
const isWords = (text: string): boolean => /\p{L}/u.test(text) && !code.test(text) && !dateInWords.test(text);

const isPlain = (text: string) => /^[ -~]*$/.test(text);
const own = (text: string) =>
  (isPlain(text) ? text : text.normalize("NFKC").replace(/\p{Cf}/gu, ""))
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
const withoutDigits = (text: string) => own(text).replace(/\d+/g, "0");

/** A text as it is shown; one that is too long says that it goes on. */
const shown = (text: string, longest: number): string => {
  const plain = usableText(text.replace(/\s+/g, " ")).trim();
  return plain.length <= longest ? plain : `${beginningOf(plain, longest)}…`;
};

export function createSaidTexts(most: number, longest: number): SaidTexts {
  let kept = new Map<string, SaidText>();
  let keyOf = own;
  const further = new Set<number>();
  /** How many of those kept have no words. */
  let codes = 0;
  const count = (key: string) => {
    if (further.size < mostSaidCounted) further.add(fingerprintOf(key));
  };
  /** From now on digits do not tell texts apart. */
  const fold = () => {
    const folded = new Map<string, SaidText>();
    for (const [key, one] of kept) {
      const found = folded.get(withoutDigits(key));
      if (found) {
        found.more += 1 + one.more;
        if (!one.isWords) codes -= 1;
      } else folded.set(withoutDigits(key), one);
    }
    kept = folded;
    keyOf = withoutDigits;
  };
  /** What has no words makes room for what has. */
  const makeRoom = (): boolean => {
    const found = codes > 0 && [...kept].findLast(([, one]) => !one.isWords);
    if (!found) return false;
    kept.delete(found[0]);
    codes -= 1;
    count(found[0]);
    return true;
  };
  const add = (line: number, given: string): SaidText | null => {
    const key = keyOf(given);
    const found = kept.get(key);
    if (found) {
      found.more += 1;
      return found;
    }
    if (kept.size >= most && keyOf === own) {
      fold();
      return add(line, given);
    }
    const isWord = isWords(given.trim());
    if (kept.size >= most && !(isWord && makeRoom())) {
      count(key);
      return null;
    }
    const made = { line, text: shown(given, longest), isWords: isWord, more: 0 };
    if (!isWord) codes += 1;
    kept.set(key, made);
    return made;
  };
  return {
    add,
    all: () => [...kept.values()].sort((a, b) => Number(b.isWords) - Number(a.isWords) || a.line - b.line),
    more: () => further.size,
  };
}
