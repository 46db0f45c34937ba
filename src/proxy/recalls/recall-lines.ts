import type { RecallFault } from "#contract/recalls.ts";
import { serialsAmong, shapeOf } from "#contract/serial.ts";
import { lotHeader } from "#sensor/serial-list.ts";
import type { OurSensors } from "./our-sensors.ts";
import { createCells, hasDigit, isJson, isOrdinary, wordsIn } from "./recall-cells.ts";
import type { Doubt } from "./recall-questions.ts";
import {
  anyDelimiter,
  cellsOf,
  guessedTable,
  namedTable,
  nextTable,
  sample,
  type Table,
  unnamedTable,
} from "./recall-table.ts";
import {
  headingOf,
  isAboutRecall,
  isStatus,
  mayBeHeading,
  saysNotRecalled,
  withoutPageMark,
} from "./recall-words.ts";
import { mostInRanges, rangeOfCount, type SerialRange } from "./serial-ranges.ts";

/** So many lines may stand before the columns' names, as a letter's words, and so many below tell that they are names. */
const mostLinesBefore = 100;
const linesSampled = 200;
export const linesForHeading = mostLinesBefore + linesSampled;
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
function isSentence(line: string, serial: string, heading: Table | null, column: number): boolean {
  // What is quoted is a cell, whatever stands in it.
  const plain = line.replace(/"[^"]*"/g, "");
  const cells = cellsOf(plain, heading?.delimiter ?? anyDelimiter);
  const isWhole = cells.length === heading?.width;
  const names = (text: string) => serialsAmong(text).some((one) => shapeOf(one) === shapeOf(serial));
  const leadsIn = (cell: string) => /[:：]\s*$/.test(cell) || (wordsIn(cell) > 0 && names(cell));
  if (cells.slice(0, isWhole ? column : cells.length).some(leadsIn)) return true;
  return !isWhole && wordsIn(plain) >= 3 && /[,;]\s|[.。!！?？]\s*$/.test(plain);
}

/** The fields of a line of JSON that may say whether it is recalled. */
const fields = /"([^"]{1,40})"\s*:\s*(?:"([^"]*)"|(true|false|null|-?\d+))/g;
const statusesIn = (line: string): Doubt[] =>
  Array.from(line.matchAll(fields), ([, name = "", text, value]) => ({ name, text: text ?? value ?? "" }))
    .filter(({ name }) => isAboutRecall(name) || isStatus(name))
    .map(({ name, text }) => ({ kind: "status", name, text }));

export interface LineRead {
  /** Taken, both ends of ranges among them; none where the line is not. */
  readonly serials: readonly string[];
  readonly ranges: readonly SerialRange[];
  readonly doubts: readonly Doubt[];
  readonly fault?: RecallFault;
  /** Whether columns of serials name different ones. */
  readonly differs?: boolean;
  /** Whether headings stand between lines with serials. */
  readonly isSeveral?: boolean;
  /** The mark of a footnote that says that what has it is not recalled: "* not affected". */
  readonly footnote?: string;
}

const shortestRemark = 3;
const none: readonly never[] = [];
const nothing: LineRead = { serials: none, ranges: none, doubts: none };

export interface RecallLines {
  /** What is read of a line, by its number from 1; null of the columns' names. */
  read(line: string, number: number): LineRead | null;
  /** That by which the last line was read, or whose columns it names. */
  table(): Table | null;
}

/**
 * How the lines of a recall are read, by its first ones. Where one names a column of serial numbers, that column alone is
 * read; else a line whose cells or words are serial numbers and other short entries, never a sentence with one in it.
 */
export function readingOf(
  first: readonly string[],
  known: Pick<OurSensors, "has" | "isShaped" | "shortest">,
): RecallLines {
  const isKnown = known.has;
  const cells = createCells(known);
  const { said, serialsIn } = cells;
  const inCell = (line: string, heading: Table, column: number): string[] => {
    const serials = serialsIn(cellAt(line, heading.delimiter, column));
    const [serial] = serials;
    if (heading.delimiter === null || serial === undefined) return serials;
    // A count in the last line.
    if (/^\d{1,3}$/.test(serial)) return [];
    const mayBe = line.includes(" ") || line.includes(":") || line.includes("：");
    return mayBe && isSentence(line, serial, heading, column) ? [] : serials;
  };
  /** What stood last in a column of statuses: merged cells have it in the first of their rows only. */
  const lastIn = new Map<string, string>();
  /** A line of a table with several columns that matter. */
  const inTable = (
    line: string,
    heading: Table,
  ): { serials: string[]; doubts: Doubt[]; differs: boolean } => {
    const doubts: Doubt[] = [];
    let mine = inCell(line, heading, heading.column);
    if (heading.lastAt >= 0) {
      const last = inCell(line, heading, heading.lastAt);
      mine = (mine.length === 1 && last.length === 1
        ? cells.rangeBetween(`${mine[0]} TO ${last[0]}`)
        : null) ?? [...mine, ...last];
    }
    if (heading.countAt >= 0 && mine.length === 1) {
      const count = cellAt(line, heading.delimiter, heading.countAt).replace(/[^\d]/g, "");
      const isOne = known.isShaped(mine[0] ?? "");
      const range = isOne ? rangeOfCount(mine[0] ?? "", Number(count)) : null;
      if (range) said.ranges.push(range);
    }
    let serials: string[] = [];
    let differs = false;
    const columns = [{ at: heading.column, name: heading.names[heading.column] ?? "" }, ...heading.others];
    for (const { at, name } of heading.others.length === 0
      ? columns
      : columns.toSorted((a, b) => a.at - b.at)) {
      const found = at === heading.column ? mine : inCell(line, heading, at).filter(hasDigit);
      if (found.length === 0) continue;
      differs ||= found.join() !== mine.join();
      if (heading.others.length > 0) doubts.push({ kind: "column", name: "", text: name, serials: found });
      serials = [...serials, ...found];
    }
    if (serials.length > 0)
      for (const { at, name, isAny } of heading.statuses) {
        const text = cellAt(line, heading.delimiter, at).replaceAll('"', "").trim();
        const below = text === "" ? lastIn.get(name) : undefined;
        if (text !== "") lastIn.set(name, text);
        doubts.push({ kind: "status", name, isAny, text, ...(below !== undefined && { below }) });
      }
    return { serials, doubts, differs };
  };
  const anywhere = (line: string): string[] => {
    if (isJson(line)) return serialsIn(line);
    const given = cellsOf(line, anyDelimiter);
    if (given.length === 1) return serialsIn(line);
    const serials = given.flatMap((cell, index) => (index === lotAt ? [] : serialsIn(cell)));
    const [serial] = serials;
    if (serial !== undefined) return isSentence(line, serial, null, 0) ? [] : serials;
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
    const heading = unnamedTable(
      first.slice(0, linesForHeading).filter((line) => line.trim() !== ""),
      known,
    );
    return heading && { heading, at: -1 };
  };
  const begins = tableAt();
  let heading = begins?.heading ?? null;
  const headingAt = begins?.at ?? -1;
  const lotAt =
    beginning
      .map((line) => cellsOf(line, anyDelimiter).findIndex((cell) => lotHeader.test(cell.trim())))
      .find((at) => at >= 0) ?? -1;

  /** Under which heading the lines are. */
  let section: readonly Doubt[] = none;
  /** The lines of words since the last line with serials. */
  let words: string[] = [];
  let hasSerials = false;
  let isSeveral = false;
  let leftInRanges = mostInRanges;

  /** Whether a line may be a heading of those below it; a row of a table without its serial is none. */
  const isHeading = (line: string): boolean => {
    if (!mayBeHeading(line) || isJson(line)) return false;
    if (heading?.delimiter) {
      const given = cellsOf(line, heading.delimiter);
      if (given.length === heading.width && given.filter((cell) => cell.trim() !== "").length > 1)
        return false;
    }
    const named = serialsAmong(line);
    if (named.some((serial) => isKnown(serial) || known.isShaped(serial))) return false;
    return named.length === 0 || /[:：]\s*$/.test(line) || wordsIn(line) > 1;
  };
  /** Notes what a line says that is not taken. */
  const notTaken = (line: string): LineRead => {
    if (isHeading(line)) words.push(withoutPageMark(line).replace(/^[\s,;|"#]+|[\s,;|"]+$/g, ""));
    const mark = /^\s*([*†‡]+)\s*\p{L}/u.exec(line)?.[1];
    const [footnote] = saysNotRecalled(line) ? (/[*†‡]+/.exec(line) ?? [mark]) : [mark];
    return footnote === undefined ? nothing : { ...nothing, footnote };
  };
  /** At a line with serials, what stands above it is its heading: from the last that says something of being recalled on. */
  const under = (): readonly Doubt[] => {
    if (words.length > 0) {
      const at = words.findLastIndex((text) => headingOf(text) !== null);
      const text = (at < 0 ? words.slice(-2) : words.slice(at, at + 3)).join(" / ");
      // The head of each page is the heading of all.
      if (text !== section[0]?.text) {
        section = [{ kind: "section", name: "", text, isVague: at < 0 }];
        lastIn.clear();
        isSeveral ||= hasSerials;
      }
      words = [];
    }
    hasSerials = true;
    return section;
  };
  /** A cell beside the serials that says that they are not recalled. */
  const remarkOf = (line: string, doubts: readonly Doubt[]): Doubt | null => {
    const given = cellsOf(line, heading?.delimiter ?? anyDelimiter);
    const at = given.findIndex((cell) => saysNotRecalled(cell));
    const name = heading?.names[at] ?? "";
    if (at < 0 || doubts.some((doubt) => doubt.kind === "status" && doubt.name === name)) return null;
    return { kind: "status", name, text: given[at] ?? "" };
  };

  /** A list that began on the line of its heading does not go on in a table. */
  const names = (): null => {
    if (section[0]?.isList) section = none;
    lastIn.clear();
    return null;
  };

  /** The serial of most lines: it stands there as it is, and nothing is said of it. */
  const plainIn = (line: string): string | null => {
    if (heading?.isDoubtful) return null;
    // What has words is read with care.
    if (/[\s:："]/.test(line)) return null;
    const cell = heading === null ? line : cellAt(line, heading.delimiter, heading.column);
    if (cell.length < 4 || !isOrdinary(cell) || !hasDigit(cell) || cell.endsWith("X")) return null;
    return cell.length < line.length && saysNotRecalled(line) ? null : cell;
  };

  return {
    table: () => heading,
    read: (line, number) => {
      if (number === headingAt + 1 && headingAt >= 0) return names();
      if (number <= headingAt) return notTaken(line);
      const plain = plainIn(line);
      if (plain !== null) return { serials: [plain], ranges: none, doubts: under(), isSeveral };
      cells.begin();
      let serials: readonly string[];
      let doubts: readonly Doubt[] = none;
      let differs = false;
      let isList = false;
      if (heading === null) serials = anywhere(line);
      else if (!heading.isDoubtful) serials = inCell(line, heading, heading.column);
      else ({ serials, doubts, differs } = inTable(line, heading));
      if (!serials.some((serial) => hasDigit(serial) || isKnown(serial))) serials = none;
      if (said.fault === null && serials.length === 0) {
        cells.begin();
        const list = cells.listIn(line);
        serials = list?.serials ?? none;
        if (list?.lead) {
          isList = true;
          section = [{ kind: "section", name: "", text: list.lead, isList: true }];
          words = [];
        }
      }
      if (said.fault !== null) return { ...nothing, fault: said.fault };
      if (serials.length === 0) {
        // The next table, whose columns may stand otherwise.
        const next = heading && !hasDigit(line) ? nextTable(line, heading) : null;
        if (!next) return notTaken(line);
        heading = next;
        return names();
      }
      const above = under();
      if (above.length > 0) doubts = doubts.length === 0 ? above : [...doubts, ...above];
      if (said.marks.length > 0)
        doubts = [...doubts, ...said.marks.map((text): Doubt => ({ kind: "status", name: "", text }))];
      if (heading === null && isJson(line)) doubts = [...doubts, ...statusesIn(line)];
      else if (!isList && line.length > (serials[0]?.length ?? 0) + shortestRemark && saysNotRecalled(line)) {
        const remark = remarkOf(line, doubts);
        if (remark) doubts = [...doubts, remark];
      }
      const { ranges } = said;
      if (ranges.length > 0) {
        const count = ranges.reduce((sum, range) => sum + range.count, 0);
        if (count > leftInRanges) return { ...nothing, fault: "range-large" };
        leftInRanges -= count;
      }
      return { serials, ranges, doubts, differs, isSeveral };
    },
  };
}
