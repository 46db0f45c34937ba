import Papa from "papaparse";
import { beginningOf } from "#contract/text.ts";
import type { FoundSerial } from "./scanned-code.ts";
import { readSerials } from "./serials.ts";

export const mostSerials = 5000;
const mostColumns = 30;
const longestCell = 200;

interface ListedSerial {
  readonly serial: string;
  /** Where its lines name several: "L1 | L2". */
  readonly lot: string | null;
  /** What else stands on its line, in the columns of the list; of one that is there more than once all of it. */
  readonly cells: readonly string[];
}

export interface ParsedSerials {
  /** Each once, in the order given. */
  readonly rows: readonly ListedSerial[];
  /** The names of the list's own columns, or their numbers where it has no names. */
  readonly columns: readonly string[];
  /** How many were there more than once. */
  readonly repeated: number;
  /** Lines without anything that can be a serial number, as they stand, with their number from 1. */
  readonly rejected: readonly {
    readonly line: number;
    readonly text: string;
    /** What stands on it in the columns of the list. */
    readonly cells: readonly string[];
  }[];
  /** How many more there were than one list holds. */
  readonly overLimit: number;
}

/** Serials that stand in codes or as words of their own, however they are separated. */
function plainIn(cells: readonly string[]): readonly FoundSerial[] | null {
  const { found, unsure, doubt, without } = readSerials(cells.join("; "));
  if (found.length > 0 || without || doubt === "separator") return found;
  return doubt === "words" ? unsure : null;
}

const shortestBeside = 4;

/** A cell that is a serial as a whole, in groups perhaps; beside others not so short that it is but a number. */
const wholeIn = (cell: string, isAlone: boolean): readonly FoundSerial[] =>
  readSerials(cell).found.filter(({ serial }) => isAlone || serial.length >= shortestBeside);

/** What only a person can tell apart is none. */
function serialsIn(cells: readonly string[]): readonly FoundSerial[] {
  const isAlone = cells.length === 1;
  return (
    plainIn(cells) ?? cells.map((cell) => wholeIn(cell, isAlone)).find((found) => found.length > 0) ?? []
  );
}

export const serialHeader =
  /^(((sensor|device|product)[ _-])?serial([ _-]?(numbers?|nos?\.?|nr\.?))?|s\/?n|device_sn|device|sensor|(设备|产品|传感器)?序列号|传感器)$/i;
export const lotHeader = /^((lot|batch)([ _-]?(number|no\.?|code))?|批号|批次|生产批号)$/i;

const delimiters = [",", ";", "\t"];
/** So many lines may stand before the columns' names. */
const mostLinesBefore = 20;
const longestBeginning = 20_000;
/** So many lines tell which column has the serials. */
const linesSampled = 200;

/** The one by which a line at the beginning names a column of serial numbers; else it is guessed. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, longestBeginning)
    .replaceAll('"', "")
    .split(/[\r\n]+/, mostLinesBefore);
  const headers = lines.flatMap((line) =>
    delimiters
      .filter((one) => line.split(one).some((cell) => serialHeader.test(cell.trim())))
      .map((one) => ({ one, isSplit: line.includes(one) })),
  );
  return (headers.find(({ isSplit }) => isSplit) ?? headers[0])?.one ?? "";
}

/** Lines of cells and what stands between these; a forgotten quote costs no more than its own line. */
function linesOf(text: string): { lines: string[][]; delimiter: string } {
  const given = text.replace(/^\ufeff/, "");
  const options = { delimiter: delimiterOf(given), delimitersToGuess: delimiters };
  const { data, errors, meta } = Papa.parse<string[]>(given, options);
  if (errors.every(({ type }) => type !== "Quotes")) return { lines: data, delimiter: meta.delimiter };
  const plain = Papa.parse<string[]>(given.replaceAll('"', ""), { ...options, quoteChar: "\u0000" });
  return { lines: plain.data, delimiter: plain.meta.delimiter };
}

const hasSerial = (cell: string) => serialsIn([cell]).length > 0;

/** Which line has the columns' names, and which column the serials; -1 where there is none. */
function headerOf(lines: readonly (readonly string[])[]): { headerAt: number; serialAt: number } {
  for (const [headerAt, line] of lines.slice(0, mostLinesBefore).entries()) {
    const serialAt = line.findIndex((cell) => serialHeader.test(cell.trim()));
    if (serialAt < 0) continue;
    const below = lines.slice(headerAt + 1, headerAt + 1 + linesSampled);
    if (headerAt === 0 || below.some((cells) => hasSerial(cells[serialAt] ?? "")))
      return { headerAt, serialAt };
  }
  return { headerAt: -1, serialAt: -1 };
}

/** The column in which most lines have their serial and no other does; -1 where they stand anywhere. */
function columnOf(lines: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  let all = 0;
  for (const cells of lines.filter(({ length }) => length > 1).slice(0, linesSampled)) {
    const serials = new Set(serialsIn(cells).map(({ serial }) => serial));
    const isIn = (cell: string) => serialsIn([cell]).some(({ serial }) => serials.has(serial));
    const places = cells.flatMap((cell, index) => (isIn(cell) ? index : []));
    if (places.length === 0) continue;
    all += 1;
    const [place] = places;
    if (place !== undefined && places.length === 1) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const [column, count] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [-1, 0];
  return count > 1 && count > all / 2 ? column : -1;
}

/** What two lines say in one column. */
const both = (one: string, other: string) =>
  other === "" || one.split(" | ").includes(other)
    ? one
    : beginningOf(one === "" ? other : `${one} | ${other}`, longestCell);

/** What a table leaves behind the last cell that says something. */
const trailing = /[\s,;]+$/;
const linesAtOnce = 500;

/**
 * Serial numbers out of a pasted list, a CSV or prose: in the column named so, or in which most lines have theirs,
 * and in no other; where there is none, all that stand on a line, or its first cell that can be one. Yields now and
 * then, so that others have their turn.
 */
export function* readSerialList(text: string): Generator<void, ParsedSerials> {
  const { lines, delimiter } = linesOf(text);
  const { headerAt, serialAt: named } = headerOf(lines);
  const header = lines[headerAt]?.map((cell) => beginningOf(cell.trim(), longestCell)) ?? [];
  const column = named >= 0 ? named : columnOf(lines);
  const lotAt = header.findIndex((cell) => lotHeader.test(cell));
  const isOwn = (_: string, index: number) => index !== named && index < mostColumns;
  const found = new Map<string, { lot: string | null; cells: string[] }>();
  const rejected: { line: number; text: string; cells: string[] }[] = [];
  let repeated = 0;
  let width = 0;
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === 0) yield;
    if (line.every((cell) => cell.trim() === "") || index === headerAt) continue;
    const isBefore = index < headerAt;
    const isInColumn = named >= 0 || (column >= 0 && line.length > 1);
    const serials = isBefore ? [] : serialsIn(isInColumn ? [line[column] ?? ""] : line);
    // Of several on one line nobody knows whose the rest of it is.
    const isItsOwn = !isBefore && (named >= 0 || (serials.length <= 1 && line.length > 1));
    const cells = isItsOwn ? line.filter(isOwn).map((cell) => beginningOf(cell.trim(), longestCell)) : [];
    if (serials.length === 0)
      rejected.push({
        line: index + 1,
        text: beginningOf(line.join(delimiter).replace(trailing, "").trim(), 80),
        cells,
      });
    else width = Math.max(width, cells.length);
    const lotCell = beginningOf(line[lotAt]?.trim() ?? "", longestCell);
    for (const { serial, box } of serials) {
      const lot = both(lotCell, box?.lot ?? "") || null;
      const before = found.get(serial);
      if (before) {
        repeated += 1;
        before.lot = both(before.lot ?? "", lot ?? "") || null;
        before.cells = Array.from({ length: Math.max(before.cells.length, cells.length) }, (_, i) =>
          both(before.cells[i] ?? "", cells[i] ?? ""),
        );
      } else found.set(serial, { lot, cells });
    }
  }
  const names = named >= 0 ? header.filter(isOwn) : [];
  return {
    rows: Array.from(found, ([serial, row]) => ({ serial, ...row })).slice(0, mostSerials),
    columns: Array.from({ length: Math.max(width, names.length) }, (_, i) => names[i] || String(i + 1)),
    repeated,
    rejected,
    overLimit: Math.max(0, found.size - mostSerials),
  };
}

export function parseSerials(text: string): ParsedSerials {
  const reading = readSerialList(text);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}
