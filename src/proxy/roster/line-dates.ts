import { calendarDatesIn } from "#contract/calendar-date.ts";
import { dayMs } from "#glucose/time.ts";
import { visitWords } from "./visit-words.ts";

const foreign: Record<string, string> = {
  januar: "january",
  jänner: "january",
  februar: "february",
  märz: "march",
  mai: "may",
  juni: "june",
  juli: "july",
  okt: "oct",
  oktober: "october",
  dez: "dec",
  dezember: "december",
  janvier: "january",
  février: "february",
  mars: "march",
  avril: "april",
  juin: "june",
  juillet: "july",
  août: "august",
  septembre: "september",
  octobre: "october",
  novembre: "november",
  décembre: "december",
};
const foreignMonth = new RegExp(`(?<!\\p{L})(?:${Object.keys(foreign).join("|")})(?!\\p{L})`, "giu");
const inEnglish = (date: string): string =>
  date.replace(foreignMonth, (word) => foreign[word.toLowerCase()] ?? word);
const month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|${Object.keys(foreign).join("|")})`;
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
  /** As the line writes them. */
  texts: readonly string[];
  /** On which somebody on the line may have been born. */
  births: readonly string[];
  /** Whether one of them is written so that either of two days may be meant. */
  isEither: boolean;
}

/** Days on a line on which somebody may have been born; an appointment is of this year. */
export function birthDatesIn(line: string, today: string): LineDates {
  const aYearAgo = new Date(Date.parse(today) - 365 * dayMs).toISOString().slice(0, 10);
  const found = datesIn(line, today)
    .map(({ text, days }) => ({ text, days: days.filter((date) => date < aYearAgo) }))
    .filter(({ days }) => days.length > 0);
  return {
    texts: found.map(({ text }) => text),
    births: found.flatMap(({ days }) => days),
    isEither: found.some(({ days }) => days.length > 1),
  };
}

/** Dates with a year, as they are written, and the days each of them may be. */
const datesIn = (line: string, today: string) =>
  [...line.normalize("NFKC").matchAll(dateLike)].map(([text]) => ({
    text,
    days: calendarDatesIn(withCentury(inEnglish(text), Number(today.slice(0, 4)))),
  }));

const months = [
  "jan(?:uary|uar|vier)?|jän(?:ner)?",
  "feb(?:ruary|ruar)?|février",
  "mar(?:ch|s)?|märz?|mrz",
  "apr(?:il)?|avril",
  "may|mai",
  "june?|juni|juin",
  "july?|juli|juillet",
  "aug(?:ust)?|août",
  "sept?(?:ember|embre)?",
  "o[ck]t(?:ober|obre)?",
  "nov(?:ember|embre)?",
  "de[cz](?:ember)?|décembre",
];
/** A whole word: Marcus, Mary and Sepp are none. Jan and May in front of another name are rather its first. */
const monthName = `(?:${months.join("|")})(?!\\p{L})`;
const firstName = /^\d{1,2} (?:Jan|April|May|Mai|June|Juni|Juli|August)$/u;
/** In front of a date, which says more. */
const shortWeekday = /(?<!\p{L})(?:mo|di|mi|do|fr|sa|so)[.,]{0,2} ?(?=\d{1,2}\. ?(?:\d{1,2}\.|\p{L}{3}))/giu;
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const germanWeekdays = ["sonntag", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag"];
const frenchWeekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];
const shortDate = new RegExp(
  [
    String.raw`(?<![\d\p{L}.:/])(?<day>\d{1,2})(?:st|nd|rd|th|\.)? ?(?:of )?(?<month>${monthName})`,
    String.raw`(?<!\p{L})(?<month>${monthName})\.? (?<day>\d{1,2})(?:st|nd|rd|th)?(?![\d\p{L}:：.])`,
    String.raw`(?<![\d.:/])(?<day>\d{1,2})\. ?(?<month>\d{1,2})\.(?!\d)`,
    String.raw`(?<![\d.:/])(?<day>\d{1,2})/(?<month>\d{1,2})(?![\d/])`,
    String.raw`(?<!\d)(?<month>\d{1,2}) ?月 ?(?<day>\d{1,2}) ?[日号]?`,
  ].join("|"),
  "giu",
);
const otherDay =
  /(?<!\p{L})(?:tomorrow|yesterday|next (?:week|month)|(?:über)?morgen|gestern|nächste[nrs]? (?:woche|monat))(?!\p{L})|明[天日早]|后天|昨[天日]|前天|下个?(?:周|星期|礼拜|月)[一二三四五六日天]?/giu;
const weekdayName = new RegExp(
  String.raw`(?<!\p{L})(?:(?<next>next|nächsten) )?(?:(?<short>${weekdays.join("|")})(?:s|nes|rs|ur)?(?:day)?|(?<german>${germanWeekdays.join("|")})|(?<french>${frenchWeekdays.join("|")}))s?(?!\p{L})|(?:周|星期|礼拜)(?<chinese>[日一二三四五六天])(?!\p{Script=Han})`,
  "giu",
);

function isShortDate(
  { day = "", month = "" }: Record<string, string | undefined>,
  text: string,
  today: string,
) {
  const named = months.findIndex((one) => new RegExp(`^(?:${one})`, "iu").test(month)) + 1;
  const [d, m] = [Number(day), named || Number(month)];
  const isDay = d > 0 && d < 32 && m > 0 && m < 13;
  const isMonthFirst = text.includes("/") && m > 12 && d < 13 && m < 32;
  if (!isDay && !isMonthFirst) return null;
  const [ownDay, ownMonth] = isMonthFirst ? [m, d] : [d, m];
  const isEither = text.includes("/") && d < 13 && m < 13 && d !== m;
  return !isEither && today.endsWith([ownMonth, ownDay].map((one) => String(one).padStart(2, "0")).join("-"));
}

const isNameBehind = (text: string): boolean => {
  const [, word = ""] = /^ (\p{Lu}[\p{Ll}'’-]+)/u.exec(text) ?? [];
  return word !== "" && !visitWords.has(word.toLowerCase());
};

/** A line without its days, and those of them that are neither today nor a day of birth; marks stand in their places. */
export function withoutDays(line: string, today: string): { rest: string; others: string[] } {
  const { texts } = birthDatesIn(line, today);
  const others: string[] = [];
  const cut = (text: string, isToday: boolean) => {
    if (!isToday) others.push(text);
    return "\n";
  };
  const groupsOf = (all: readonly unknown[]) => all.at(-1) as Record<string, string | undefined>;
  const rest = line
    .replace(shortWeekday, "")
    .replace(dateLike, (text) => {
      const days = datesIn(text, today).flatMap((one) => one.days);
      // Of two days that it may be the other one is over.
      const isToday = days.includes(today) && days.every((day) => day <= today);
      return cut(text, texts.includes(text) || isToday);
    })
    .replace(shortDate, (text, ...all) => {
      const [at, whole] = all.slice(-3, -1) as [number, string];
      const isName = firstName.test(text) && isNameBehind(whole.slice(at + text.length));
      const isToday = isName ? null : isShortDate(groupsOf(all), text, today);
      return isToday === null ? text : cut(text, isToday);
    })
    .replace(otherDay, (text) => cut(text, false))
    .replace(weekdayName, (text, ...all) => {
      const { next, short, german: long, french, chinese } = groupsOf(all);
      const day = chinese
        ? "日一二三四五六".indexOf(chinese === "天" ? "日" : chinese)
        : Math.max(
            weekdays.indexOf((short ?? "").toLowerCase()),
            germanWeekdays.indexOf((long ?? "").toLowerCase()),
            frenchWeekdays.indexOf((french ?? "").toLowerCase()),
          );
      return cut(text, !next && day === new Date(today).getUTCDay());
    });
  return { rest, others };
}

/** With marks in the place of days, which are no part of a name or an ID. */
export const withoutDates = (line: string): string => line.replace(dateLike, ";");
