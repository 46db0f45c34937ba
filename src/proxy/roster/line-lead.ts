/** 09:15, 9.15 Uhr, 9 am, 上午9点15分; or from when to when. */
const clock = [
  String.raw`(?:上午|下午|晚上)? ?(?:[01]?\d|2[0-4])[:：.h][0-5]\d(?: ?(?:uhr|h|[ap]\.?m\.?))?`,
  String.raw`(?:[01]?\d|2[0-4]) ?(?:uhr|h|[ap]\.?m\.?)`,
  String.raw`(?:上午|下午|晚上)? ?(?:[01]?\d|2[0-4]) ?[点时](?: ?[0-5]?\d ?分?|半)?`,
].join("|");
/** 0840: a time only in front of something else. */
const compact = String.raw`(?:[01]\d|2[0-3])[0-5]\d`;
const span = (one: string) => `${one}(?: ?[-–—~至] ?${one})?`;
const time = span(`(?:${clock})`);
const day = String.raw`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\. ?\d{1,2}\.(?: ?\d{4})?`;
const separators = String.raw`[\s,;，；、|]`;
/** 1. or 1) or a bullet; a number alone where a name follows, or the next column. */
const numbering = String.raw`(?:#|no\.? ?|nr\.? ?)?\d{1,3}[.)）、](?!\d)|\d{1,3}(?=\s+\p{L}|\t)|[-–—*•·](?=\s)`;

const lead = new RegExp(
  `^(?:(?:(?:${day}|${time}|${span(compact)})(?=${separators}|$)|${numbering})${separators}*)+(?=.)`,
  "iu",
);
const trail = new RegExp(`(?:${separators}+(?:${day}|${time}))+$`, "iu");
const brackets = /\s*[(（[【][^()（）[\]【】]*[)）\]】]/gu;
const title = /^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|frau|herr|fr|hr)(?:\.\s*|\s+))+(?=.)/iu;
const titleBehind = /(?<=.)\s*(?:先生|女士|小姐|太太|老师|医生|教授|阿姨|叔叔)$/u;
const isTime = new RegExp(`^(?:${day}|${time})$`, "iu");

/** What stands at the beginning of a line of a list and is nobody: its number, a day and times of day. */
export const leadOf = (line: string): string => lead.exec(line)?.[0] ?? "";

const digit = String.raw`[\d\p{L}]`;
const timeInside = new RegExp(`(?<!${digit}|[.:：-])(?:${clock})(?!${digit})`, "iu");
const dayInside = /\d{1,4}[-./] ?\d{1,2}[-./] ?\d{1,4}|\d{1,2}\. ?\d{1,2}\./gu;

const compactInside = new RegExp(`(?<!${digit})${compact}(?!${digit})`);

/** The first time of day on a line, "09:15", where it says "0915" too if that is its lead; null where there is none. */
export function timeOn(line: string, lead = leadOf(line)): string | null {
  const text = timeInside.exec(line.replace(dayInside, " "))?.[0].toLowerCase();
  if (text === undefined)
    return compactInside.exec(lead.replace(dayInside, " "))?.[0].replace(/^../, "$&:") ?? null;
  const [hours = 0, minutes = text.includes("半") ? 30 : 0] = [...text.matchAll(/\d+/g)].map(([one]) =>
    Number(one),
  );
  const isAfternoon = /p\.?m|下午|晚上/.test(text) && hours < 12;
  const isAfterMidnight = /a\.?m|上午/.test(text) && hours === 12;
  const hour = isAfternoon ? hours + 12 : isAfterMidnight ? 0 : hours;
  return hour > 23 ? null : [hour, minutes].map((one) => String(one).padStart(2, "0")).join(":");
}

/** Without the times behind it, remarks in brackets and titles: "Mrs Anna Berg (new) 10:30" is Anna Berg. */
export const bareName = (text: string): string =>
  text.replace(brackets, "").replace(trail, "").trim().replace(title, "").replace(titleBehind, "").trim();

/** Whether a text is a day or a time of day, or from when to when. */
export const isDayOrTime = (text: string): boolean => isTime.test(text);
