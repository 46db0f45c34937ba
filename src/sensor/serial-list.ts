import Papa from "papaparse";
import { beginningOf } from "#contract/text.ts";
import type { FoundSerial } from "./scanned-code.ts";
import { readSerials } from "./serials.ts";

export const mostSerials = 5000;
const mostColumns = 30;
const longestCell = 200;

interface ListedSerial {
  readonly serial: string;
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
  readonly rejected: readonly { readonly line: number; readonly text: string }[];
  /** How many more there were than one list holds. */
  readonly overLimit: number;
}

/**
 * Serials that stand in codes or as words of their own, however they are separated; else the first cell that is
 * one as a whole, in groups perhaps. What only a person can tell apart is none.
 */
function serialsIn(cells: readonly string[]): readonly FoundSerial[] {
  const { found, unsure, doubt, without } = readSerials(cells.join("; "));
  if (found.length > 0 || without || doubt === "separator") return found;
  if (doubt === "words") return unsure;
  return cells.map((cell) => readSerials(cell).found).find((one) => one.length > 0) ?? [];
}

export const serialHeader =
  /^(serial( (number|no\.?))?|sn|device_sn|device|sensor|序列号|设备序列号|传感器)$/i;
export const lotHeader = /^((lot|batch)([ _-]?(number|no\.?|code))?|批号|批次|生产批号)$/i;

const delimiters = [",", ";", "\t"];

/** The one by which the first line names a column of serial numbers; else it is guessed. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/);
  const header = (end < 0 ? text : text.slice(0, end)).replaceAll('"', "");
  return delimiters.find((one) => header.split(one).some((cell) => serialHeader.test(cell.trim()))) ?? "";
}

/** Lines of cells; a forgotten quote costs no more than its own line. */
function linesOf(text: string): string[][] {
  const given = text.replace(/^\ufeff/, "");
  const options = { delimiter: delimiterOf(given), delimitersToGuess: delimiters };
  const { data, errors } = Papa.parse<string[]>(given, options);
  if (errors.every(({ type }) => type !== "Quotes")) return data;
  return Papa.parse<string[]>(given.replaceAll('"', ""), { ...options, quoteChar: "\u0000" }).data;
}

/** What two lines say in one column. */
const both = (one: string, other: string) =>
  other === "" || one.split(" | ").includes(other)
    ? one
    : beginningOf(one === "" ? other : `${one} | ${other}`, longestCell);

const linesAtOnce = 500;

/**
 * Serial numbers out of a pasted list, a CSV or prose: in the column named so, or all that stand on a
 * line, or its first cell that can be one. Yields now and then, so that others have their turn.
 */
export function* readSerialList(text: string): Generator<void, ParsedSerials> {
  const lines = linesOf(text);
  const header = lines[0]?.map((cell) => beginningOf(cell.trim(), longestCell)) ?? [];
  const named = header.findIndex((cell) => serialHeader.test(cell));
  const lotAt = named >= 0 ? header.findIndex((cell) => lotHeader.test(cell)) : -1;
  const isOwn = (_: string, index: number) => index !== named && index < mostColumns;
  const found = new Map<string, { lot: string | null; cells: string[] }>();
  const rejected: { line: number; text: string }[] = [];
  let repeated = 0;
  let width = 0;
  for (const [index, line] of lines.entries()) {
    if (index % linesAtOnce === 0) yield;
    const words = line.join(" ").trim();
    if (words === "" || (index === 0 && named >= 0)) continue;
    const serials = serialsIn(named >= 0 ? [line[named] ?? ""] : line);
    if (serials.length === 0) rejected.push({ line: index + 1, text: words.slice(0, 80) });
    // Of several on one line nobody knows whose the rest of it is.
    const isItsOwn = named >= 0 || (serials.length === 1 && line.length > 1);
    const cells = isItsOwn ? line.filter(isOwn).map((cell) => beginningOf(cell.trim(), longestCell)) : [];
    width = Math.max(width, cells.length);
    const lotCell = beginningOf(line[lotAt]?.trim() ?? "", longestCell);
    for (const { serial, box } of serials) {
      const lot = lotCell || (box?.lot ?? null);
      const before = found.get(serial);
      if (before) {
        repeated += 1;
        before.lot ??= lot;
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
