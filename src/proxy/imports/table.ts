import type { ImportColumns, importDelimiters } from "#contract/import.ts";

export type Delimiter = (typeof importDelimiters)[number];

export interface TableRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  row: number;
  cells: string[];
  /**
   * Why its cells are uncertain: `quotes` (one does not close), `two-rows` (what
   * one holds looks like another row, too).
   */
  fault: "quotes" | "two-rows" | null;
}

export interface Table {
  delimiter: Delimiter;
  columns: ImportColumns;
  rows: TableRow[];
}
