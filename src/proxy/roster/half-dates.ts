import { monthOf } from "#contract/calendar-date.ts";

/** Of a date the year, "1980", with the month, "1980-04", or the month and day, "--04-03", and what else it begins with. */
export interface HalfDate {
  readonly key: string;
  readonly begins: string;
}

const two = (number: number): string => String(number).padStart(2, "0");
const isMonth = (month: number) => month >= 1 && month <= 12;
const isDay = (day: number) => day >= 1 && day <= 31;

/** The months that a text says or, while it is being typed, begins: "1" is January, October, November and December. */
const monthsFrom = (text: string): number[] =>
  ({ "0": [1, 2, 3, 4, 5, 6, 7, 8, 9], "1": [1, 10, 11, 12] })[text] ?? [Number(text)].filter(isMonth);

const ofMonth = (year: string, month: number, day = ""): HalfDate => ({
  key: `${year}-${two(month)}`,
  begins: `${year}-${two(month)}${day && `-${day}`}`,
});
const ofDay = (month: number, day: number, year = ""): HalfDate => ({
  key: `--${two(month)}-${two(day)}`,
  begins: year,
});

/** Day and month as numbers; where either may be the day, both are. */
const inEitherOrder = (first: number, second: number, year?: string): HalfDate[] =>
  [[first, second] as const, ...(first === second ? [] : [[second, first] as const])]
    .filter(([month, day]) => isMonth(month) && isDay(day))
    .map(([month, day]) => ofDay(month, day, year));

/** A form of half a date, and what it says. */
type Form = readonly [form: RegExp, read: (...parts: string[]) => HalfDate[]];

const forms: readonly Form[] = [
  // 1980
  [/^((?:19|20)\d{2})$/, (year = "") => [{ key: year, begins: year }]],
  // 1980-04, 1980-04-0
  [/^(\d{4})[-/.](\d{1,2})$/, (year = "", month = "") => monthsFrom(month).map((one) => ofMonth(year, one))],
  [
    /^(\d{4})([-/.])(\d{1,2})\2([0-3]?)$/,
    (year = "", _, month = "", day) => (isMonth(Number(month)) ? [ofMonth(year, Number(month), day)] : []),
  ],
  // 1980年4, 1980年4月
  [/^(\d{4}) ?年 ?(\d{1,2})$/, (year = "", month = "") => monthsFrom(month).map((one) => ofMonth(year, one))],
  [
    /^(\d{4}) ?年 ?(\d{1,2}) ?月$/,
    (year = "", month) => (isMonth(Number(month)) ? [ofMonth(year, Number(month))] : []),
  ],
  // 04/1980
  [
    /^(\d{1,2})[-/.] ?(\d{4})$/,
    (month, year = "") => (isMonth(Number(month)) ? [ofMonth(year, Number(month))] : []),
  ],
  // 03.04., 3.4.19
  [
    /^(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{0,3}))?$/,
    (day, month = "", year) =>
      isDay(Number(day)) ? monthsFrom(month).map((one) => ofDay(one, Number(day), year)) : [],
  ],
  // 14/04, 04/14/19
  [
    /^(\d{1,2})([-/])(\d{1,2})(?:\2(\d{0,3}))?$/,
    (first, _, second, year) => inEitherOrder(Number(first), Number(second), year),
  ],
  // 4月3日
  [
    /^(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]?$/,
    (month, day) => (isMonth(Number(month)) && isDay(Number(day)) ? [ofDay(Number(month), Number(day))] : []),
  ],
  // Apr 1980
  [
    /^(\p{L}{3,9})[.,]?[- ]*(\d{4})$/u,
    (name = "", year = "") => (monthOf(name) > 0 ? [ofMonth(year, monthOf(name))] : []),
  ],
  // 3 Apr
  [
    /^(\d{1,2})(?:st|nd|rd|th|\.)?[- ]*(\p{L}{3,9})\.?$/iu,
    (day, name = "") => (monthOf(name) > 0 && isDay(Number(day)) ? [ofDay(monthOf(name), Number(day))] : []),
  ],
  // April 3
  [
    /^(\p{L}{3,9})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?$/iu,
    (name = "", day) => (monthOf(name) > 0 && isDay(Number(day)) ? [ofDay(monthOf(name), Number(day))] : []),
  ],
];

/** What half a date may be the half of: "1980", "1980-04", "04/1980", "03.04."; nothing for any other text. */
export function halfDatesIn(text: string): HalfDate[] {
  const plain = text
    .normalize("NFKC")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .trim();
  for (const [form, read] of forms) {
    const found = form.exec(plain);
    const halves = found ? read(...found.slice(1).map((part) => part ?? "")) : [];
    if (halves.length > 0) return halves;
  }
  return [];
}

/** The keys of a whole date's two halves, and of its year. */
export const halvesOf = (date: string): string[] => [date.slice(0, 7), `-${date.slice(4)}`, date.slice(0, 4)];
