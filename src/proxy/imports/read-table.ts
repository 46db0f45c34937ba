import Papa from "papaparse";
import { type ImportColumns, type importEncodings, mostImportRows } from "#contract/import.ts";
import { requireChinese, requireReadableHeader } from "./chinese-names.ts";
import { recogniseColumns, requireColumns } from "./columns.ts";
import { unusable } from "./read-file.ts";
import { createSlices } from "./slices.ts";
import type { Delimiter, Table, TableRow } from "./table.ts";

type Encoding = (typeof importEncodings)[number];

const usualWindow = 2048;
/** No row is longer, so a quote that is still open after so many characters is one that was forgotten. */
const longestRow = 16_384;
const delimiters: readonly Delimiter[] = [",", ";", "\t"];

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");

/** The records from `at` on that are whole within one window, and where the first one that is not begins. */
function readWindow(
  text: string,
  at: number,
  delimiter: Delimiter,
  length = usualWindow,
): { records: string[][]; next: number } {
  const window = text.slice(at, at + length);
  const parse = (preview: number): Papa.ParseResult<string[]> =>
    // Without it a text that has no quotes is split whole and the cursor ends behind it.
    new Papa.Parser({ delimiter, newline: "\n", fastMode: false, preview }).parse(
      window,
      0,
      at + window.length < text.length,
    );
  const { data, errors, meta } = parse(0);
  const whole = Math.min(data.length, ...errors.map(({ row }) => row ?? 0));
  if (whole > 0) {
    const { cursor } = whole === data.length ? meta : parse(whole).meta;
    return { records: data.slice(0, whole), next: at + cursor };
  }
  // One error may come from where the window was cut.
  if (length < longestRow && errors.length < 2) return readWindow(text, at, delimiter, longestRow);
  return { records: [], next: at };
}

/** The delimiter by which most columns are recognised, or else found. */
function headerOf(
  text: string,
  possible: readonly Delimiter[],
): { delimiter: Delimiter; columns: ImportColumns } {
  const [best] = possible
    .map((delimiter) => {
      const { records } = readWindow(text, 0, delimiter);
      const columns = recogniseColumns(records.find((cells) => !isBlank(cells)) ?? []);
      return { delimiter, columns, known: columns.filter(({ field }) => field !== null).length };
    })
    .sort((a, b) => b.known - a.known || b.columns.length - a.columns.length);
  if (!best) throw unusable("columns");
  return best;
}

const partLength = 65_536;

/** In parts, because a large file of nothing but line ends takes more than a second. */
async function withPlainLineEnds(text: string, slice: ReturnType<typeof createSlices>): Promise<string> {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    // One line end of two characters stays in one part.
    const end = at + partLength + (text.startsWith("\r\n", at + partLength - 1) ? 1 : 0);
    parts.push(text.slice(at, end).replace(/\r\n?/g, "\n"));
    at = end;
    await slice();
  }
  return parts.join("");
}

/** A first line that only names the delimiter for a spreadsheet, which neither shows nor numbers it. */
const separatorLine = /^"?sep=([,;\t])"?\n/i;

/**
 * Header and rows of a CSV; throws a Failure that says why there are none.
 * Gives way to other work now and then.
 */
export async function readTable(
  given: string,
  encoding: Encoding = "utf-8",
  signal?: AbortSignal,
): Promise<Table> {
  if (given.trim() === "") throw unusable("blank");
  const slice = createSlices(signal);
  const lines = given.includes("\r") ? await withPlainLineEnds(given, slice) : given;
  const named = delimiters.filter((one) => one === separatorLine.exec(lines)?.[1]);
  const text = lines.replace(separatorLine, "");
  const { delimiter, columns } = headerOf(text, named.length > 0 ? named : delimiters);
  if (encoding === "gb18030") requireReadableHeader(columns);
  requireColumns(columns);

  const rows: TableRow[] = [];
  let isHeaderRead = false;
  let isAfterOpenQuote = false;
  let row = 0;
  const take = (cells: string[], isBroken: boolean) => {
    row += 1;
    if (isBlank(cells)) return;
    if (!isHeaderRead) {
      isHeaderRead = true;
      return;
    }
    // What follows a forgotten quote may be the rest of that row; a row of its own has all its cells.
    const openQuote = isBroken || (isAfterOpenQuote && cells.length < columns.length);
    isAfterOpenQuote = openQuote;
    const fault = openQuote ? "quotes" : holdsRow(cells, columns, delimiter) ? "two-rows" : null;
    rows.push({ row, cells, fault });
    if (rows.length > mostImportRows) throw unusable("too-many");
  };
  for (let at = 0; at < text.length; ) {
    const { records, next } = readWindow(text, at, delimiter);
    for (const cells of records) take(cells, false);
    if (next > at) at = next;
    else {
      const lineEnd = text.indexOf("\n", at);
      const end = lineEnd < 0 ? text.length : lineEnd;
      take(
        text
          .slice(at, Math.min(end, at + longestRow))
          .replaceAll('"', "")
          .split(delimiter),
        true,
      );
      at = end + 1;
    }
    await slice();
  }
  if (rows.length === 0) throw unusable("empty");
  if (encoding === "gb18030") requireChinese({ columns, rows });
  return { delimiter, columns, rows };
}

/**
 * As `Lopez, Ana` has it, a delimiter with a space behind it is punctuation:
 * quotes open right behind the file's own.
 */
const countDelimiters = (line: string, delimiter: Delimiter): number =>
  line
    .split(delimiter)
    .slice(1)
    .filter((after) => !after.startsWith(" ")).length;

/**
 * Two forgotten quotes close each other: then a line within a cell has before its
 * column all the cells that a row has.
 */
const holdsRow = (cells: readonly string[], columns: ImportColumns, delimiter: Delimiter): boolean =>
  columns.some(({ field }, i) => {
    const lines = field === null ? [] : (cells[i] ?? "").split("\n");
    return lines.slice(1).some((line) => countDelimiters(line, delimiter) >= Math.max(1, i));
  });
