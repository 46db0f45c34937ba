import type { FoundSerial } from "./scanned-code.ts";
import { readSerials } from "./serials.ts";

/** Serials that stand in codes or as words of their own, however they are separated. */
function plainIn(cells: readonly string[]): readonly FoundSerial[] | null {
  const { found, unsure, doubt, without } = readSerials(cells.join("; "));
  if (found.length > 0 || without || doubt === "separator") return found;
  return doubt === "words" ? unsure : null;
}

const shortestBeside = 4;

/** A cell that is a serial as a whole, in groups perhaps; beside others not so short that it is but a number. */
const wholeIn = (cell: string, isAlone: boolean): readonly FoundSerial[] =>
  readSerials(cell).found.filter(({ serial }) => isAlone || serial.length >= shortestBeside);

/** What only a person can tell apart is none. */
export function serialsIn(cells: readonly string[]): readonly FoundSerial[] {
  const isAlone = cells.length === 1;
  return (
    plainIn(cells) ?? cells.map((cell) => wholeIn(cell, isAlone)).find((found) => found.length > 0) ?? []
  );
}

export const hasSerial = (cell: string) => serialsIn([cell]).length > 0;

export const isWhole = (cell: string) => readSerials(cell).found.length === 1;
