import Papa from "papaparse";

type Rows = readonly (readonly string[])[];

/**
 * A cell that a spreadsheet would take for a formula, in full width and behind a semicolon too, becomes text
 * by an apostrophe; imports take it away again. A negative number is a number.
 */
const asText = (rows: Rows): string[][] =>
  rows.map((row) =>
    row.map((cell) =>
      /^-\d+(\.\d+)?$/.test(cell) ? cell : cell.replace(/(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])/g, "$1'"),
    ),
  );

/**
 * Rows as CSV with a byte order mark, which spreadsheets need to read UTF-8; a cell
 * that looks like a formula stays text.
 */
export const toCsv = (rows: Rows): string => `\ufeff${Papa.unparse(asText(rows), { newline: "\r\n" })}\r\n`;

/** Rows for pasting into a spreadsheet. */
export const toPasteable = (rows: Rows): string =>
  Papa.unparse(asText(rows), { delimiter: "\t", newline: "\n" });

/** Hands a file to the browser to save. */
export function saveBlob(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|]/gu, "_");
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const saveFile = (name: string, text: string, type = "text/csv"): void =>
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
