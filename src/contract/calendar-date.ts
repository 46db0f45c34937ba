const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

type Written = { year: string; month: string; day: string } | "ambiguous" | null;

/** "March", "Mar." or "Sept"; 0 for what is no month's name in English. */
export const monthOf = (name: string): number =>
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

/** The days that a text may be: two where either of its numbers may be the month. */
export function calendarDatesIn(text: string): string[] {
  const date = readCalendarDate(text);
  if (date !== "ambiguous") return date === null ? [] : [date];
  const [first, second, year] = text.normalize("NFKC").match(/\d+/g) ?? [];
  return [`${first}.${second}.${year}`, `${second}.${first}.${year}`].flatMap(
    (one) => readCalendarDate(one) ?? [],
  );
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
