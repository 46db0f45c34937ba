import type { RecallFault } from "#contract/recalls.ts";
import { isPlainSerial, shapeOf } from "#contract/serial.ts";
import type { OurSensors } from "./our-sensors.ts";

/** More than any recall names; all the ranges of a file together. */
export const mostInRanges = 3_000_000;

/** Serials of one shape, the first and the last included. */
export interface SerialRange {
  readonly first: string;
  readonly last: string;
  readonly count: number;
  at(index: number): string;
}

const word = "([A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?)";
const between =
  /^(?:-{1,2}|[–—−~→]|\.{2,3}|TO|UP TO|THROUGH|THRU|UNTIL|BIS|À|AU?|HASTA|AL|AND|UND|ET|Y|至|到|和)$/;
const apart =
  "\\s*((?<=\\s)(?:UP TO|TO|THROUGH|THRU|UNTIL|BIS|À|AU?|HASTA|AL|AND|UND|ET|Y)(?=\\s)|-{1,2}|[–—−~→]|\\.{2,3}|至|到|和)\\s*";
const pair = new RegExp(
  `^(FROM|BETWEEN|VON|ZWISCHEN|DE|DU|ENTRE|DESDE|DEL|从|自|由)?\\s*${word}${apart}${word}\\s*(?:\\(?INCL(?:USIVE|\\.)?\\)?|\\(?INKL\\.?\\)?|止|之间)?$`,
);
/** What makes a range of two serials, each "…", and the end of the last one. */
export const joiningWords =
  /(?:\b(?:from|between|von|zwischen|de|du|entre|desde|del)\s+|[从自由]\s*)?…\s*(?:\b(?:up to|to|through|thru|until|bis|à|au?|hasta|al|and|und|et|y)\b|-{1,2}|[–—−~→]|\.{2,3}|至|到|和)\s*(?:…|\d{1,6}(?![\p{L}\d]))(?:\s*\(?(?:incl(?:usive|\.)?|inkl\.?)\)?|\s*止|\s*之间)?/giu;
/** They join what is only listed, unless "between" stands before. */
const onlyLists = /^(?:AND|UND|ET|Y|和)$/;
const isHyphen = /^[-–—−~→.]/;

const partsOf = (serial: string) => /^(.*?)(\d{1,15})(\D*)$/.exec(serial)?.slice(1) ?? [];

/** The range from one serial to another, or why there is none. */
function rangeOf(first: string, last: string): SerialRange | RecallFault {
  const [before = "", from = "", behind = ""] = partsOf(first);
  const [lastBefore, to = "", lastBehind] = partsOf(last);
  if (before !== lastBefore || behind !== lastBehind || from.length !== to.length || from === "")
    return "range-shape";
  const count = Number(to) - Number(from) + 1;
  if (count < 1) return "range-order";
  const at = (index: number) =>
    `${before}${String(Number(from) + index).padStart(from.length, "0")}${behind}`;
  return { first, last, count, at };
}

/** As many as a column of quantities says, from this one on; null where that is one, or nothing. */
export function rangeOfCount(first: string, count: number): SerialRange | null {
  const [before = "", from = "", behind = ""] = partsOf(first);
  const to = String(Number(from) + count - 1).padStart(from.length, "0");
  if (!isPlainSerial(first) || !(count > 1 && count <= mostInRanges) || to.length > from.length) return null;
  const range = rangeOf(first, `${before}${to}${behind}`);
  return typeof range === "string" ? null : range;
}

const joined = (serial: string) => serial.replace(/[-._]/g, "");
const isSerial = (text: string) => isPlainSerial(text) && isPlainSerial(joined(text));

const open = /^([A-Z0-9._-]*\d)(X{1,6}|[*?#]{1,6}|%|(?:\[0-9\]){1,6})$/;
const mostOpenDigits = 6;

/** All serials of our shape that begin so: "P2264154XX", "P226415***", "P226415*". */
function openRange(text: string, known: Pick<OurSensors, "has" | "isShaped">): SerialRange | null {
  const [, begin = "", left = ""] = open.exec(text) ?? [];
  if (left === "" || known.has(text)) return null;
  const digits = left.startsWith("[") ? left.length / 5 : left.length;
  // One sign may stand for all that is behind it.
  const most = /^[*%]$/.test(left) ? mostOpenDigits : digits;
  for (let count = digits; count <= most; count += 1) {
    const first = joined(begin) + "0".repeat(count);
    if (!known.isShaped(first)) continue;
    const range = rangeOf(first, joined(begin) + "9".repeat(count));
    return typeof range === "string" ? null : range;
  }
  return null;
}

/** A text that is a first and a last serial: "A - B", "A to B", "从 A 至 B", or the beginning of all; null where it is none. */
export function rangeIn(
  text: string,
  known: Pick<OurSensors, "has" | "isShaped">,
): SerialRange | RecallFault | null {
  if (text.length < 5 || text.length > 200) return null;
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .trim()
    .toUpperCase();
  const all = openRange(plain, known);
  if (all) return all;
  const found = pair.exec(plain) ?? pair.exec(plain.replace(/\s+/g, ""));
  if (!found) return null;
  const [, lead, first = "", by = "", last = ""] = found;
  if (!between.test(by) || (onlyLists.test(by) && !/^(?:BETWEEN|ZWISCHEN|ENTRE)$/.test(lead ?? "")))
    return null;
  if (!isSerial(first)) return null;
  const [one, other] = [joined(first), joined(last)];
  // "P225043056–60": only the end of the last one; with a plain hyphen it may be a group of the serial.
  if (/^\d{1,6}$/.test(last) && (by !== "-" || (known.isShaped(one) && !known.has(one + last)))) {
    const end = one.slice(0, -last.length) + last;
    return end > one ? rangeOf(one, end) : null;
  }
  if (!isSerial(last)) return null;
  const isAnother =
    shapeOf(one) !== shapeOf(other) && one.replace(/\d+.*/, "") !== other.replace(/\d+.*/, "");
  // Behind a dash may stand anything, as a lot.
  if (isAnother && isHyphen.test(by)) return null;
  return rangeOf(one, other);
}
