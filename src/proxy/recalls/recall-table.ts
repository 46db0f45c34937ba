import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import { lotHeader, serialHeader } from "#sensor/serial-list.ts";
import type { OurSensors } from "./our-sensors.ts";
import { namesOther, saysOther } from "./recall-columns.ts";
import { mostValues } from "./recall-questions.ts";
import { isAboutRecall, isStatus, namesFirst, namesLast, namesSerials } from "./recall-words.ts";

const delimiters = [",", ";", "\t", "|"];
export const anyDelimiter = delimiters.join("");
const delimiterPattern = /[,;\t|]/;

/** The cells of a line; a forgotten quote costs no more than its own line. */
export function cellsOf(line: string, apart: string): string[] {
  if (!line.includes('"')) return line.split(apart.length === 1 ? apart : delimiterPattern);
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (const char of line)
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && apart.includes(char)) {
      cells.push(cell);
      cell = "";
    } else cell += char;
  cells.push(cell);
  return isQuoted ? cellsOf(line.replaceAll('"', ""), apart) : cells;
}

interface Column {
  readonly at: number;
  readonly name: string;
}

export interface Table {
  /** Null where there is one column only. */
  readonly delimiter: string | null;
  readonly column: number;
  readonly width: number;
  readonly name: string;
  /** As the file has them. */
  readonly names: readonly string[];
  /** Further columns of serials: which of them names the recalled ones is asked. */
  readonly others: readonly Column[];
  /** What is said of each sensor, of being recalled perhaps. */
  readonly statuses: readonly (Column & { readonly isAny: boolean })[];
  /** The column of the last serial of a range; -1 where there is none. */
  readonly lastAt: number;
  /** That of how many there are from a serial on; -1 where there is none. */
  readonly countAt: number;
  /** Whether more than the one column of serials is read. */
  readonly isDoubtful: boolean;
}

const quantity =
  /^(?:qty|quantity|count|units|pieces|pcs|(?:number|no\.?) of (?:sensors|units|pieces)|数量|个数|anzahl|menge|stückzahl|quantité|nombre|cantidad)\.?$/;
const onlyDevice = /^(device|sensor|传感器)$/i;
const plainName = (name: string) =>
  name
    .replace(/[(（].*[)）]\s*$/, "")
    .trim()
    .toLowerCase();

/** What is known of the columns from what stands in them. */
export interface Sampled {
  /** Whether a column has mostly serials like those in this one, or ours. */
  isLike(column: number, like: number): boolean;
  /** Whether most of what stands in a column is serials. */
  hasSerials(column: number): boolean;
  /** Whether a column may say anything of its sensors, by how much of it is different and what it is. */
  mayTell(column: number): boolean;
}

function tableOf(
  given: readonly string[],
  delimiter: string | null,
  column: number,
  sampled?: Sampled,
): Table {
  const names = given.map((name) => name.trim());
  const isNamed = namesSerials(names[column] ?? "");
  const firstAt = names.findIndex((name, at) => namesFirst(name) && sampled?.hasSerials(at) !== false);
  const lastAt = names.findIndex(
    (name, at) => at !== firstAt && namesLast(name) && sampled?.hasSerials(at) !== false,
  );
  const isRange =
    firstAt >= 0 && lastAt >= 0 && (sampled !== undefined || [firstAt, lastAt].includes(column));
  const main = isRange ? firstAt : column;
  const isOwn = (at: number) => at === main || (isRange && at === lastAt);
  const columns = names.map((name, at) => ({ name, at }));
  const others = columns.filter(
    ({ name, at }) =>
      !isOwn(at) &&
      !lotHeader.test(plainName(name)) &&
      !(isNamed && onlyDevice.test(name)) &&
      (namesSerials(name) ? sampled?.hasSerials(at) !== false : sampled?.isLike(at, main) === true),
  );
  const isOther = (at: number) => isOwn(at) || others.some((one) => one.at === at);
  const statuses = columns.flatMap(({ name, at }) => {
    if (isOther(at)) return [];
    if (isAboutRecall(name) || isStatus(plainName(name))) return [{ name, at, isAny: false }];
    const isAny = !lotHeader.test(plainName(name)) && !namesOther(name) && sampled?.mayTell(at) === true;
    return isAny ? [{ name, at, isAny }] : [];
  });
  const countAt = isRange ? -1 : names.findIndex((name) => quantity.test(plainName(name)));
  return {
    delimiter,
    column: main,
    width: names.length,
    name: plainName(names[main] ?? ""),
    names,
    others,
    statuses,
    lastAt: isRange ? lastAt : -1,
    countAt,
    isDoubtful: isRange || countAt >= 0 || others.length + statuses.length > 0,
  };
}

/** The columns' names, where one of them is that of serial numbers. */
export function namedTable(line: string, sampled?: (delimiter: string | null) => Sampled): Table | null {
  for (const delimiter of [...delimiters.filter((one) => line.includes(one)), null]) {
    const given = delimiter === null ? [line.replaceAll('"', "")] : cellsOf(line, delimiter);
    const named = given.flatMap((name, column) =>
      serialHeader.test(plainName(name)) ? [{ name: plainName(name), column }] : [],
    );
    const found = named.find(({ name }) => !onlyDevice.test(name)) ?? named[0];
    if (found) return tableOf(given, delimiter, found.column, sampled?.(delimiter));
  }
  return null;
}

/** Whether a line names this table's columns once more, or another's of serials. */
export function nextTable(line: string, table: Table): Table | null {
  const next = namedTable(line);
  if (next && (next.name === table.name || !onlyDevice.test(next.name))) return next;
  if (table.delimiter === null || !line.includes(table.delimiter)) return null;
  const given = cellsOf(line, table.delimiter);
  const at = given.findIndex((name) => plainName(name) === table.name);
  return at < 0 || given.length < 2 ? null : tableOf(given, table.delimiter, at);
}

/** Columns that have no names, where one has serials and another may say something of them. */
export function unnamedTable(
  rows: readonly string[],
  known: Pick<OurSensors, "has" | "isShaped">,
): Table | null {
  const [first = ""] = rows;
  for (const delimiter of delimiters.filter((one) => first.includes(one))) {
    const width = cellsOf(first, delimiter).length;
    const sameWidth = rows.filter((row) => cellsOf(row, delimiter).length === width);
    if (rows.length < 2 || sameWidth.length < rows.length * mostly) continue;
    const sampled = sample(sameWidth, delimiter, known.has);
    const places = Array.from({ length: width }, (_, at) => at);
    const [column, ...others] = places.filter(sampled.hasSerials);
    if (column === undefined || others.length > 1) continue;
    const isList = rows.some((row) => /[,;|](?:\s|$)/.test(row.trim()));
    if (others.length > 0 && isList) continue;
    // Of two one may be what the other is replaced by; more are a list that was set in columns.
    const names = places.map((at) => (others.length > 0 ? `#${at + 1}` : ""));
    if (!known.isShaped(parseSerial(cellsOf(first, delimiter)[column] ?? "") ?? "")) continue;
    const table = tableOf(names, delimiter, column, sampled);
    if (table.statuses.length + table.others.length > 0) return table;
  }
  return null;
}

/** The share of a column's cells that has to be serials. */
const mostly = 0.5;
/** The letters before its number, and its length: what serials of one kind have in common. */
const kindOf = (serial: string) => `${serial.replace(/\d.*/, "")} ${serial.length}`;

/** What stands in the columns of the first lines below their names. */
export function sample(
  below: readonly string[],
  delimiter: string | null,
  isKnown: (serial: string) => boolean,
): Sampled {
  const rows = below
    .filter((line) => line.trim() !== "")
    .map((line) => (delimiter === null ? [line] : cellsOf(line, delimiter)));
  const columns = new Map<number, { filled: number; serials: number; known: number; kinds: Set<string> }>();
  const of = (at: number) => {
    const found = columns.get(at);
    if (found) return found;
    const column = { filled: 0, serials: 0, known: 0, kinds: new Set<string>() };
    for (const row of rows) {
      const text = (row[at] ?? "").trim();
      if (text === "") continue;
      column.filled += 1;
      const serial = parseSerial(text.replace(/^[='"]+|["*.]+$/g, ""));
      if (serial === null) continue;
      const isOurs = isKnown(serial) || isKnown(serial.replace(/[-._]/g, ""));
      if (!isOurs && !isPlainSerial(serial)) continue;
      column.serials += 1;
      if (isOurs) column.known += 1;
      column.kinds.add(kindOf(serial));
    }
    columns.set(at, column);
    return column;
  };
  return {
    mayTell: (at) => {
      const values = new Set(rows.map((row) => (row[at] ?? "").trim()));
      const isFlag = values.size === 2 && values.has("0") && values.has("1");
      if (isFlag || (values.size === 1 && values.has(""))) return true;
      return values.size <= mostValues && ![...values].every(saysOther);
    },
    hasSerials: (at) => of(at).serials > 0 && of(at).serials >= of(at).filled * mostly,
    isLike: (at, like) => {
      const { filled, serials, known, kinds } = of(at);
      const isSame = known > 0 || [...kinds].some((kind) => of(like).kinds.has(kind));
      return serials > 0 && serials >= filled * mostly && isSame;
    },
  };
}

/**
 * Columns whose names say nothing that is known, by what stands in them: only where several have serials, or where
 * another says whether they are recalled; else each line is read by itself.
 */
export function guessedTable(
  line: string,
  below: readonly string[],
  isKnown: (serial: string) => boolean,
): Table | null {
  for (const delimiter of delimiters.filter((one) => line.includes(one))) {
    const names = cellsOf(line, delimiter).map((name) => name.trim());
    const isName = (name: string) =>
      name.length <= 40 && name.split(/\s+/).length <= 5 && !/\d{4}/.test(name);
    if (!names.every(isName) || names.filter(Boolean).length < 2) continue;
    const rows = below.filter((row) => row.trim() !== "");
    const sameWidth = rows.filter((row) => cellsOf(row, delimiter).length === names.length);
    if (rows.length === 0 || sameWidth.length < rows.length * mostly) continue;
    const sampled = sample(below, delimiter, isKnown);
    const isSerials = (at: number) => sampled.hasSerials(at) && !lotHeader.test(plainName(names[at] ?? ""));
    const columns = names.map((_, at) => at).filter(isSerials);
    const column = columns.find((at) => namesSerials(names[at] ?? "")) ?? columns[0];
    if (column === undefined) continue;
    const table = tableOf(names, delimiter, column, sampled);
    const isFirst = !names.some((name) => isKnown(parseSerial(name) ?? "") || isPlainSerial(name));
    if (isFirst || namesSerials(names[column] ?? "") || table.isDoubtful) return table;
  }
  return null;
}
