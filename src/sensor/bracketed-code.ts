import { isPlainSerial } from "#contract/serial.ts";
import { separator } from "./gs1.ts";
import { longestField, readElements, type SerialsRead, together } from "./scanned-code.ts";

const bracket = /[([]\s*(\d{2,4})\s*[)\]]/g;

/** The value of a field in brackets; behind the last one a text may go on. */
function bracketedValue(field: string, text: string): { value: string; rest: string } {
  const words = text.trim().split(/\s+/);
  const [first = ""] = words;
  const all = words.join("");
  const isWhole = !isPlainSerial(first.toUpperCase()) && all.length <= longestField;
  if (field === "10" || field === "21" ? isWhole : /^[\d-]+$/.test(all)) return { value: all, rest: "" };
  return { value: first.replace(/[;,]+$/, ""), rest: words.slice(1).join(" ") };
}

/** Identifiers with a space behind them, in brackets. */
const withBrackets = (text: string): string =>
  /^\s*0[12] \d{14}(?!\d)/.test(text) ? text.replace(/(?<!\S)(0[12]|10|11|17|21) (?=\S)/g, "($1)") : text;

/** The fields in brackets, as they stand in words on the box, and what stands beside them. */
export function readBracketed(plain: string): { read: SerialsRead; rest: string } | null {
  const text = withBrackets(plain);
  const marks = [...text.matchAll(bracket)];
  if (marks.length < 2 && !marks.some(([, field = ""]) => ["01", "02", "21"].includes(field))) return null;
  const rests = [text.slice(0, marks[0]?.index)];
  const codes: Map<string, string>[] = [new Map()];
  for (const [place, mark] of marks.entries()) {
    const [whole, field = ""] = mark;
    const end = marks[place + 1]?.index ?? text.length;
    const { value, rest } = bracketedValue(field, text.slice(mark.index + whole.length, end));
    rests.push(rest);
    const key = field.slice(0, 2);
    if (codes.at(-1)?.has(key)) codes.push(new Map());
    codes.at(-1)?.set(key, field.slice(2) + value.replaceAll(separator, ""));
  }
  return { read: together(codes.map((elements) => readElements(elements, true))), rest: rests.join("\n") };
}
