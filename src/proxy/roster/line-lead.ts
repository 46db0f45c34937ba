/** 09:15, 9.15 Uhr, 9 am, 上午9点15分; or from when to when. */
const clock = [
  String.raw`(?:上午|下午|晚上)? ?(?:[01]?\d|2[0-4])[:：.h][0-5]\d(?: ?(?:uhr|h|[ap]\.?m\.?))?`,
  String.raw`(?:[01]?\d|2[0-4]) ?(?:uhr|h|[ap]\.?m\.?)`,
  String.raw`(?:上午|下午|晚上)? ?(?:[01]?\d|2[0-4]) ?[点时](?: ?[0-5]?\d ?分?|半)?`,
].join("|");
const time = `(?:${clock})(?: ?[-–—~至] ?(?:${clock}))?`;
const day = String.raw`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\. ?\d{1,2}\.(?: ?\d{4})?`;
const separators = String.raw`[\s,;，；、|]`;
/** 1. or 1) or a bullet; a number alone where a name follows, or the next column. */
const numbering = String.raw`(?:#|no\.? ?|nr\.? ?)?\d{1,3}[.)）、](?!\d)|\d{1,3}(?=\s+\p{L}|\t)|[-–—*•·](?=\s)`;

const lead = new RegExp(
  `^(?:(?:(?:${day}|${time})(?=${separators}|$)|${numbering})${separators}*)+(?=.)`,
  "iu",
);
const isTime = new RegExp(`^(?:${day}|${time})$`, "iu");

/** What stands at the beginning of a line of a list and is nobody: its number, a day and times of day. */
export const leadOf = (line: string): string => lead.exec(line)?.[0] ?? "";

/** Whether a text is a day or a time of day, or from when to when. */
export const isDayOrTime = (text: string): boolean => isTime.test(text);
