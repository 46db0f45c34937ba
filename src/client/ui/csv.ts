import Papa from "papaparse";

type Rows = readonly (readonly string[])[];

/** Rows as CSV with a byte order mark, which spreadsheets need to read UTF-8; a cell that looks like a formula stays text. */
export const toCsv = (rows: Rows): string =>
  `\ufeff${Papa.unparse(rows as string[][], { escapeFormulae: true, newline: "\r\n" })}\r\n`;

/** Rows for pasting into a spreadsheet. */
export const toPasteable = (rows: Rows): string =>
  Papa.unparse(rows as string[][], { escapeFormulae: true, delimiter: "\t", newline: "\n" });

/** Hands a file to the browser to save. */
export function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
