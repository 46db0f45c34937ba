import { parseSerial, serialsAmong, shapeOf } from "#contract/serial.ts";
import { lotHeader, serialHeader } from "#sensor/serial-list.ts";
import { readSerials } from "#sensor/serials.ts";

/** So many lines may stand before the columns' names, as a letter's words, and so many below tell that they are names. */
const mostLinesBefore = 100;
const linesSampled = 200;
export const linesForHeading = mostLinesBefore + linesSampled;

const delimiters = [",", ";", "\t", "|"];
const anyDelimiter = delimiters.join("");
const delimiterPattern = /[,;\t|]/;

/** What a code of a box has, or an address, and a serial number has not. */
const mayBeCode = (text: string): boolean =>
  /[()\]<{^/]/.test(text) || (text.length > 20 && /[A-Z0-9]{21}/.test(text));
const isJson = (text: string): boolean => /^\s*\[?\s*\{/.test(text);
/** A serial as it stands, and nothing else. */
const isOrdinary = (cell: string): boolean => cell.length <= 20 && /^[A-Z0-9]{1,20}$/.test(cell);
const hasDigit = (serial: string): boolean => /\d/.test(serial);
/** As people set the groups of a serial apart. */
const joined = (serial: string): string => serial.replace(/[-._]/g, "");

const label =
  /^\s*(?:s\/?n|serial(?:[ _-]?(?:number|no\.?))?|device[ _]sn|(?:设备|产品|传感器)?序列号)(?:\s*[:：=#]\s*|\s+)/i;

/** Words that no group of a serial is: three letters or more without a digit, or Chinese. */
const wordsIn = (text: string): number =>
  text
    .split(/\s+/)
    .filter((word) => /\p{Script=Han}/u.test(word) || (!hasDigit(word) && /(?:\p{L}\P{L}*){3}/u.test(word)))
    .length;

/** The cells of a line; a forgotten quote costs no more than its own line. */
function cellsOf(line: string, apart: string): string[] {
  if (!line.includes('"')) return line.split(apart.length === 1 ? apart : delimiterPattern);
  const cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  for (const char of line)
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && apart.includes(char)) {
      cells.push(cell);
      cell = "";
    } else cell += char;
  cells.push(cell);
  return isQuoted ? cellsOf(line.replaceAll('"', ""), apart) : cells;
}

interface Heading {
  /** Null where there is one column only. */
  readonly delimiter: string | null;
  readonly column: number;
  readonly width: number;
  readonly name: string;
}

const onlyDevice = /^(device|sensor|传感器)$/i;

function headingIn(line: string): Heading | null {
  for (const delimiter of [...delimiters.filter((one) => line.includes(one)), null]) {
    const names = (delimiter === null ? [line.replaceAll('"', "")] : cellsOf(line, delimiter)).map((name) =>
      name
        .replace(/[(（].*[)）]\s*$/, "")
        .trim()
        .toLowerCase(),
    );
    const named = names.flatMap((name, column) => (serialHeader.test(name) ? [{ name, column }] : []));
    const found = named.find(({ name }) => !onlyDevice.test(name)) ?? named[0];
    if (found) return { ...found, delimiter, width: names.length };
  }
  return null;
}

/** What stands in the column; all of the line where nothing sets columns apart. */
function cellAt(line: string, { delimiter, column }: Heading): string {
  if (delimiter === null) return line;
  if (line.includes('"')) return cellsOf(line, delimiter)[column] ?? "";
  let from = 0;
  for (let i = 0; i < column; i += 1) {
    from = line.indexOf(delimiter, from) + 1;
    if (from === 0) return "";
  }
  const to = line.indexOf(delimiter, from);
  return to < 0 ? line.slice(from) : line.slice(from, to);
}

/** Whether a line that has a serial in a cell is a sentence with commas: "Not affected: P225043057, P225043058". */
function isSentence(line: string, serial: string, heading: Heading | null): boolean {
  // What is quoted is a cell, whatever stands in it.
  const plain = line.replace(/"[^"]*"/g, "");
  const cells = cellsOf(plain, heading?.delimiter ?? anyDelimiter);
  const isWhole = cells.length === heading?.width;
  const names = (text: string) => serialsAmong(text).some((one) => shapeOf(one) === shapeOf(serial));
  const leadsIn = (cell: string) => /[:：]\s*$/.test(cell) || (wordsIn(cell) > 0 && names(cell));
  if (cells.slice(0, isWhole ? heading.column : cells.length).some(leadsIn)) return true;
  return !isWhole && wordsIn(plain) >= 3 && /[,;]\s|[.。!！?？]\s*$/.test(plain);
}

export interface RecallLines {
  /** Where the columns' names stand among the first lines; those above them are no serial numbers. */
  readonly headingAt: number;
  /** The serials of a line below; none of one that is not taken, null of the columns' names once more. */
  serialsOf(line: string): readonly string[] | null;
}

/**
 * How the lines of a recall are read, by its first ones. Where one names a column of serial numbers, that column alone is
 * read; else a line whose cells or words are serial numbers and other short entries, never a sentence with one in it.
 */
export function readingOf(first: readonly string[], isKnown: (serial: string) => boolean): RecallLines {
  const serialsIn = (cell: string): string[] => {
    if (isOrdinary(cell)) return [cell];
    const whole = parseSerial(cell.replaceAll('"', ""));
    if (whole !== null && isKnown(whole)) return [whole];
    const text = cell.replace(label, "");
    const coded = () => (mayBeCode(cell) ? readSerials(cell).found.map(({ serial }) => serial) : []);
    if (isJson(cell)) return coded();
    if (wordsIn(text) > 0) return [];
    const codes = coded();
    if (codes.length > 0) return codes;
    const serial = parseSerial(text.replaceAll('"', ""));
    if (serial !== null && isKnown(joined(serial))) return [joined(serial)];
    const words = text.split(/[\s、，；]+/).flatMap((word) => parseSerial(word) ?? []);
    if (words.some(isKnown)) return words;
    return serial === null ? [] : [serial];
  };
  const inColumn = (line: string, heading: Heading): string[] => {
    const cell = cellAt(line, heading);
    const serials = serialsIn(cell);
    const [serial] = serials;
    if (heading.delimiter === null || serial === undefined) return serials;
    // A count in the last line.
    if (/^\d{1,3}$/.test(serial)) return [];
    const mayBe = line.includes(" ") || line.includes(":") || line.includes("：");
    return mayBe && isSentence(line, serial, heading) ? [] : serials;
  };
  const anywhere = (line: string, lotAt: number): string[] => {
    if (isJson(line)) return serialsIn(line);
    const cells = cellsOf(line, anyDelimiter);
    if (cells.length === 1) return serialsIn(line);
    const serials = cells.flatMap((cell, index) => (index === lotAt ? [] : serialsIn(cell)));
    const [serial] = serials;
    if (serial !== undefined) return isSentence(line, serial, null) ? [] : serials;
    return serialsIn(line);
  };

  const headings = first
    .slice(0, mostLinesBefore)
    .map(headingIn)
    .map((heading, at) => ({ heading, at }));
  const begins = headings.find(
    ({ heading, at }) =>
      heading &&
      first.slice(at + 1, at + 1 + linesSampled).some((line) => inColumn(line, heading).some(hasDigit)),
  );
  let heading = begins?.heading ?? null;
  const lotAt =
    first
      .slice(0, mostLinesBefore)
      .map((line) => cellsOf(line, anyDelimiter).findIndex((cell) => lotHeader.test(cell.trim())))
      .find((at) => at >= 0) ?? -1;
  return {
    headingAt: heading ? (begins?.at ?? -1) : -1,
    serialsOf: (line) => {
      if (heading === null) return anywhere(line, lotAt);
      const serials = inColumn(line, heading);
      if (serials.length > 0 || hasDigit(line)) return serials;
      // The next table, whose columns may stand otherwise.
      const next = headingIn(line);
      if (next?.name !== heading.name) return serials;
      heading = next;
      return null;
    },
  };
}
