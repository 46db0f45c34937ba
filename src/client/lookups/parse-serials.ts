import Papa from "papaparse";
import { parseSerial } from "#contract/device.ts";

export const mostSerials = 5000;

export interface ParsedSerials {
  /** Each once, in the order given. */
  readonly serials: readonly string[];
  /** How many were there more than once. */
  readonly repeated: number;
  /** Lines without anything that can be a serial number, as they stand, with their number from 1. */
  readonly rejected: readonly { readonly line: number; readonly text: string }[];
  /** Serials beyond the most that one list holds. */
  readonly beyond: number;
}

/** A serial number has a digit; a word of prose has none. */
const serialIn = (text: string): string | null => {
  const serial = parseSerial(text);
  return serial && /\d/.test(serial) ? serial : null;
};

/** A cell is one serial with spaces in it, or several that each look like one. */
function serialsIn(cell: string): string[] {
  const parts = cell.trim().split(/\s+/);
  const each = parts.map(serialIn);
  const isList = parts.length > 1 && each.every((serial) => serial !== null && /^[A-Z].{5,}/.test(serial));
  if (isList) return each.filter((serial) => serial !== null);
  // Prose is many words; a serial in groups is a few.
  const whole = parts.length <= 5 ? serialIn(cell) : null;
  return whole ? [whole] : [];
}

const headers = /^(serial( (number|no\.?))?|sn|device_sn|device|sensor|序列号|设备序列号|传感器)$/i;

/** Serial numbers out of a pasted list or a CSV: one to a line, or in the column named so, or the first cell of a line that can be one. */
export function parseSerials(text: string): ParsedSerials {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { delimitersToGuess: [",", ";", "\t"] });
  const named = data[0]?.findIndex((cell) => headers.test(cell.trim())) ?? -1;
  const seen = new Set<string>();
  const rejected: { line: number; text: string }[] = [];
  let repeated = 0;
  for (const [index, cells] of data.entries()) {
    const line = cells.join(" ").trim();
    if (line === "" || (index === 0 && named >= 0)) continue;
    const found =
      named >= 0
        ? serialsIn(cells[named] ?? "")
        : (cells.map(serialsIn).find((serials) => serials.length > 0) ?? []);
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
    beyond: Math.max(0, serials.length - mostSerials),
  };
}
