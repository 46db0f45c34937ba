import * as z from "zod/mini";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const oldestYears = 130;
const farthestEastMs = 14 * 3_600_000;

type Written = { year: string; month: string; day: string } | "ambiguous" | null;

/** "March", "Mar." or "Sept"; 0 for what is no month's name in English. */
const monthOf = (name: string): number =>
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/i.test(
    name,
  )
    ? months.indexOf(name.slice(0, 3).toLowerCase()) + 1
    : 0;

/** Day, month and year as they were written; which of two is the day, the numbers must tell. */
function written(text: string): Written {
  // A database's midnight is no time of day.
  const plain = text
    .normalize("NFKC")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .trim()
    .replace(/[T ]0{1,2}:00(:00(\.0+)?)?Z?$/, "");
  const yearFirst =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain) ??
    /^(\d{4})( ?)年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]$/.exec(plain) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(plain);
  if (yearFirst) return { year: yearFirst[1] ?? "", month: yearFirst[3] ?? "", day: yearFirst[4] ?? "" };
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(plain);
  if (dotted) return { year: dotted[3] ?? "", month: dotted[2] ?? "", day: dotted[1] ?? "" };
  const [, first = "", , second = "", lastYear = ""] =
    /^(\d{1,2})([-/])(\d{1,2})\2(\d{4})$/.exec(plain) ?? [];
  if (lastYear) {
    if (Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second)) return "ambiguous";
    const [day, month] = Number(first) > 12 ? [first, second] : [second, first];
    return { year: lastYear, month, day };
  }
  const named =
    /^(?<day>\d{1,2})(?:st|nd|rd|th)?[-. ]+(?<month>\p{L}{3,9})\.?[-, ]+(?<year>\d{4})$/u.exec(plain) ??
    /^(?<month>\p{L}{3,9})\.?[- ]+(?<day>\d{1,2})(?:st|nd|rd|th)?[-, ]+(?<year>\d{4})$/u.exec(plain);
  const { day = "", month = "", year = "" } = named?.groups ?? {};
  return named ? { day, month: String(monthOf(month)), year } : null;
}

/**
 * The day that a text says, as "1980-04-03": year first, or day first with dots or the month's name. "03/04/1980"
 * is "ambiguous" where "13/04/1980" is not; null for what is no day of the calendar.
 */
export function readCalendarDate(text: string): string | null {
  const found = written(text);
  if (found === null || found === "ambiguous") return found;
  const { year, month, day } = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const timeMs = Date.parse(date);
  // Parsing takes 30 February for 2 March.
  return Number.isFinite(timeMs) && new Date(timeMs).toISOString().startsWith(date) ? date : null;
}

/** Whole years and months between two days. */
export function ageBetween(birth: string, day: string): { years: number; months: number } {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = birth.split("-").map(Number);
  const [year = 0, month = 0, dayOfMonth = 0] = day.split("-").map(Number);
  const months = (year - fromYear) * 12 + month - fromMonth - (dayOfMonth < fromDay ? 1 : 0);
  return { years: Math.floor(months / 12), months };
}

/** What is wrong with a date of birth, in a stable word; null where nothing is. */
function faultOf(date: string) {
  if (date === "ambiguous") return "ambiguous-date";
  if (readCalendarDate(date) !== date) return "date-of-birth";
  // Wherever it is tomorrow already, somebody may be born.
  if (Date.parse(date) > Date.now() + farthestEastMs) return "future-date";
  const today = new Date(Date.now()).toISOString().slice(0, 10);
  return ageBetween(date, today).years > oldestYears ? "too-long-ago" : null;
}

/** A day without a time or a zone, kept as "1980-04-03" however it was written. */
export const dateOfBirth = z.string("date-of-birth").check(
  z.overwrite((text) => readCalendarDate(text) ?? text),
  z.refine((date) => faultOf(date) === null, { error: ({ input }) => faultOf(String(input)) }),
);
