import Papa from "papaparse";
import type { FoundSerial } from "#sensor/scanned-code.ts";
import { readSerials } from "#sensor/serials.ts";

export const mostSerials = 5000;

export interface ParsedSerials {
  /** Each once, in the order given. */
  readonly serials: readonly string[];
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

const headers = /^(serial( (number|no\.?))?|sn|device_sn|device|sensor|序列号|设备序列号|传感器)$/i;

/**
 * Serial numbers out of a pasted list, a CSV or prose: in the column named so, or all that stand on a
 * line, or its first cell that can be one.
 */
export function parseSerials(text: string): ParsedSerials {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { delimitersToGuess: [",", ";", "\t"] });
  const named = data[0]?.findIndex((cell) => headers.test(cell.trim())) ?? -1;
  const seen = new Set<string>();
  const rejected: { line: number; text: string }[] = [];
  let repeated = 0;
  for (const [index, cells] of data.entries()) {
    const line = cells.join(" ").trim();
    if (line === "" || (index === 0 && named >= 0)) continue;
    const found = serialsIn(named >= 0 ? [cells[named] ?? ""] : cells);
    if (found.length === 0) rejected.push({ line: index + 1, text: line.slice(0, 80) });
    for (const { serial } of found) {
      if (seen.has(serial)) repeated += 1;
      seen.add(serial);
    }
  }
  const serials = [...seen];
  return {
    serials: serials.slice(0, mostSerials),
    repeated,
    rejected,
    overLimit: Math.max(0, serials.length - mostSerials),
  };
}
