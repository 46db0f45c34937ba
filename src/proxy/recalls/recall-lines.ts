import type { RecallFault } from "#contract/recalls.ts";
import { isPlainSerial, parseSerial, serialsAmong, shapeOf } from "#contract/serial.ts";
import { lotHeader } from "#sensor/serial-list.ts";
import { readSerials } from "#sensor/serials.ts";
import type { Doubt } from "./recall-questions.ts";
import {
  anyDelimiter,
  cellsOf,
  guessedTable,
  namedTable,
  nextTable,
  sample,
  type Table,
} from "./recall-table.ts";
import { headingOf, leadsList, saysNotRecalled, saysRecalled } from "./recall-words.ts";
import { mostInRanges, rangeIn, type SerialRange } from "./serial-ranges.ts";

/** So many lines may stand before the columns' names, as a letter's words, and so many below tell that they are names. */
const mostLinesBefore = 100;
const linesSampled = 200;
export const linesForHeading = mostLinesBefore + linesSampled;

/** What a code of a box has, or an address, and a serial number has not. */
const mayBeCode = (text: string): boolean =>
  /[()\]<{^/]/.test(text) || (text.length > 20 && /[A-Z0-9]{21}/.test(text));
const isJson = (text: string): boolean => /^\s*\[?\s*\{/.test(text);
/** A serial as it stands, and nothing else. */
const isOrdinary = (cell: string): boolean => cell.length <= 20 && /^[A-Z0-9]{1,20}$/.test(cell);
const hasDigit = (serial: string): boolean => /\d/.test(serial);
/** As people set the groups of a serial apart. */
const joined = (serial: string): string => serial.replace(/[-._]/g, "");

const label =
  /^\s*(?:s\/?n|serials?(?:[ _-]?(?:numbers?|nos?\.?))?|device[ _]sn|(?:设备|产品|传感器)?序列号)(?:\s*[:：=#]\s*|\s+)/i;

/** Words that no group of a serial is: three letters or more without a digit, or Chinese. */
const wordsIn = (text: string): number =>
  text
    .split(/\s+/)
    .filter((word) => /\p{Script=Han}/u.test(word) || (!hasDigit(word) && /(?:\p{L}\P{L}*){3}/u.test(word)))
    .length;

/** What stands in the column; all of the line where nothing sets columns apart. */
function cellAt(line: string, delimiter: string | null, column: number): string {
  if (delimiter === null) return line;
  if (line.includes('"')) return cellsOf(line, delimiter)[column] ?? "";
  let from = 0;
  for (let i = 0; i < column; i += 1) {
    from = line.indexOf(delimiter, from) + 1;
    if (from === 0) return "";
  }
  const to = line.indexOf(delimiter, from);
  return to < 0 ? line.slice(from) : line.slice(from, to);
}

/** Whether a line that has a serial in a cell is a sentence with commas: "Not affected: P225043057, P225043058". */
function isSentence(line: string, serial: string, heading: Table | null): boolean {
  // What is quoted is a cell, whatever stands in it.
  const plain = line.replace(/"[^"]*"/g, "");
  const cells = cellsOf(plain, heading?.delimiter ?? anyDelimiter);
  const isWhole = cells.length === heading?.width;
  const names = (text: string) => serialsAmong(text).some((one) => shapeOf(one) === shapeOf(serial));
  const leadsIn = (cell: string) => /[:：]\s*$/.test(cell) || (wordsIn(cell) > 0 && names(cell));
  if (cells.slice(0, isWhole ? heading.column : cells.length).some(leadsIn)) return true;
  return !isWhole && wordsIn(plain) >= 3 && /[,;]\s|[.。!！?？]\s*$/.test(plain);
}

/** What Excel or a person puts around a serial: `="P225043056"`, `'P225043056`, `P225043056*`. */
const around = /^[\s=*•·‣"'`‘’“”«»‹›[(<{]+|[\s.,;:!*†‡"'`‘’“”«»‹›\])>}]+$/g;
/** "P225043056 (recalled)", "P225043056 – recalled". */
const remarked =
  /^\s*([A-Z0-9][A-Z0-9._-]{2,63})\s*(?:[(（[]([^()（）[\]]{2,40})[)）\]]|(?:[-–—:：]\s+|\s+[-–—]?\s*|\s*[–—：])(\S.{1,40}))\s*$/i;

export interface LineRead {
  /** Taken, both ends of ranges among them; none where the line is not. */
  readonly serials: readonly string[];
  readonly ranges: readonly SerialRange[];
  readonly doubts: readonly Doubt[];
  readonly fault?: RecallFault;
  /** Whether columns of serials name different ones. */
  readonly differs?: boolean;
}

const none: readonly never[] = [];
const nothing: LineRead = { serials: none, ranges: none, doubts: none };

export interface RecallLines {
  /** What is read of a line, by its number from 1; null of the columns' names. */
  read(line: string, number: number): LineRead | null;
}

/**
 * How the lines of a recall are read, by its first ones. Where one names a column of serial numbers, that column alone is
 * read; else a line whose cells or words are serial numbers and other short entries, never a sentence with one in it.
 */
export function readingOf(first: readonly string[], isKnown: (serial: string) => boolean): RecallLines {
  /** Of the line that is read. */
  let ranges: SerialRange[] = [];
  let fault: RecallFault | null = null;

  const rangeOrNull = (text: string): string[] | null => {
    const range = rangeIn(text);
    if (range === null) return null;
    if (typeof range === "string") {
      fault = range;
      return [];
    }
    if (range.count === 1) return [range.first];
    ranges.push(range);
    return [range.first, range.last];
  };
  const wholeIn = (text: string): string | null => {
    const serial = parseSerial(text);
    if (serial === null) return null;
    return isKnown(serial) || !isKnown(joined(serial)) ? serial : joined(serial);
  };
  const serialsIn = (cell: string): string[] => {
    if (isOrdinary(cell)) return [cell];
    const whole = parseSerial(cell.replaceAll('"', ""));
    if (whole !== null && isKnown(whole)) return [whole];
    const coded = () => (mayBeCode(cell) ? readSerials(cell).found.map(({ serial }) => serial) : []);
    if (isJson(cell)) return coded();
    const text = cell.replaceAll('"', "").replace(label, "");
    const range = rangeOrNull(text);
    if (range !== null) return range;
    const bare = text.replace(around, "");
    if (bare !== text && /^[A-Z0-9._-]*\d[A-Z0-9._-]*$/i.test(bare)) return serialsIn(bare.toUpperCase());
    const [, marked, inBrackets, behind] = remarked.exec(text) ?? [];
    if (marked !== undefined && hasDigit(marked) && saysRecalled(inBrackets ?? behind ?? ""))
      return serialsIn(marked.toUpperCase());
    if (wordsIn(text) > 0) return [];
    const codes = coded();
    if (codes.length > 0) return codes;
    const serial = wholeIn(text);
    if (serial !== null && isKnown(serial)) return [serial];
    const words = text.split(/[\s、，；]+/).flatMap((word) => parseSerial(word.replace(around, "")) ?? []);
    if (words.some(isKnown)) return words;
    // "P225043056-60": one of ours and something else.
    if (serial?.split(/[-._]/).some(isKnown)) return [];
    return serial === null ? [] : [serial];
  };
  /** "Serials: a, b; c" */
  const listIn = (line: string): string[] => {
    const [, lead, rest] = /^([^:：]{1,80})[:：]\s*(\S.*)$/.exec(line.replaceAll('"', "")) ?? [];
    if (lead === undefined || rest === undefined || !leadsList(lead)) return [];
    const items = rest
      .split(/[,;|\t、，；]|\s(?:and|und|et|y|&|和|及)\s/i)
      .filter((item) => /[^\s.]/.test(item));
    const serials = items.map((item) => serialsIn(item.trim()));
    const isAll = serials.every((found) => found.some((serial) => isKnown(serial) || isPlainSerial(serial)));
    return isAll ? serials.flat() : [];
  };
  const inCell = (line: string, heading: Table, column: number): string[] => {
    const serials = serialsIn(cellAt(line, heading.delimiter, column));
    const [serial] = serials;
    if (heading.delimiter === null || serial === undefined) return serials;
    // A count in the last line.
    if (/^\d{1,3}$/.test(serial)) return [];
    const mayBe = line.includes(" ") || line.includes(":") || line.includes("：");
    return mayBe && isSentence(line, serial, { ...heading, column }) ? [] : serials;
  };
  /** A line of a table with several columns that matter. */
  const inTable = (
    line: string,
    heading: Table,
  ): { serials: string[]; doubts: Doubt[]; differs: boolean } => {
    const doubts: Doubt[] = [];
    let serials = inCell(line, heading, heading.column);
    if (heading.lastAt >= 0) {
      const last = inCell(line, heading, heading.lastAt);
      if (serials.length === 1 && last.length === 1)
        serials = rangeOrNull(`${serials[0]} TO ${last[0]}`) ?? [...serials, ...last];
      else serials = [...serials, ...last];
    }
    const mine = serials;
    let differs = false;
    for (const { at, name } of heading.others) {
      const found = inCell(line, heading, at).filter(hasDigit);
      if (found.length === 0) continue;
      differs ||= found.join() !== mine.join();
      doubts.push({ kind: "column", name: "", text: name, serials: found });
      serials = [...serials, ...found];
    }
    if (heading.others.length > 0 && mine.length > 0)
      doubts.push({ kind: "column", name: "", text: heading.names[heading.column] ?? "", serials: mine });
    if (serials.length > 0)
      for (const { at, name } of heading.statuses)
        doubts.push({
          kind: "status",
          name,
          text: cellAt(line, heading.delimiter, at).replaceAll('"', "").trim(),
        });
    return { serials, doubts, differs };
  };
  const anywhere = (line: string): string[] => {
    if (isJson(line)) return serialsIn(line);
    const cells = cellsOf(line, anyDelimiter);
    if (cells.length === 1) return serialsIn(line);
    const serials = cells.flatMap((cell, index) => (index === lotAt ? [] : serialsIn(cell)));
    const [serial] = serials;
    if (serial !== undefined) return isSentence(line, serial, null) ? [] : serials;
    return serialsIn(line);
  };

  const beginning = first.slice(0, mostLinesBefore);
  const below = (at: number) => first.slice(at + 1, at + 1 + linesSampled);
  const tableAt = (): { heading: Table; at: number } | null => {
    for (const [at, line] of beginning.entries()) {
      const heading = namedTable(line, (delimiter) => sample(below(at), delimiter, isKnown));
      if (heading && below(at).some((row) => inCell(row, heading, heading.column).some(hasDigit)))
        return { heading, at };
    }
    for (const [at, line] of beginning.entries()) {
      const heading = guessedTable(line, below(at), isKnown);
      if (heading) return { heading, at };
    }
    return null;
  };
  const begins = tableAt();
  let heading = begins?.heading ?? null;
  const headingAt = begins?.at ?? -1;
  const lotAt =
    beginning
      .map((line) => cellsOf(line, anyDelimiter).findIndex((cell) => lotHeader.test(cell.trim())))
      .find((at) => at >= 0) ?? -1;

  /** What the last heading above says of the lines below it. */
  let section: (Doubt & { isList: boolean }) | null = null;
  let leftInRanges = mostInRanges;

  /** Notes what a line says that is not taken. */
  const notTaken = (line: string): LineRead => {
    const cells = heading?.delimiter
      ? cellsOf(line, heading.delimiter).filter((cell) => cell.trim() !== "")
      : none;
    const [lead, listed] = line.split(/[:：](.*)/);
    const isLead = listed !== undefined && hasDigit(listed) && lead !== undefined;
    const text = isLead ? `${lead}:` : line.replace(/[\s,;|"]+$/, "");
    const named = isLead ? none : serialsAmong(line);
    // A number may be of a lot.
    const isHeading = /[:：]$/.test(text)
      ? !named.some((serial) => /^[A-Z]/.test(serial))
      : cells.length < 2 && named.length === 0;
    if (isHeading && headingOf(text) !== null) section = { kind: "section", name: "", text, isList: isLead };
    return nothing;
  };
  /** A cell beside the serials that says that they are not recalled. */
  const remarkOf = (line: string, doubts: readonly Doubt[]): Doubt | null => {
    const cells = cellsOf(line, heading?.delimiter ?? anyDelimiter);
    const at = cells.findIndex((cell) => saysNotRecalled(cell));
    const name = heading?.names[at] ?? "";
    if (at < 0 || doubts.some((doubt) => doubt.kind === "status" && doubt.name === name)) return null;
    return { kind: "status", name, text: cells[at] ?? "" };
  };

  /** A list that began on the line of its heading does not go on in a table. */
  const names = (): null => {
    if (section?.isList) section = null;
    return null;
  };

  return {
    read: (line, number) => {
      if (number === headingAt + 1 && headingAt >= 0) return names();
      if (number <= headingAt) return notTaken(line);
      if (heading === null && section === null && isOrdinary(line) && hasDigit(line))
        return { serials: [line], ranges: none, doubts: none };
      if (ranges.length > 0) ranges = [];
      fault = null;
      let serials: readonly string[];
      let doubts: readonly Doubt[] = none;
      let differs = false;
      if (heading === null) serials = anywhere(line);
      else if (heading.others.length === 0 && heading.statuses.length === 0 && heading.lastAt < 0)
        serials = inCell(line, heading, heading.column);
      else ({ serials, doubts, differs } = inTable(line, heading));
      if (!serials.some((serial) => hasDigit(serial) || isKnown(serial))) serials = none;
      if (fault === null && serials.length === 0) {
        ranges = [];
        serials = listIn(line);
      }
      if (fault !== null) return { ...nothing, fault };
      if (serials.length === 0) {
        // The next table, whose columns may stand otherwise.
        const next = heading && !hasDigit(line) ? nextTable(line, heading) : null;
        if (!next) return notTaken(line);
        heading = next;
        return names();
      }
      if (section !== null) doubts = [...doubts, section];
      const [only = ""] = serials;
      if (line.length > only.length + 5 && saysNotRecalled(line)) {
        const remark = remarkOf(line, doubts);
        if (remark) doubts = [...doubts, remark];
      }
      if (ranges.length > 0) {
        const count = ranges.reduce((sum, range) => sum + range.count, 0);
        if (count > leftInRanges) return { ...nothing, fault: "range-large" };
        leftInRanges -= count;
      }
      return { serials, ranges, doubts, differs };
    },
  };
}
