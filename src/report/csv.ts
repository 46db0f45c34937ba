import Papa from "papaparse";

export type Rows = readonly (readonly string[])[];

/** Spreadsheets need it to read UTF-8. */
export const byteOrderMark = "\ufeff";

/**
 * A cell that a spreadsheet would take for a formula, in full width and behind a semicolon too, becomes text
 * by an apostrophe; imports take it away again. A negative number is a number.
 */
export const asText = (rows: Rows): string[][] =>
  rows.map((row) =>
    row.map((cell) =>
      /^-\d+(\.\d+)?$/.test(cell) ? cell : cell.replace(/(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g, "$1'"),
    ),
  );

/** Rows as lines of CSV; a cell that looks like a formula stays text. */
export const csvLines = (rows: Rows): string => `${Papa.unparse(asText(rows), { newline: "\r\n" })}\r\n`;
