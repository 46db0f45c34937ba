import Papa from "papaparse";
import { asText, byteOrderMark, csvLines, type Rows } from "#report/csv.ts";

/** Rows as a file of CSV. */
export const toCsv = (rows: Rows): string => byteOrderMark + csvLines(rows);

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
