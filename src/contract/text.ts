/**
 * What no text for people holds: control characters, line separators, halves of a character (lone
 * surrogates), code points that are none, and what turns the direction of the text beside it.
 */
const unusable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]/u;

/** Scripts in which joiners (U+200C, U+200D) between two letters change how these are written. */
const joinedScripts = [
  ...["Arabic", "Syriac", "Mongolian", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"],
  ...["Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar"],
];
const joined = `[${joinedScripts.map((script) => `\\p{Script_Extensions=${script}}`).join("")}]`;
const virama = "[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]";
const emoji = "[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F]";
/**
 * Where a joiner or a variation selector shows: in the scripts that need
 * it, after a Han character and in emoji.
 */
const shows = [
  `(?<=${joined})[\\u200C\\u200D](?=${joined})`,
  `(?<=${virama})\\u200D`,
  `(?<=${emoji})\\u200D(?=\\p{Extended_Pictographic})`,
  "(?<=\\p{Extended_Pictographic})[\\uFE0E\\uFE0F]",
  "(?<=[0-9#*])\\uFE0F(?=\\u20E3)",
  "(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]",
  "(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]",
  // Signs of Arabic and its neighbours that stand over what follows.
  "[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2]",
];
const invisible = `(?!${shows.join("|")})[\\p{Cf}\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\u2800]`;

/**
 * Accents for any letter; those of a script of its own, as Thai or Burmese, are
 * stacked higher in names that people have.
 */
const accent =
  "[\\u0300-\\u036F\\u064B-\\u0655\\u0670\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20F0\\uFE20-\\uFE2F]";
const stacked = `(?<=${accent}{3})${accent}|(?<=\\p{M}{8})\\p{M}|(?<=^|\\s)\\p{M}`;

/**
 * What no name holds beside that: characters that show nothing where they stand, of which two names
 * that look the same could differ; more than three accents on one letter, or eight marks of whatever
 * script; and a mark without a letter.
 */
const unreadable = new RegExp(`${invisible}|${stacked}`, "u");
const everyUnusable = new RegExp(`${unusable.source}|${unreadable.source}`, "gu");

export const isUsableText = (text: string): boolean => !unusable.test(text);
export const isReadableText = (text: string): boolean => !unreadable.test(text);

/** Where what no text for people holds begins first in one of several lines. */
export function unusableAt(text: string): number | null {
  const at = text.replace(/[\n\r\t]/g, " ").search(new RegExp(everyUnusable.source, "u"));
  return at < 0 ? null : at;
}

/** The same without what no text for people holds, for one that somebody else wrote. */
export const usableText = (text: string): string => text.replace(everyUnusable, "");

/**
 * Whether every database keeps it as it is: PostgreSQL takes no U+0000, and halves of
 * a character come back as another one.
 */
export const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text);

/** The first so many code units, and no half of a character at the end. */
export const beginningOf = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
