import { type ClockTime, chineseTime, clockIn, latinTime, seemsToSayWhen } from "./clock-times.ts";

/** 0840: a time only in front of something else. */
const compact = String.raw`(?:[01]\d|2[0-3])[0-5]\d`;
const span = (one: string) => `${one}(?: ?[-–—~至] ?${one})?`;
const time = `(?:${chineseTime}|${latinTime})`;
const day = String.raw`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\. ?\d{1,2}\.(?: ?\d{4})?`;
const separators = String.raw`[\s,;，；、|]`;
/** 1. or 1) or a bullet; a number alone where a name follows, or the next column. */
const numbering = String.raw`(?:#|no\.? ?|nr\.? ?)?\d{1,3}[.)）、](?!\d)|\d{1,3}(?=\s+\p{L}|\t)|[-–—*•·](?=\s)`;

/** As many as a line of a list has; without a bound a hostile one would be tried in every way. */
const lead = new RegExp(
  String.raw`^(?:(?:(?:${day}|${latinTime}|${span(compact)})(?=${separators}|$)|${chineseTime}(?![\da-z点时])|${numbering})${separators}*){1,6}(?=.)`,
  "iu",
);
const trail = new RegExp(
  String.raw`(?:${separators}+(?:${day}|${time})|(?<=\p{Script=Han})${chineseTime}){1,3}$`,
  "iu",
);
const brackets = /\s*[(（[【][^()（）[\]【】]*[)）\]】]/gu;
const title = /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|frau|herr|fr|hr)(?:\.\s*|\s+))+(?=.)/iu;
const titleBehind = /(?<=.)\s*(?:先生|女士|小姐|太太|老师|医生|教授|阿姨|叔叔)$/u;
const isTime = new RegExp(`^(?:${day}|${time})$`, "iu");

/** What stands at the beginning of a line of a list and is nobody: its number, a day and times of day. */
export const leadOf = (line: string): string => lead.exec(line)?.[0] ?? "";

const digit = String.raw`[\d\p{L}]`;
const dayInside = /\d{1,4}[-./] ?\d{1,2}[-./] ?\d{1,4}|\d{1,2}\. ?\d{1,2}\./gu;
const compactInside = new RegExp(`(?<!${digit})${compact}(?!${digit})`);

/** What a line says of when. */
export interface LineTime {
  /** "09:15"; null where there is none, or none that can be read. */
  time: string | null;
  /** What stands there for a time that could not be read, or whose half of the day is taken from the hour. */
  doubt: string | null;
}

const sure = ({ time, isAssumed }: ClockTime, text: string): LineTime => ({
  time,
  doubt: isAssumed ? text : null,
});

/** The first time of day on a line that is read without the names on it: "0915" too if that is its lead. */
export function timeOn(line: string, lead = leadOf(line)): LineTime {
  const text = line.normalize("NFKC").replace(dayInside, " ");
  const found = clockIn(text);
  if (found?.clock) return sure(found.clock, found.text);
  const compactTime = compactInside.exec(lead.replace(dayInside, " "))?.[0];
  if (compactTime !== undefined) return { time: compactTime.replace(/^../, "$&:"), doubt: null };
  return { time: null, doubt: found?.text ?? (seemsToSayWhen(text) ? line.trim() : null) };
}

/** Without the times behind it, remarks in brackets and titles: "Mrs Anna Berg (new) 10:30" is Anna Berg. */
export const bareName = (text: string): string =>
  text.replace(brackets, "").replace(trail, "").trim().replace(title, "").replace(titleBehind, "").trim();

/** Without titles only: "Dr. Anna Berg" is Anna Berg. */
export const untitled = (name: string): string =>
  name.trim().replace(title, "").replace(titleBehind, "").trim();

/** Whether a text is a day or a time of day, or from when to when. */
export const isDayOrTime = (text: string): boolean => isTime.test(text);
