import { bareIn, isLikeValue, isSmall } from "./bare-numbers.ts";
import { formsIn, isDecade, type Span } from "./glucose-forms.ts";
import { displayed, named, namesGlucose, namesInGrams, namesOnlyGlucose, units } from "./glucose-names.ts";
import { sharesIn } from "./glucose-shares.ts";
import { followingOf } from "./number-followers.ts";
import { isLabelled } from "./number-labels.ts";
import { inDigits } from "./number-words.ts";
import { isCounted, numbered, withoutOthers } from "./other-numbers.ts";
import { plainOf } from "./plain-text.ts";

const mostWordsBetween = 2;
const context = 80;

const han = "\\p{Script=Han}";
/** Without spaces between words: a number behind its particle is a word of its own. */
const unspaced = "[\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}ー]";
const letters = `(?:(?!${han}|${unspaced})[\\p{L}\\p{M}\\p{N}])+`;
/** Words, numbers, dates and serials each as one; of Chinese two characters count as a word. */
const words = new RegExp(
  `${han}{1,2}|${unspaced}+|${letters}(?:[.,:/'’_~–-]${letters})*|[.!。！](?=\\s|$)`,
  "gu",
);

/** "Glucose tabs, 3". */
const taken = /^(?:tab(?:let)?s?|gels?|drinks?|tabletten?|comprim[ée]s?)$/i;
const endOfSentence = /^[.!。！]$/;

/** Of "5.6", "5.6-7.2", "5.6/7.2" and "180ish". */
function isLikeValues(word: string): boolean {
  const ends = word.replace(/-?ish$/i, "").split(/[~–-]|(?<=[.,]\d)\/(?=\d+[.,]\d)/);
  return ends.length <= 2 && ends.every(isLikeValue);
}

const isFollowed = (after: string) => followingOf(after, false) === "counted";

/** The value that follows at the beginning of a text, and where it ends in it. */
function valueEndIn(text: string, name: string): number | null {
  const takesSmall = namesGlucose.test(name);
  const takesGrams = namesInGrams.test(name);
  let before = "";
  let between = 0;
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length;
    if (endOfSentence.test(word) || taken.test(word) || between > mostWordsBetween) return null;
    const isLike =
      isLikeValues(word) ||
      (takesSmall && (/^\d{1,2}[-–]\d{1,2}$/.test(word) || isSmall(word) || isDecade(word))) ||
      (takesGrams && /^[0-6][.,]\d\d$/.test(word));
    const after = text.slice(end, end + context);
    const isCountedIn = takesSmall ? isCounted : isFollowed;
    const isOther = takesSmall
      ? isLabelled(text.slice(0, index).replace(/(?:number|level)\s*$/i, ""), word, after)
      : numbered.test(before);
    const isOfOthers = isCountedIn(after) && !(takesGrams && /^\s*g(?:r|rammes?)?(?!\p{L})/iu.test(after));
    if (isLike && !isOther && !isOfOthers) return end;
    before = word;
    between += 1;
  }
  return null;
}

function* namedIn(text: string): Generator<Span> {
  for (const { 0: name, index } of text.matchAll(named)) {
    const from = index + name.length;
    const end = valueEndIn(text.slice(from, from + context), name);
    if (end !== null) yield [index, from + end];
  }
}

function* matchesIn(text: string, patterns: readonly RegExp[]): Generator<Span> {
  for (const pattern of patterns)
    for (const { 0: part, index } of text.matchAll(pattern)) yield [index, index + part.length];
}

/**
 * What is read: sentences, in which each number says what it is; a title, which may have a number; an address, a telephone
 * number or what a device is called, which may be one; or a person's name, which has no decimals.
 */
export type TextKind = "sentence" | "title" | "detail" | "person";

const decimals = { detail: /^[\s\p{P}]*\d{1,2}[.,]\d[\s\p{P}]*$/gu, person: /\d+[.,]\d+/gu };

function* valuesIn(text: string, kind: TextKind): Generator<Span> {
  yield* matchesIn(text, units);
  const rest = withoutOthers(text);
  if (kind === "detail" || kind === "person") {
    for (const [start, end] of namedIn(rest))
      if (namesOnlyGlucose.test(rest.slice(start, end))) yield [start, end];
    yield* matchesIn(rest, [decimals[kind]]);
    return;
  }
  yield* namedIn(rest);
  yield* matchesIn(rest, displayed);
  yield* sharesIn(rest);
  yield* formsIn(rest);
  yield* bareIn(rest, kind === "sentence");
}

/**
 * A text is read in parts that overlap, so that the time for it grows with its length and no faster; what is found belongs
 * to the part that has enough around it.
 */
const partLength = 960;
const overlap = 240;

/**
 * The part of a text that looks like a glucose value, in digits or in words: a number with its unit, one within three words
 * of what names it, or one of which nothing beside it says that it is something else. Null where nothing does.
 */
export function glucoseIn(given: string, kind: TextKind = "sentence"): string | null {
  const plain = plainOf(given);
  for (let from = 0; from === 0 || from + overlap < plain.length; from += partLength - overlap) {
    const part = plain.slice(from, from + partLength);
    const first = from === 0 ? 0 : overlap / 2;
    const last = from + partLength >= plain.length ? part.length : partLength - overlap / 2;
    const { text, writtenAt } = inDigits(part);
    for (const found of valuesIn(text, kind)) {
      const [start, end] = writtenAt(...found);
      if (start >= first && start < last) return part.slice(start, end);
    }
  }
  return null;
}
