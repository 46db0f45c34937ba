import { calendarDatesIn } from "#contract/calendar-date.ts";
import { dayMs } from "#glucose/time.ts";

const month =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const dateLike = new RegExp(
  [
    String.raw`\d{4}[-./]\d{1,2}[-./]\d{1,2}`,
    String.raw`\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?[日号]`,
    String.raw`\d{1,2}\. ?\d{1,2}\.(?: ?\d{4}|\d{2})`,
    String.raw`\d{1,2}([-/])\d{1,2}\1(?:\d{4}|\d{2})`,
    String.raw`\d{1,2}(?:st|nd|rd|th)?[-. ]+${month}\.?[-, ]+\d{4}`,
    String.raw`${month}\.?[- ]+\d{1,2}(?:st|nd|rd|th)?[-, ]+\d{4}`,
  ]
    .map((form) => String.raw`(?<![\d\p{L}])${form}(?![\d\p{L}:])`)
    .join("|"),
  "giu",
);

/** With four digits of the year: of two a year of this century, unless that is still to come. */
function withCentury(date: string, thisYear: number): string {
  const [, rest = "", end = ""] = /^(.*[-./] ?)(\d{2})$/.exec(date) ?? [];
  if (end === "" || /^\d{4}/.test(date)) return date;
  return `${rest}${2000 + Number(end) > thisYear ? 19 : 20}${end}`;
}

export interface LineDates {
  /** On which somebody on the line may have been born. */
  births: readonly string[];
  /** Whether one of them is written so that either of two days may be meant. */
  isEither: boolean;
}

/** Days on a line on which somebody may have been born; an appointment is of this year. */
export function birthDatesIn(line: string, nowMs: number): LineDates {
  const today = new Date(nowMs);
  const aYearAgo = new Date(nowMs - 365 * dayMs).toISOString().slice(0, 10);
  const found = [...line.normalize("NFKC").matchAll(dateLike)]
    .map(([text]) => calendarDatesIn(withCentury(text, today.getUTCFullYear())))
    .map((days) => days.filter((date) => date < aYearAgo));
  return { births: found.flat(), isEither: found.some((days) => days.length > 1) };
}

/** With marks in the place of days, which are no part of a name or an ID. */
export const withoutDates = (line: string): string => line.replace(dateLike, ";");
