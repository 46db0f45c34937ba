import type { RecallFault } from "#contract/recalls.ts";
import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import { readSerials } from "#sensor/serials.ts";
import type { OurSensors } from "./our-sensors.ts";
import { isLabel, isReference, saysRecalled } from "./recall-words.ts";
import { rangeIn, type SerialRange } from "./serial-ranges.ts";

/** What a code of a box has, or an address, and a serial number has not. */
const mayBeCode = (text: string): boolean =>
  /[()\]<{^/]/.test(text) || (text.length > 20 && /[A-Z0-9]{21}/.test(text));
export const isJson = (text: string): boolean => /^\s*\[?\s*\{/.test(text);
/** A serial as it stands, and nothing else. */
export const isOrdinary = (cell: string): boolean => cell.length <= 20 && /^[A-Z0-9]{1,20}$/.test(cell);
export const hasDigit = (serial: string): boolean => /\d/.test(serial);
/** As people set the groups of a serial apart. */
const joined = (serial: string): string => serial.replace(/[-._]/g, "");

const label =
  /^\s*(?:s\/?n|serials?(?:[ _-]?(?:numbers?|nos?\.?))?|device[ _]sn|(?:设备|产品|传感器)?序列号)(?:\s*[:：=#]\s*|\s+)/i;

/** Words that no group of a serial is: three letters or more without a digit, or Chinese. */
export const wordsIn = (text: string): number =>
  text
    .split(/\s+/)
    .filter((word) => /\p{Script=Han}/u.test(word) || (!hasDigit(word) && /(?:\p{L}\P{L}*){3}/u.test(word)))
    .length;
/** What Excel or a person puts around a serial: `="P225043056"`, `'P225043056`, `P225043056*`. */
const around = /^[\s=*•·‣"'`‘’“”«»‹›[(<{]+|[\s.,;:!*†‡"'`‘’“”«»‹›\])>}]+$/g;
/** "P225043056 (recalled)", "P225043056 – recalled". */
const remarked =
  /^\s*([A-Z0-9][A-Z0-9._-]{2,63})\s*(?:[(（[]([^()（）[\]]{2,40})[)）\]]|(?:[-–—:：]\s+|\s+[-–—]?\s*|\s*[–—：])(\S.{1,40}))\s*$/i;

/** What was said by cells besides their serials. */
interface Said {
  ranges: SerialRange[];
  fault: RecallFault | null;
  /** Of footnotes: "P225043056*". */
  marks: string[];
}

/** Reads cells, of which each is a serial, several, a range, or words. */
export function createCells(known: Pick<OurSensors, "has" | "isShaped">) {
  const isKnown = known.has;
  const said: Said = { ranges: [], fault: null, marks: [] };
  const rangeBetween = (text: string): string[] | null => {
    const range = rangeIn(text, known);
    if (range === null) return null;
    if (typeof range === "string") {
      said.fault = range;
      return [];
    }
    if (range.count === 1) return [range.first];
    said.ranges.push(range);
    return [range.first, range.last];
  };
  const wholeIn = (text: string): string | null => {
    const serial = parseSerial(text);
    if (serial === null) return null;
    return isKnown(serial) || !isKnown(joined(serial)) ? serial : joined(serial);
  };
  const serialsIn = (cell: string): string[] => {
    if (isOrdinary(cell)) return (cell.endsWith("X") && rangeBetween(cell)) || [cell];
    const whole = parseSerial(cell.replaceAll('"', ""));
    if (whole !== null && isKnown(whole)) return [whole];
    const coded = () => (mayBeCode(cell) ? readSerials(cell).found.map(({ serial }) => serial) : []);
    if (isJson(cell)) return coded();
    const text = cell.replaceAll('"', "").replace(label, "");
    const range = rangeBetween(text);
    if (range !== null) return range;
    const bare = text.replace(around, "");
    if (bare !== text && /^[A-Z0-9._-]*\d[A-Z0-9._-]*$/i.test(bare)) {
      const [mark] = /[*†‡]+(?=\W*$)/.exec(text) ?? [];
      if (mark) said.marks.push(mark);
      return serialsIn(bare.toUpperCase());
    }
    const [, marked, inBrackets, behind] = remarked.exec(text) ?? [];
    if (marked !== undefined && hasDigit(marked) && saysRecalled(inBrackets ?? behind ?? ""))
      return serialsIn(marked.toUpperCase());
    if (wordsIn(text) > 0) return [];
    const codes = coded();
    if (codes.length > 0) return codes;
    const serial = wholeIn(text);
    if (serial !== null && isKnown(serial)) return [serial];
    const words = text.split(/[\s、，；]+/).flatMap((word) => wholeIn(word.replace(around, "")) ?? []);
    if (words.some(isKnown)) return words;
    // "K-1 X225043056": a serial and something beside it are not one in groups.
    if (words.length > 1 && words.some(isPlainSerial) && !known.isShaped(serial ?? "")) return words;
    // "P225043056-60": one of ours and something else.
    if (serial?.split(/[-._]/).some(isKnown)) return [];
    return serial === null ? [] : [serial];
  };
  /** "Serials: a, b; c", and what stands before the colon where it is more than a label. */
  const listIn = (line: string): { serials: string[]; lead: string | null } | null => {
    const [, lead, rest] = /^([^:：]{1,80})[:：]\s*(\S.*)$/.exec(line.replaceAll('"', "")) ?? [];
    if (lead === undefined || rest === undefined || isJson(line) || isReference(lead)) return null;
    const items = rest
      .split(/[,;|\t、，；]|\s(?:and|und|et|y|&|和|及)\s/i)
      .filter((item) => /[^\s.]/.test(item));
    const serials = items.map((item) => serialsIn(item.trim()));
    const isAll = serials.every((found) => found.some((serial) => isKnown(serial) || isPlainSerial(serial)));
    if (!isAll || serials.length === 0) return null;
    return { serials: serials.flat(), lead: isLabel(lead) ? null : `${lead.replace(/^[\s,;|]+/, "")}:` };
  };
  return {
    /** Of all cells since `begin`. */
    said,
    begin: () => {
      if (said.ranges.length > 0) said.ranges = [];
      if (said.marks.length > 0) said.marks = [];
      said.fault = null;
    },
    rangeBetween,
    serialsIn,
    listIn,
  };
}
