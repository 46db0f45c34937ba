import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { newCase } from "#contract/cases.ts";
import { glucoseIn } from "#contract/glucose-in-text.ts";

/** What callers and staff write, one on a line: with a glucose value, and without. */
const linesOf = (name: string) =>
  readFileSync(new URL(`glucose-phrases/${name}.txt`, import.meta.url), "utf8")
    .trim()
    .split("\n");

test("of eight hundred ways to tell a glucose value these few are not found", () => {
  const all = linesOf("refused");
  expect(all.length).toBeGreaterThan(780);
  expect(all.filter((text) => glucoseIn(text) === null)).toEqual([
    "три целых две",
    "सेंसर ने 45 दिखाया",
    "45/98 sensor/meter",
    "SD 60",
    "200s after each meal",
    "stays 4",
    "ketones 0.6 and 14",
    "insulin at 14 by the sensor",
    "correction for 14",
    "一直4点多",
    "夜里2点多的数值",
    "三点多mmol",
    "my daughter's number was 41 on the school nurse's kit",
    "steady 5s",
    "up at 13",
    "at 13 again",
    '"13" on the watch',
    "arrow straight up at 13",
    "réveillée à 2",
    "起床時45",
    "chỉ số 45",
    "angka 45",
  ]);
});

test("of nine hundred harmless sentences these few are refused", () => {
  const all = linesOf("accepted");
  expect(all.length).toBeGreaterThan(900);
  expect(all.filter((text) => glucoseIn(text) !== null)).toEqual([
    "around 3ish she called",
    "son is 12",
    "1 in 10",
    "Needs sensors for a 3-week trip: 2 plus 1 spare.",
    "glucose tabs, 3",
    "page not found 404",
    "The lot has 3,200 sensors, of which 45 are with us.",
    "Code on the screen: 24",
  ]);
});

test.each([
  ["she pricked 110 and felt well", "110"],
  ["昨晚58，头晕", "58"],
  ["The sensor fell off on day 3. Alarm below 4 at night.", "4"],
  ["5️⃣.6️⃣", "5.6"],
  ["lag bei zwölf", "zwölf"],
])("of %j the figure itself is named", (text, figure) => {
  expect(glucoseIn(text)).toBe(figure);
});

test.each([
  ["glucose 3.2", "detail"],
  ["血糖3.2", "detail"],
  ["3.2", "detail"],
  ["58 mg/dL", "detail"],
  ["Blutzucker 58", "detail"],
  ["glucose 58", "person"],
  ["Ann Lee 3.2", "person"],
  ["5,6", "person"],
  ["3.2 mmol/L", "title"],
  ["sugar 58", "title"],
  ["Ward 3, 5.6", "title"],
] as const)("%j is refused as a %s", (text, kind) => {
  expect(glucoseIn(text, kind)).not.toBeNull();
});

test.each([
  ["58", "detail"],
  ["+49 30 123 456 78", "detail"],
  ["58", "detail"],
  ["12 Sugar Hill, Flat 3.2", "detail"],
  ["Zuckerstraße 58", "detail"],
  ["120 Meter Street", "detail"],
  ["Continuous glucose sensor", "detail"],
  ["CGM G7 15.5 day", "detail"],
  ["V-4512.2", "detail"],
  ["Ann Lee, room 58", "person"],
  ["Returned 58", "title"],
  ["list 24.csv", "title"],
] as const)("%j is accepted as a %s", (text, kind) => {
  expect(glucoseIn(text, kind)).toBeNull();
});

const fields = [
  "device",
  "callerName",
  "callerAddress",
  "callerPhone",
  "vendorNumber",
  "action",
  "reply",
] as const;
test.each(fields)("a case with a glucose value as its %s is refused", (field) => {
  const reasonsOf = (text: string) =>
    newCase
      .safeParse({
        serial: "P225043056",
        receivedAtMs: Date.UTC(2026, 10, 20),
        nature: "It fell off.",
        [field]: text,
      })
      .error?.issues.map(({ message }) => message) ?? [];
  for (const text of ["glucose 3.2", "血糖3.2", "3.2", "58 mg/dL"])
    expect(reasonsOf(text)).toContain("glucose");
  const isSentence = field === "action" || field === "reply";
  for (const text of ["58", "HI 58", "LO 58"]) expect(reasonsOf(text)).toEqual(isSentence ? ["glucose"] : []);
});

const hostile =
  "a|1|1 |a1 |three |three-|and |1, |58 patches, |room 1, |1 and |到1|是|的| |(|sensor |glucose |glucose a |dropped to |to |under |30 and |1.|1. |3 . |zwei |ab-|->|→|58→|three hundred and |low |in the |between 1 and |0-|+1 |lots 20, |58 of |百|mg |1mg |LO |is about |血糖|A b |#|not of |rue a |battery low low |1%|x 58 y ".split(
    "|",
  );
const length = 2880;
/** Longer patterns are those that can look back and forth. */
const longestSimplePattern = 120;

/** The characters that patterns were asked to read; each reads a part of a text of bounded length at most. */
function workFor(text: string): { characters: number; longest: number } {
  let characters = 0;
  let longest = 0;
  const { exec } = RegExp.prototype;
  const spy = vi.spyOn(RegExp.prototype, "exec").mockImplementation(function (this: RegExp, given: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, given);
    characters += (found ? found.index + found[0].length : given.length) - from;
    longest = Math.max(longest, this.source.length > longestSimplePattern ? given.length : 0);
    return found;
  });
  glucoseIn(text);
  spy.mockRestore();
  return { characters, longest };
}

test.each(hostile)(
  "of %j repeated twice the length takes twice the work, in parts of bounded length",
  (part) => {
    const once = workFor(part.repeat(length / part.length));
    const twice = workFor(part.repeat((2 * length) / part.length));
    expect(once.characters).toBeGreaterThan(0);
    expect(twice.characters).toBeLessThan(once.characters * 2.3);
    expect(Math.max(once.longest, twice.longest)).toBeLessThanOrEqual(1000);
  },
);
