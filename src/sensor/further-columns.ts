import { shapeOf } from "#contract/serial.ts";
import { isWhole } from "./list-cells.ts";
import { namesSerials } from "./serial-names.ts";
import { readSerials } from "./serials.ts";

/** Of a cell that is a serial as a whole, whatever sets its groups apart. */
const shapeIn = (cell: string) => shapeOf((readSerials(cell).found[0]?.serial ?? "").replace(/[._-]/g, ""));

/** Columns besides that of the serials in which most cells are of their shape, or are serials and its name says so. */
export function furtherColumns(
  lines: readonly (readonly string[])[],
  column: number,
  names: readonly string[],
): number[] {
  const read = lines.filter((cells) => isWhole(cells[column] ?? ""));
  const shapes = new Set(read.map((cells) => shapeIn(cells[column] ?? "")));
  const width = read.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: width }, (_, at) => at).filter((at) => {
    if (at === column) return false;
    const filled = read.map((cells) => cells[at]?.trim() ?? "").filter(Boolean);
    const isNamed = namesSerials(names[at] ?? "");
    const alike = filled.filter((cell) => isWhole(cell) && (isNamed || shapes.has(shapeIn(cell))));
    return alike.length > filled.length / 2;
  });
}
