import { longestShownLine, mostSaidCounted, type RecallQuestion, type SaidElse } from "#contract/recalls.ts";
import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import { besideIn, isPlainEnd, isPlainName, serialMark } from "./beside.ts";
import type { OurSensors } from "./our-sensors.ts";
import { createPlainColumn, type PlainColumn } from "./plain-columns.ts";
import { isJson } from "./recall-cells.ts";
import type { LineRead } from "./recall-lines.ts";
import { keyOf, shownText } from "./recall-questions.ts";
import { cellsOf, type Table } from "./recall-table.ts";
import { isMark, pointsAbove, withoutPageMark } from "./recall-words.ts";
import { createSaidTexts, type SaidRoom, type SaidText, type SaidTexts } from "./said-texts.ts";

const mostColumns = 20;
const mostValues = 200;
const mostTexts = 200;
const longestText = 1000;
/** Characters that are kept in all, besides some for each column and for what stands in none. */
const mostShared = 100_000;
/** So many different remainders of lines are remembered, so that most lines cost one look. */
const mostRemembered = 5000;

interface Column {
  readonly name: string | number;
  readonly isSerials: boolean;
  readonly values: SaidTexts;
  readonly plain: PlainColumn;
}

/** What a file says besides the serial numbers that are taken. */
export interface WhatElse {
  /** The names of a table's columns. */
  names(table: Table): void;
  /** A line with serials, and by which table it was read. */
  taken(line: number, text: string, read: Pick<LineRead, "serials" | "ranges">, table: Table | null): void;
  notTaken(line: number, text: string): void;
  /** What is asked of it, beside these questions; null where they have all of it, or nothing is said. */
  asked(questions: readonly RecallQuestion[], isRecalled: (key: string) => boolean): RecallQuestion | null;
}

const bare = (text: string): string =>
  shownText(text.replaceAll(serialMark, "").replace(/^[\s,;|"#]+|[\s,;|"]+$/g, "")).toLowerCase();

/** A cell beside the serials may name them too. */
const marked = (cell: string, serials: readonly string[]): string =>
  serials.reduce(
    (text, serial) => (text.includes(serial) ? text.replaceAll(serial, serialMark) : text),
    cell,
  );

/** What stood before and behind the serial of the last line that was remembered. */
const never: { before: string; behind: string; noted: SaidText | null } = {
  before: "\0",
  behind: "\0",
  noted: null,
};
const fewestDigits = 4;
/** Most serials are told by their digits alone. */
function isLong(serial: string): boolean {
  if (serial.length < 7 || serial.length > 64) return false;
  let digits = 0;
  for (let i = 0; i < serial.length; i += 1) {
    const code = serial.charCodeAt(i);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code < 65 || code > 90) return false;
  }
  return digits >= fewestDigits;
}

export function createWhatElse(known: Pick<OurSensors, "has" | "isShaped">): WhatElse {
  const columns = new Map<string, Column>();
  const furtherColumns = new Set<string>();
  let isNameCut = false;
  const room: SaidRoom = { left: mostShared };
  const texts = createSaidTexts(mostTexts, longestText, room);
  /** Of lines below which no serial stands, and of those that say so: they are about what is above. */
  let below: number[] = [];
  const above = new Set<number>();
  let firstSerialAt = 0;
  let firstTextAt = 0;
  /** Whether a serial stands without anything beside it, and what else stands beside serials. */
  let hasBare = false;
  const beside = new Set<SaidText>();
  let remembered = new Map<string, SaidText | null>();
  let rememberedOf: Table | null = null;
  let last = never;
  const remember = (text: string, serial: string, noted: SaidText | null) => {
    const at = text.indexOf(serial);
    last = { before: text.slice(0, at), behind: text.slice(at + serial.length), noted };
  };
  /** The number before a serial in a numbered list. */
  let number = 0;
  /** Whether each line has to be looked at, since lines are counted. */
  let isCounted = false;

  const isSerial = (serial: string) =>
    known.isShaped(serial) || isLong(serial) || isPlainSerial(serial) || known.has(serial);

  const columnOf = (name: string | number, isSerials = false): Column | null => {
    const own = String(name).toLowerCase();
    const found = columns.get(own);
    if (found) return found;
    if (columns.size >= mostColumns) {
      if (furtherColumns.size < 1000) furtherColumns.add(own);
      return null;
    }
    isNameCut ||= own.length > longestShownLine;
    const made: Column = {
      name: typeof name === "number" ? name : shownText(name),
      isSerials,
      values: createSaidTexts(mostValues, longestText, room),
      plain: createPlainColumn(typeof name === "number" ? "" : name),
    };
    columns.set(own, made);
    return made;
  };
  const nameOf = (table: Table, at: number): string | number => table.names[at] || at + 1;
  const noteValue = (line: number, name: string | number, value: string) => {
    const column = columnOf(name);
    if (column === null) {
      if (value !== "") texts.add(line, typeof name === "number" ? value : `${name}: ${value}`);
      return;
    }
    column.values.add(line, value);
    column.plain.note(value);
  };
  const noteText = (line: number, text: string): SaidText | null => {
    if (isMark(text) || isPlainName(text.replace(/[\s:：;,|"]+$|^[\s"']+/g, ""))) return null;
    firstTextAt ||= line;
    return texts.add(line, text);
  };
  const noteBeside = (line: number, text: string, serials: readonly string[], isRange: boolean) => {
    let left = besideIn(text, serials, isRange);
    const [, counted] = /^\(?(\d{1,7})[.):]?\s*…$/.exec(left) ?? [];
    if (counted !== undefined && Number(counted) === number + 1) {
      number += 1;
      isCounted = true;
      left = "";
    }
    if (left === "") {
      hasBare = true;
      return null;
    }
    const noted = texts.add(line, left);
    if (noted) beside.add(noted);
    return noted;
  };
  const ofJson = (line: number, text: string, serials: readonly string[]): boolean => {
    let given: unknown;
    try {
      given = JSON.parse(text);
    } catch {
      return false;
    }
    const rows = [given].flat(1).filter((row) => typeof row === "object" && row !== null);
    for (const [name, value] of rows.flatMap((row) => Object.entries(row as object))) {
      const said = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value ?? "");
      if (!serials.includes(parseSerial(said) ?? "")) noteValue(line, name, marked(said, serials));
      else if (!isPlainName(name.replaceAll("_", " "))) columnOf(name, true);
    }
    return rows.length > 0;
  };
  /** What stands in the cells of a row. */
  const ofRow = (
    line: number,
    text: string,
    serials: readonly string[],
    table: Table,
    isRange: boolean,
  ): SaidText | null => {
    const cells = cellsOf(text, table.delimiter ?? "");
    let noted: SaidText | null = null;
    for (const [at, cell] of cells.entries()) {
      const isOwn = at === table.column || at === table.lastAt || table.others.some((one) => one.at === at);
      const given = cell.replaceAll('"', "").trim();
      const isWhole = serials.length === 1 && given === serials[0];
      if (isOwn && isWhole) hasBare = true;
      else if (isOwn || isWhole || serials.includes(given))
        noted = noteBeside(line, cell, serials, isRange) ?? noted;
      else if (at < table.width || given !== "") noteValue(line, nameOf(table, at), marked(given, serials));
    }
    isCounted ||= [...columns.values()].some(({ plain }) => plain.isEach);
    return noted;
  };

  return {
    names: (table) => {
      remembered = new Map();
      last = never;
      const isRange = table.lastAt >= 0 || table.countAt >= 0;
      for (const at of new Set([table.column, table.lastAt, ...table.others.map((one) => one.at)])) {
        const name = (table.names[at] ?? "").replace(/["']/g, "").replaceAll("_", " ");
        if (name !== "" && !isPlainName(name) && !(isRange && isPlainEnd(name))) columnOf(name, true);
      }
      for (const at of table.names.keys())
        if (at !== table.column && at !== table.lastAt && !table.others.some((one) => one.at === at))
          columnOf(nameOf(table, at));
    },
    taken: (line, text, { serials, ranges }, table) => {
      if (below.length > 0) below = [];
      if (firstSerialAt === 0) firstSerialAt = line;
      const [first = ""] = serials;
      if (text.length === first.length && serials.length === 1 && isSerial(first)) {
        hasBare = true;
        return;
      }
      if (table !== rememberedOf) {
        remembered = new Map();
        last = never;
        rememberedOf = table;
      }
      let key: string | null = null;
      if (serials.length === 1 && ranges.length === 0) {
        const at = text.indexOf(first);
        const isLast = at === last.before.length && text.length === at + first.length + last.behind.length;
        if (isLast && text.endsWith(last.behind) && text.startsWith(last.before) && isSerial(first)) {
          if (last.noted) last.noted.more += 1;
          return;
        }
        // What is before the serial and behind it.
        if (at >= 0) key = `${text.slice(0, at)}\0${text.slice(at + first.length)}`;
      }
      if (key !== null && isSerial(first)) {
        const found = remembered.get(key);
        if (found !== undefined) {
          if (found) found.more += 1;
          remember(text, first, found);
          return;
        }
      }
      const mine = serials.filter(isSerial);
      if (mine.length === 0) {
        noteText(line, text);
        return;
      }
      let noted: SaidText | null = null;
      isCounted = false;
      if (table?.delimiter) noted = ofRow(line, text, mine, table, ranges.length > 0);
      else if (!isJson(text) || !ofJson(line, text, mine))
        noted = noteBeside(line, text, mine, ranges.length > 0);
      if (key !== null && !isCounted && mine.length === serials.length && remembered.size < mostRemembered) {
        remembered.set(key, noted);
        remember(text, first, noted);
      }
    },
    notTaken: (line, text) => {
      const noted = noteText(line, withoutPageMark(text).replace(/^[\s,;|"]+|[\s,;|"]+$/g, ""));
      if (noted && firstSerialAt > 0) below.push(line);
      if (noted && pointsAbove(text)) above.add(noted.line);
    },
    asked: (questions, isRecalled) => {
      const optionsOf = (kind: RecallQuestion["kind"], name?: string) =>
        questions
          .filter((one) => one.kind === kind && (name === undefined || one.name === name))
          .flatMap(({ options }) => options);
      const lines = new Set(
        optionsOf("line").flatMap(({ text, examples: [example] }) =>
          text !== null && example ? [`${example.line} ${example.text}`] : [],
        ),
      );
      const isLine = ({ line, text }: SaidText) => lines.has(`${line} ${text}`);
      const left = texts.all().filter((one) => !isLine(one));
      const footers = left.filter(({ line }) => below.includes(line));
      // Where headings stand below their groups, what is asked of them as if they stood above is not all.
      const isBelow = footers.length > 0 && firstTextAt > firstSerialAt;
      const sections = isBelow ? [] : optionsOf("section").flatMap(({ text }) => text ?? []);
      const asked = new Set(sections.flatMap((text) => [text, ...text.split(" / ")].map(bare)));
      const isAsked = (one: SaidText) =>
        one.text.length <= longestShownLine &&
        !above.has(one.line) &&
        !footers.includes(one) &&
        asked.has(bare(one.text));
      const signs = [...beside];
      // The same sign beside each serial says nothing; one between two may set them apart.
      const isSame =
        signs.length === 1 && !hasBare && /^[^\p{L}\p{N}…]*…[^\p{L}\p{N}…]*$/u.test(signs[0]?.text ?? "");
      const said = left.filter((one) => !isAsked(one) && !(isSame && one === signs[0]));
      const isColumnAsked = ({ name, isSerials, values }: Column) => {
        if (isSerials) return optionsOf("column").some(({ text }) => text?.replaceAll("_", " ") === name);
        if (values.isCut()) return false;
        const given = new Set(optionsOf("status", String(name)).map(({ text }) => text?.toLowerCase()));
        return given.size > 0 && values.all().every(({ text }) => given.has(text.toLowerCase()));
      };
      const all = [...columns.values()].filter((column) => !isColumnAsked(column));
      const isPlain = all.every(({ isSerials, plain }) => !isSerials && plain.isPlain);
      if (said.length === 0 && isPlain && furtherColumns.size === 0) return null;
      const content: SaidElse = {
        columns: all.map(({ name, isSerials, values }) => ({
          name,
          isSerials,
          values: values.all().map(({ text }) => text),
          more: Math.min(values.more() + values.alike(), mostSaidCounted),
        })),
        moreColumns: furtherColumns.size,
        texts: said.map(({ line, text, more }) => ({ line, text, more })),
        moreTexts: texts.more(),
        isCut:
          isNameCut || furtherColumns.size > 0 || texts.isCut() || all.some(({ values }) => values.isCut()),
      };
      const key = keyOf("else", JSON.stringify(content));
      return {
        kind: "else",
        name: "",
        options: [
          {
            key,
            text: null,
            others: [],
            othersCount: 0,
            lines: 0,
            ours: 0,
            serials: 0,
            examples: [],
            isRecalled: isRecalled(key) ? true : null,
          },
        ],
        said: content,
      };
    },
  };
}
