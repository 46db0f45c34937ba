import { formIn, goesOn, isDecade, isLikeValue, isSmall, type Span } from "./glucose-forms.ts";
import { named, namesGlucose, namesInGrams, withUnit } from "./glucose-names.ts";
import { inDigits } from "./number-words.ts";
import { isCounted, isVersion, numbered, withoutOthers } from "./other-numbers.ts";

const mostWordsBetween = 2;

const han = "\\p{Script=Han}";
/** Without spaces between words: a number behind its particle is a word of its own. */
const unspaced = "[\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}ー]";
const letters = `(?:(?!${han}|${unspaced})[\\p{L}\\p{M}\\p{N}])+`;
/** Words, numbers, dates and serials each as one; of Chinese two characters count as a word. */
const words = new RegExp(
  `${han}{1,2}|${unspaced}+|${letters}(?:[.,:/'’_~–-]${letters})*|[.!。！](?=\\s|$)`,
  "gu",
);

const endOfSentence = /^[.!。！]$/;

/** Of "5.6", "5.6-7.2", "5.6/7.2" and "180ish". */
function isLikeValues(word: string): boolean {
  const ends = word.replace(/-?ish$/i, "").split(/[~–-]|(?<=[.,]\d)\/(?=\d+[.,]\d)/);
  return ends.length <= 2 && ends.every(isLikeValue);
}

/** A number with one decimal, whatever stands beside it, unless that says that it is something else. */
function decimalIn(text: string): Span | null {
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length;
    const isOther = isVersion(text.slice(0, index)) || isCounted(text.slice(end));
    if (/[.,]/.test(word) && isLikeValues(word) && !isOther) return [index, end];
  }
  return null;
}

/** The value that follows at the beginning of a text, and where it ends in it. */
function valueEndIn(text: string, name: string): number | null {
  const takesSmall = namesGlucose.test(name);
  const takesGrams = namesInGrams.test(name);
  let before = "";
  let between = 0;
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length;
    if (endOfSentence.test(word) || between > mostWordsBetween) return null;
    const isLike =
      isLikeValues(word) ||
      (takesSmall && (isSmall(word) || isDecade(word))) ||
      (takesGrams && /^[0-6][.,]\d\d$/.test(word));
    const isOther = takesSmall ? isVersion(text.slice(0, index)) : numbered.test(before);
    const after = text.slice(end);
    const isOfOthers = isCounted(after) && !(takesGrams && /^\s*g(?:r|rammes?)?(?!\p{L})/iu.test(after));
    if (isLike && !isOther && !isOfOthers) return end;
    before = word;
    between += 1;
  }
  return null;
}

function namedIn(text: string): Span | null {
  for (const { 0: name, index } of text.matchAll(named)) {
    const from = index + name.length;
    const end = valueEndIn(text.slice(from), name);
    if (end !== null) return [index, from + end];
  }
  return null;
}

const beforeSpelled =
  /(?:^|[\s\p{P}])(?:paid|pays?|costs?|number|room|flat|house|ward|bed|lot|batch|page|step|error|code|line|route)\s*$|[第号楼室路房码价付费花岁]\s*$/iu;
const afterSpelled = new RegExp(`^${goesOn}`, "iu");
const leastSpelled = 40;

/** A number in words with nothing that is counted behind it: "a hundred and eighty", 一百八十. */
function spelledIn(
  text: string,
  spelled: readonly { start: number; end: number }[],
  written: Written,
): Span | null {
  for (const { start, end } of spelled) {
    const value = text.slice(start, end);
    const words = written(start, end);
    const isWhole = /^\d+$/.test(value) && isLikeValue(value) && Number(value) >= leastSpelled;
    const isCompound = /hundred[\s-]+\p{L}|[百十零〇]/iu.test(words);
    const isAlone = !beforeSpelled.test(text.slice(0, start)) && afterSpelled.test(text.slice(end));
    if (isWhole && isCompound && isAlone) return [start, end];
  }
  return null;
}

/** With a decimal point of the middle of the line, as it is written by hand, where everybody types it. */
const plainOf = (text: string) => text.normalize("NFKC").replace(/(?<=\d)[·‧∙⋅•・。](?=\d)/gu, ".");

type Written = (start: number, end: number) => string;

/**
 * The part of a text that looks like a glucose value, in digits or in words: a number with its unit, one within three words
 * of what names it, one of a pair or a range that nothing else explains, or with one decimal that nothing beside it explains.
 * Null where nothing does.
 */
export function glucoseIn(given: string): string | null {
  const { text: digits, spelled, written } = inDigits(plainOf(given));
  const unit = withUnit.exec(digits);
  if (unit) return written(unit.index, unit.index + unit[0].length);
  const text = withoutOthers(digits);
  const found = namedIn(text) ?? formIn(text) ?? decimalIn(text) ?? spelledIn(text, spelled, written);
  return found && written(...found);
}

/** The same of a number with its unit alone: in an address "120 Meter Street" is none. */
export const hasGlucoseUnit = (written: string): boolean => withUnit.test(inDigits(plainOf(written)).text);
