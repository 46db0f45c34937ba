import type { Span } from "./glucose-forms.ts";
import { followingOf } from "./number-followers.ts";
import { isLabelled, isTimed, isUnnamed } from "./number-labels.ts";
import { endsLevel, leadsToLevel } from "./number-leads.ts";

const lowest = 20;
const highest = 600;
const lowestWithDecimal = 1;
const highestWithDecimal = 33.3;
const context = 48;

/** Of a whole number of two or three digits, or one with one decimal. */
export function isLikeValue(number: string): boolean {
  if (/^\d{2,3}$/.test(number)) return Number(number) >= lowest && Number(number) <= highest;
  const value = /^\d{1,2}[.,]\d$/.test(number) ? Number(number.replace(",", ".")) : null;
  return value !== null && value >= lowestWithDecimal && value <= highestWithDecimal;
}

export const isSmall = (word: string) => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) < lowest;

const letter = "\\p{Script=Latin}\\p{Script=Cyrillic}";
const number = new RegExp(
  `(?<![${letter}\\p{N}_点點时時:]|[${letter}\\p{N}][-/_’']|\\p{N}[.,:])` +
    "(\\d{1,3}(?:[.,]\\d)?)(?:\\s?[-–~]\\s?(\\d{1,3}(?:[.,]\\d)?))?" +
    `(?:-?ish(?!\\p{L})|(?![${letter}\\p{N}_]|[.,:/)]\\d|[.,:/ -]?#|\\s?[-–]\\d|[-–](?!r[ae](?!\\p{L}))\\p{L}))`,
  "gu",
);
/** "3 in the morning", "1. It fell off. 2. It bled.", "1 of 10". */
const isOfDay =
  /^\s+in\s+the\s+(?:morning|afternoon|evening)|^\s*[ap]\.?m|^[.)]\s+\p{Lu}|^[.)]\s+\d|^(?:st|nd|rd|th)|^\.\s*\p{L}/iu;
/** Not of 1, nor of "9-5". */
const isInOrder = ([first, last]: readonly string[]) =>
  Number(first) > 1 && (last === undefined || Number(first) <= Number(last));
const arrow = "(?:[→↗↘↑↓⬇⬆⬈⬊➡⇒↙↖⇩⇧🔻🔺📉📈]|[-=]+>)";
const arrowBefore = new RegExp(`${arrow}\\s*$`, "u");
const arrowAfter = new RegExp(`^\\s*${arrow}`, "u");

/**
 * A number that could be a value, with nothing beside it that says what else it is. A whole number below twenty only where
 * it is said to be a level, has an arrow, or is all that is said.
 */
export function* bareIn(text: string, withWhole: boolean): Generator<Span> {
  const isAllThereIs = !/\p{L}/u.test(text);
  for (const { 0: part, 1: first = "", 2: last, index } of text.matchAll(number)) {
    const end = index + part.length;
    const before = text.slice(Math.max(0, index - context), index);
    const after = text.slice(end, end + context);
    const values = last === undefined ? [first] : [first, last];
    if (!values.every((value) => isLikeValue(value) || isSmall(value))) continue;
    if (isLabelled(before, first, after)) continue;
    const following = followingOf(after, /[.,]/.test(first));
    if (following === "counted") continue;
    const isOpen = following !== "unknown";
    const isSaid = endsLevel(after) || ((isOpen || values.every(isLikeValue)) && leadsToLevel(before));
    const isPointed = arrowBefore.test(before) || arrowAfter.test(after);
    const isTold = values.some((value) => /[.,]/.test(value)) || isSaid || isPointed;
    const isUnexplained =
      part.endsWith("ish") ||
      (withWhole &&
        (isAllThereIs ||
          (values.every(isLikeValue) && isUnnamed(before, true)) ||
          (isOpen && isInOrder(values) && isUnnamed(before, false) && !isOfDay.test(after))));
    if (isTold || (isUnexplained && !isTimed(before, first))) yield [index, end];
  }
}
