import Papa from "papaparse";
import { parseSerial, serialsAmong } from "#contract/serial.ts";

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

/** A serial number has a digit; a word of prose has none. */
const serialIn = (text: string): string | null => {
  const serial = parseSerial(text);
  return serial && /\d/.test(serial) ? serial : null;
};

/**
 * Serials that stand as words of their own, however they are separated; else the first cell that
 * is one as a whole, in groups perhaps.
 */
function serialsIn(cells: readonly string[]): string[] {
  const among = serialsAmong(cells.join(" "));
  if (among.length > 0) return among;
  for (const cell of cells) {
    // Prose is many words; a serial in groups is a few.
    const whole = cell.trim().split(/\s+/).length <= 5 ? serialIn(cell) : null;
    if (whole) return [whole];
  }
  return [];
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
    for (const serial of found) {
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
