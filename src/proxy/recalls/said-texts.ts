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
  /** How many are one of these but for their digits, up to `mostSaidCounted`. */
  alike(): number;
  /** Whether anything of them is not shown as it stands. */
  isCut(): boolean;
}

/** Characters that all the texts of a file share, besides those that each kind of them has for itself. */
export interface SaidRoom {
  left: number;
}
const ownRoom = 4000;

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

export function createSaidTexts(most: number, longest: number, room: SaidRoom): SaidTexts {
  let kept = new Map<string, SaidText>();
  let keyOf = own;
  const further = new Set<number>();
  /** Of those that digits do not tell apart any more. */
  const alike = new Set<number>();
  let isShortened = false;
  let used = 0;
  const shared = (length: number) => Math.max(0, length - ownRoom);
  const use = (length: number) => {
    room.left -= shared(used + length) - shared(used);
    used += length;
  };
  const isFull = (text: string) => kept.size >= most || shared(used + text.length) - shared(used) > room.left;
  /** How many of those kept have no words. */
  let codes = 0;
  const count = (key: string) => {
    if (further.size < mostSaidCounted) further.add(fingerprintOf(key));
  };
  const noteAlike = (found: SaidText, text: string) => {
    found.more += 1;
    if (alike.size < mostSaidCounted && own(text) !== own(found.text)) alike.add(fingerprintOf(own(text)));
  };
  /** From now on digits do not tell texts apart. */
  const fold = () => {
    const folded = new Map<string, SaidText>();
    for (const [key, one] of kept) {
      const found = folded.get(withoutDigits(key));
      if (found) {
        noteAlike(found, one.text);
        found.more += one.more;
        use(-one.text.length);
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
    use(-found[1].text.length);
    count(found[0]);
    return true;
  };
  const add = (line: number, given: string): SaidText | null => {
    const key = keyOf(given);
    const found = kept.get(key);
    if (found) {
      if (keyOf === own) found.more += 1;
      else noteAlike(found, given);
      return found;
    }
    const text = shown(given, longest);
    if (isFull(text) && keyOf === own) {
      fold();
      return add(line, given);
    }
    const isWord = isWords(given.trim());
    while (isFull(text) && isWord && makeRoom());
    if (isFull(text)) {
      count(key);
      return null;
    }
    const made = { line, text, isWords: isWord, more: 0 };
    use(text.length);
    isShortened ||= text.endsWith("…") && text.length > longest;
    if (!isWord) codes += 1;
    kept.set(key, made);
    return made;
  };
  return {
    add,
    all: () => [...kept.values()].sort((a, b) => Number(b.isWords) - Number(a.isWords) || a.line - b.line),
    more: () => further.size,
    alike: () => alike.size,
    isCut: () => isShortened || further.size + alike.size > 0,
  };
}
