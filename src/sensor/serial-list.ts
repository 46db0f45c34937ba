import Papa from "papaparse";
import { isPlainSerial } from "#contract/serial.ts";
import { beginningOf } from "#contract/text.ts";
import { furtherColumns } from "./further-columns.ts";
import { hasSerial, isWhole, serialsIn } from "./list-cells.ts";
import { namesSerials } from "./serial-names.ts";
import { rangeEnds } from "./serial-range.ts";

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
  /** The line that is taken for the columns' names. */
  readonly header: { readonly line: number; readonly text: string } | null;
  /** Where they stand in one column and further columns have such as well, which are not read. */
  readonly column: { readonly name: string; readonly others: readonly string[] } | null;
  /** Lines that name a first and a last serial number, and how many there would be between: those two alone are taken. */
  readonly ranges: readonly { readonly line: number; readonly text: string; readonly between: number }[];
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

const longestName = 40;
/** What stands in place of a serial where there is none. */
const isNothing = (cell: string) =>
  /^(?:none|no|n\/?a|nil|unknown|missing|lost|keine?|unbekannt|fehlt|aucune?|inconnu|ninguno|无|没有|未知|缺失)$/i.test(
    cell,
  );

/** Words that may name columns: short, no sentence, no amount and nothing that stands for a serial. */
function mayBeNames(cells: readonly string[], column: number, width: number): boolean {
  const named = cells.map((cell) => cell.trim()).filter(Boolean);
  const name = cells[column]?.trim() ?? "";
  return (
    /\p{L}/u.test(name) &&
    !isNothing(name) &&
    (name.match(/\d/g)?.length ?? 0) <= 2 &&
    named.length >= Math.min(width, 2) &&
    named.every(
      (cell) =>
        cell.length <= longestName &&
        cell.split(/\s+/).length <= 5 &&
        !/[!?,;。！？，]$|^\d[\d.,:/-]*$/.test(cell) &&
        !hasSerial(cell),
    )
  );
}

/** The line right above the first serial, whatever its names are, where a column below it has a serial and it has none. */
function unknownHeaderOf(lines: readonly (readonly string[])[]): { headerAt: number; serialAt: number } {
  const none = { headerAt: -1, serialAt: -1 };
  const firstAt = lines.slice(0, mostLinesBefore + 1).findIndex((cells) => cells.some(isWhole));
  const headerAt = lines
    .slice(0, Math.max(0, firstAt))
    .findLastIndex((cells) => cells.some((cell) => cell.trim()));
  if (headerAt < 0) return none;
  const below = lines
    .slice(firstAt, firstAt + linesSampled)
    .filter((cells) => cells.some((cell) => cell.trim()));
  const first = below[0] ?? [];
  const placesOf = (is: (cell: string) => boolean) =>
    first.flatMap((cell, index) => (isWhole(cell) && is(cell) ? index : []));
  const plain = placesOf((cell) => isPlainSerial(cell.trim().toUpperCase()));
  const places = plain.length > 0 ? plain : placesOf(() => true);
  const guessed = columnOf(below);
  const serialAt = guessed >= 0 ? guessed : places.length === 1 ? (places[0] ?? -1) : -1;
  const withSerial = below.filter((cells) => isWhole(cells[serialAt] ?? ""));
  return serialAt >= 0 &&
    withSerial.length > below.length / 2 &&
    mayBeNames(lines[headerAt] ?? [], serialAt, first.length)
    ? { headerAt, serialAt }
    : none;
}

/** Which line has the columns' names, and which column the serials; -1 where there is none. */
function headerOf(lines: readonly (readonly string[])[]): { headerAt: number; serialAt: number } {
  for (const [headerAt, line] of lines.slice(0, mostLinesBefore).entries()) {
    const plainAt = line.findIndex((cell) => serialHeader.test(cell.trim()));
    const serialAt = plainAt >= 0 ? plainAt : line.findIndex((cell) => namesSerials(cell.trim()));
    if (serialAt < 0) continue;
    const isAbove = ({ [serialAt]: cell = "" }: readonly string[]) => isWhole(cell);
    if (plainAt < 0 && (lines.slice(0, headerAt).some(isAbove) || !mayBeNames(line, serialAt, line.length)))
      continue;
    const below = lines.slice(headerAt + 1, headerAt + 1 + linesSampled);
    if ((headerAt === 0 && plainAt >= 0) || below.some((cells) => hasSerial(cells[serialAt] ?? "")))
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
  const byName = headerOf(lines);
  const named = byName.serialAt;
  const { headerAt, serialAt } = named >= 0 ? byName : unknownHeaderOf(lines);
  const header = lines[headerAt]?.map((cell) => beginningOf(cell.trim(), longestCell)) ?? [];
  const column = serialAt >= 0 ? serialAt : columnOf(lines);
  const lotAt = header.findIndex((cell) => lotHeader.test(cell));
  const isOwn = (_: string, index: number) => index !== serialAt && index < mostColumns;
  const found = new Map<string, { lot: string | null; cells: string[] }>();
  const rejected: { line: number; text: string; cells: string[] }[] = [];
  const ranges: { line: number; text: string; between: number }[] = [];
  let repeated = 0;
  let width = 0;
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === 0) yield;
    if (line.every((cell) => cell.trim() === "") || index === headerAt) continue;
    const isBefore = index < headerAt;
    const isInColumn = named >= 0 || (column >= 0 && line.length > 1);
    const inCells = isInColumn ? [line[column] ?? ""] : line;
    const range = isBefore ? null : (inCells.map(rangeEnds).find((ends) => ends !== null) ?? null);
    const serials = isBefore
      ? []
      : range
        ? [range.first, range.last].map((serial) => ({ serial, box: null }))
        : serialsIn(inCells);
    const textOf = () => beginningOf(line.join(delimiter).replace(trailing, "").trim(), 80);
    if (range) ranges.push({ line: index + 1, text: textOf(), between: range.between });
    // Of several on one line nobody knows whose the rest of it is.
    const isItsOwn = !isBefore && (serialAt >= 0 || (serials.length <= 1 && line.length > 1));
    const cells = isItsOwn ? line.filter(isOwn).map((cell) => beginningOf(cell.trim(), longestCell)) : [];
    if (serials.length === 0)
      rejected.push({
        line: index + 1,
        text: textOf(),
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
  const names = serialAt >= 0 ? header.filter(isOwn) : [];
  const below = lines
    .slice(headerAt + 1, headerAt + 1 + linesSampled)
    .map((cells) => cells.slice(0, mostColumns));
  const others = furtherColumns(below, column, header);
  const nameOf = (at: number) => header[at] || String(at + 1);
  return {
    rows: Array.from(found, ([serial, row]) => ({ serial, ...row })).slice(0, mostSerials),
    columns: Array.from({ length: Math.max(width, names.length) }, (_, i) => names[i] || String(i + 1)),
    header:
      header.length > 0
        ? { line: headerAt + 1, text: beginningOf(header.filter(Boolean).join(", "), 80) }
        : null,
    column: others.length > 0 ? { name: nameOf(column), others: others.map(nameOf) } : null,
    ranges,
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
