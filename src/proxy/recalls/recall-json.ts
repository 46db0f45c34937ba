import { isPlainSerial } from "#contract/serial.ts";
import { Failure } from "../failure.ts";
import { unusable } from "../imports/read-file.ts";

const largestJson = 20_000_000;
const deepest = 8;
/** Of one table, and made on the way to it: some 20 MB of ordinary rows have two million. */
const mostCells = 5_000_000;
/** So long is a first line looked at, whether it is JSON by itself. */
const longestFirstLine = 1_000_000;
const beginsJson = /^\s*(?:\{|\[)\s*(?:$|["{[\]}\d-])/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): boolean => typeof value !== "object" || value === null;
const textOf = (value: unknown): string => String(value ?? "").replace(/\s+/g, " ");
const cellOf = (value: unknown): string => `"${textOf(value).replaceAll('"', "")}"`;

type Row = Record<string, unknown>;

/** Few bytes of JSON may stand for very many cells. */
function refuseMany(cells: number): void {
  if (cells > mostCells) throw unusable("json-large");
}

/** An object as rows: one, or one for each of what its arrays hold. */
function rowsOf(object: Row, prefix: string, depth: number): Row[] {
  if (depth > deepest) throw new Error("deeper than any list of serials");
  const own: Row = {};
  const lists: Row[][] = [];
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key;
    if (isScalar(value)) own[name] = value;
    else if (Array.isArray(value))
      lists.push(
        value.flatMap((one) => (isObject(one) ? rowsOf(one, `${name}.`, depth + 1) : [{ [name]: one }])),
      );
    else if (isObject(value)) {
      const [first = {}, ...more] = rowsOf(value, `${name}.`, depth + 1);
      if (more.length === 0) Object.assign(own, first);
      else lists.push([first, ...more]);
    }
  }
  const rows = lists.flat();
  refuseMany(rows.length * Object.keys(own).length);
  return rows.length === 0 ? [own] : rows.map((row) => ({ ...own, ...row }));
}

function tableLines(rows: readonly Row[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  refuseMany(rows.length * names.length);
  const line = (cells: readonly unknown[]) => cells.map(cellOf).join(",");
  return [line(names), ...rows.map((row) => line(names.map((name) => row[name])))];
}

/** What JSON holds as lines of tables, each under the key that it is in. */
function linesOf(value: unknown, key = "", depth = 0): string[] {
  if (depth > deepest) throw new Error("deeper than any list of serials");
  const name = key.replaceAll("_", " ");
  const title = key === "" ? [] : [`${name}:`];
  if (isScalar(value)) return [key === "" ? textOf(value) : `${name}: ${textOf(value)}`];
  if (Array.isArray(value)) {
    const objects = value.filter(isObject);
    const rows = objects.flatMap((one) => rowsOf(one, "", depth + 1));
    const others = value.filter((one) => !isObject(one));
    const listed = others.flatMap((one) => (isScalar(one) ? [textOf(one)] : linesOf(one, "", depth + 1)));
    return [...title, ...listed, ...(rows.length > 0 ? tableLines(rows) : [])];
  }
  const entries = Object.entries(value as Row);
  const bySerial = entries.filter(([serial]) => isPlainSerial(serial.toUpperCase()));
  if (bySerial.length * 2 > entries.length)
    return [
      ...title,
      ...tableLines(
        entries.flatMap(([serial, said]) =>
          (isObject(said) ? rowsOf(said, "", depth + 1) : [{ value: textOf(said) }]).map((row) => ({
            serial,
            ...row,
          })),
        ),
      ),
    ];
  const nested = entries.filter(([, one]) => !isScalar(one));
  const isRow = nested.every(([, one]) => isObject(one) && Object.values(one).every(isScalar));
  if (isRow && nested.length < entries.length)
    return [...title, ...tableLines(rowsOf(value as Row, "", depth))];
  // What is said of the whole stands below, so that it is no heading.
  return [
    ...title,
    ...nested.flatMap(([own, one]) => linesOf(one, own, depth + 1)),
    ...entries.filter(([, one]) => isScalar(one)).flatMap(([own, one]) => linesOf(one, own, depth + 1)),
  ];
}

function linesIfJson(text: string): string | null {
  try {
    return linesOf(JSON.parse(text)).join("\n");
  } catch (error) {
    if (error instanceof Failure) throw error;
    return null;
  }
}
const isWhole = (text: string): boolean => {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
};

type Kind = "blank" | "text" | "json" | "unclear";

/** What a file is by its beginning. */
function kindOf(held: string): Kind {
  const begin = held.trimStart();
  if (begin === "") return "blank";
  if (!beginsJson.test(begin.slice(0, 1000))) return "text";
  const end = begin.search(/[\r\n]/);
  if (end > 0 && begin.slice(end).trim() !== "") return isWhole(begin.slice(0, end)) ? "text" : "json";
  return held.length > longestFirstLine ? "json" : "unclear";
}

/** The text of a file, where it is one whole JSON as lines of tables; lines of JSON are left as they are. */
export async function* withJsonAsLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  let kind: Kind = "unclear";
  for await (const part of texts) {
    held += part.replaceAll("\ufeff", "");
    if (kind === "blank" || kind === "unclear") kind = kindOf(held);
    if (kind === "text" || kind === "blank") {
      yield held;
      held = "";
    } else if (held.length > largestJson) throw unusable("json-large");
  }
  if (held !== "") yield linesIfJson(held) ?? held;
}
