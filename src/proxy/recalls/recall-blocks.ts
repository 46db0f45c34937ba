import { isPlainSerial, parseSerial } from "#contract/serial.ts";
import { lotHeader } from "#sensor/serial-list.ts";
import { unusable } from "../imports/read-file.ts";
import { isPlainName } from "./beside.ts";
import type { OurSensors } from "./our-sensors.ts";
import { isMark, namesSerials } from "./recall-words.ts";

/** "Status: released", "- SN = P225043056", `"是否召回"："否",`. */
const factual =
  /^\s*([-*•]\s+)?["']?(\p{L}[^:：=<>{}[\]"',;|\t]{0,39}?)["']?\s*[:：=]\s*(?!\/\/)(\S.*?)[\s,]*$/u;
const mostKeys = 40;

interface Fact {
  readonly key: string;
  readonly name: string;
  readonly value: string;
  readonly isMarked: boolean;
}

function factIn(line: string): Fact | null {
  if (isMark(line)) return null;
  const [, mark, name, given] = factual.exec(line) ?? [];
  if (name === undefined || given === undefined) return null;
  const value = given.replaceAll('"', "").trim();
  return { key: name.trim().toLowerCase(), name: name.trim(), value, isMarked: mark !== undefined };
}

/** How facts that stand below each other are told apart: by what is between those of one sensor and of the next. */
interface Blocks {
  /** By lines without anything, by a mark before the first, or by the first and the last of them. */
  readonly by: "blank" | "mark" | "order";
  readonly serialKeys: ReadonlySet<string>;
  /** Keys that stand between serials, and those of serials. */
  readonly keys: ReadonlySet<string>;
  readonly first: string;
  readonly last: string;
}

const unclear = () => unusable("blocks");

/** Serials and what is said of each on lines of their own; null where the beginning of the file is anything else. */
function blocksOf(lines: readonly string[], known: Pick<OurSensors, "has">, isAll: boolean): Blocks | null {
  const facts = lines.map(factIn);
  const given = facts.filter((fact) => fact !== null);
  const names = [...new Set(given.map(({ key }) => key))];
  const mostlyIn = (key: string, isSerial: (serial: string) => boolean): boolean => {
    const own = given.filter((fact) => fact.key === key);
    const serials = own.map(({ value }) => (/\s/.test(value) ? null : parseSerial(value)));
    const count = serials.filter((serial) => serial !== null && isSerial(serial)).length;
    return count > 1 && count * 2 > own.length;
  };
  const isNamed = (key: string) => isPlainName(key) || namesSerials(key);
  const serialKeys = new Set(
    [
      names.filter((key) => isNamed(key) && given.filter((fact) => fact.key === key).length > 1),
      names.filter((key) => mostlyIn(key, known.has)),
      names.filter((key) => mostlyIn(key, isPlainSerial) && !lotHeader.test(key)),
    ].find((keys) => keys.length > 0) ?? [],
  );
  const of = (fact: Fact) => serialKeys.has(fact.key);
  const from = given.findIndex(of);
  const to = given.findLastIndex(of);
  const between = given.slice(from, to + 1).filter((fact) => !of(fact));
  if (from < 0 || between.length === 0) return null;
  const keys = new Set([...serialKeys, ...between.map(({ key }) => key)]);
  const sequence = given.filter(({ key }) => keys.has(key));
  const first = sequence[0]?.key ?? "";
  const common = { serialKeys, keys, first };

  const groups = (isNext: (fact: Fact | null, line: string) => boolean): Fact[][] => {
    const all: Fact[][] = [[]];
    for (const [at, fact] of facts.entries()) {
      if (isNext(fact, lines[at] ?? "")) all.push([]);
      if (fact && keys.has(fact.key)) all.at(-1)?.push(fact);
    }
    const filled = all.filter((group) => group.length > 0);
    // What is below the lines that are looked at may belong to the last one.
    return isAll ? filled : filled.slice(0, -1);
  };
  const isOne = (group: readonly Fact[]) =>
    new Set(group.map(({ key }) => key)).size === group.length && group.some(of);
  const isCertain = (all: readonly Fact[][]) =>
    all.length > 1 && all.every(isOne) && (all[0]?.length ?? 0) > 1;
  if (isCertain(groups((_, line) => line.trim() === ""))) return { ...common, by: "blank", last: "" };
  const marked = given.filter(({ isMarked }) => isMarked);
  if (marked.length > 1 && marked.every(({ key }) => key === first))
    if (isCertain(groups((fact) => fact?.isMarked === true))) return { ...common, by: "mark", last: "" };
  const inOrder = groups((fact) => fact?.key === first);
  const last = inOrder[0]?.at(-1)?.key ?? "";
  if (isCertain(inOrder) && inOrder.every((group) => group.at(-1)?.key === last))
    return { ...common, by: "order", last };
  // What stands above serials is their heading.
  if (!serialKeys.has(first) && (!isAll || serialKeys.has(sequence.at(-1)?.key ?? ""))) return null;
  throw unclear();
}

const cell = (text: string) => `"${text}"`;

/** Rows for the lines of blocks, each where its last line is, so that lines keep their numbers. */
function createRows({ by, serialKeys, keys, first, last }: Blocks) {
  let columns: { key: string; name: string }[] = [];
  let held: { text: string; fact: Fact | null }[] = [];
  let out: string[] = [];
  const close = () => {
    const facts = held.flatMap(({ fact }) => fact ?? []);
    const own = facts.filter(({ key }) => keys.has(key));
    if (own.length === 0) {
      out.push(...held.map(({ text }) => text));
      held = [];
      return;
    }
    const values = new Map(facts.map(({ key, value }) => [key, value]));
    const serials = own.filter(({ key }) => serialKeys.has(key));
    if (values.size < facts.length || serials.length === 0) throw unclear();
    if (by === "order" && own.at(-1)?.key !== last) throw unclear();
    const others = held.filter(({ text, fact }) => fact === null && text.trim() !== "" && !isMark(text));
    if (others.length > 0)
      values.set("", others.map(({ text }) => text.replaceAll('"', "").trim()).join(" / "));
    const names = new Map(facts.map(({ key, name }) => [key, name]));
    const added = [...values.keys()].filter((key) => !columns.some((one) => one.key === key));
    const rows = held.map(() => "");
    if (added.length > 0) {
      columns = [...columns, ...added.map((key) => ({ key, name: names.get(key) ?? "" }))];
      if (columns.length > mostKeys || rows.length < 2) throw unclear();
      rows[0] = columns.map(({ name }) => cell(name)).join(",");
    }
    rows[rows.length - 1] = columns.map(({ key }) => cell(values.get(key) ?? "")).join(",");
    out.push(...rows);
    held = [];
  };
  return {
    take: (text: string) => {
      const fact = factIn(text);
      if (by === "blank" ? text.trim() === "" : by === "mark" ? fact?.isMarked : fact?.key === first) close();
      // In order, other lines than of these keys stand by themselves.
      const isHeld = by === "order" ? fact !== null && keys.has(fact.key) : text.trim() !== "";
      if (isHeld || (held.length > 0 && text.trim() === "")) held.push({ text, fact });
      else {
        if (by === "order" && held.some(({ fact: one }) => one?.key === last)) close();
        if (held.length > 0) throw unclear();
        out.push(text);
      }
    },
    close,
    /** Those that are done. */
    done: () => {
      const lines = out;
      out = [];
      return lines;
    },
  };
}

/** Lines of facts about one serial after the other as rows of a table; all other files as they are. */
export async function* withBlocksAsRows(
  batches: AsyncIterable<string[]>,
  known: Pick<OurSensors, "has">,
  sampled: number,
): AsyncGenerator<string[]> {
  let rows: ReturnType<typeof createRows> | null = null;
  let isFirst = true;
  for await (const lines of batches) {
    if (isFirst) {
      const blocks = blocksOf(lines.slice(0, sampled), known, lines.length < sampled);
      if (blocks) rows = createRows(blocks);
      isFirst = false;
    }
    if (rows === null) {
      yield lines;
      continue;
    }
    for (const line of lines) rows.take(line);
    yield rows.done();
  }
  if (rows === null) return;
  rows.close();
  yield rows.done();
}
