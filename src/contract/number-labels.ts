import { endOf, endsIn } from "./ends.ts";
import {
  between,
  chineseThings,
  inStreet,
  measures,
  months,
  streets,
  stuck,
  things,
  weekdays,
} from "./label-words.ts";
import { behindFurther, goingOn } from "./number-followers.ts";
import { isCounted } from "./other-numbers.ts";

const isNamed = endsIn(
  `(?:(?<![\\p{L}])(?:(?:${things})(?:\\s+[A-Z])?|(?:${measures})${stuck}|(?:${streets})${inStreet})|${chineseThings}|[#№€$£¥￥°+]|(?<!\\d\\s?)%)${between}`,
);
/** Of a day of a month: "on the 24th", "am 24.". */
const isDated = endsIn(
  `(?<!\\p{L})(?:${months}|${weekdays}|on\\s+the|since\\s+the|until\\s+the|till\\s+the|by\\s+the|from\\s+the|am|vom|zum|seit\\s+dem|den|dem|le|du|el|del|il|dia|d[íi]a|den)[\\s.,]*`,
);
const beforeMonth = new RegExp(
  `^(?:st|nd|rd|th)?\\.?\\s*(?:(?:of|de|den)\\s+)?(?:${months})(?!\\p{L})`,
  "iu",
);
/** Of an hour: "until 22", "ab 20", "from 9 to 5"; not "after 58". */
const isOfHour = endsIn(
  String.raw`(?<!\p{L})(?:from|between|until|till|til|by|after|before|since|past|call(?:ed|s)?|calling|r[ai]ng|phoned|back|reach(?:able|ed)?|open|opens|available|closes?|closed|home|arriv(?:es?|ed)|comes?|came|appointment|meeting|clock|alarm\s+set\s+for|set\s+for|booked|ab|bis|nach|vor|von|zwischen|um|gegen|apr[èe]s|avant|jusqu['’][àa]|entre|de|vers|[àa](?=\s+\d{1,2}\s*(?:$|[.,;!?]))|alle|dalle|dopo|prima\s+delle|las|hasta\s+las|desde\s+las|kl\.?|около|после|с|do|po|od|från|etter|efter|mellan)\s+(?:at\s+|about\s+|around\s+|on\s+|between\s+|from\s+|the\s+)?(?:\d{1,2}\s*(?:and|to|or|und|et|y|e|till?|bis|[àa]|[-–])\s*)?`,
);

/** Of a number with a decimal: "app 2.8", "updated from 5.0", "meeting at 9.5"; but "app 58" is no version. */
const isVersioned = endsIn(
  String.raw`(?<!\p{L})(?:apps?|application|aplicación|applicazione|aplicativo|anwendung|приложение|updated?|upgraded?|downgraded?|aktualisiert|mis\s+à\s+jour|actualizad[oa]|appointment|meeting|升级|更新|应用)(?:\s*(?:to|from|at|auf|von|à|de|a|到|至|从)(?!\p{L}))*\s*`,
);
/** Of a whole number only: "number 58", and "the number 11.0 at breakfast", "the number was 3.9"; not "version number 3.9". */
const isNumber = endsIn(
  String.raw`(?<!(?<!\p{L})(?:versions?|models?|parts?|builds?|releases?|apps?|firmware|software|articles?|items?|batch|lots?|sections?|forms?|chapters?|phones?|rooms?|serial|order)\s+)(?<!\p{L})numbers?(?:\s+(?:is|was|were|are|of|says?|said|reads?|showed|shown|still|only|about|around)){0,2}[\s:=]*`,
);
const lastHour = 24;
const lastDay = 31;
/** The further numbers before one: "lots 120, 121 and 122", "version 5.0 → 5.1". */
const further = endOf(
  String.raw`(?:\d[\d.,:/-]*(?:\s+|\s*(?:,|;|&|\+|→|->|[-–/~]|(?<!\p{L})(?:and|or|to|of|und|oder|bis|et|ou|y|o|e|à|a|и|or)(?!\p{L})|[、，和到至])\s*)){1,8}`,
);

const withoutFurther = (before: string) => before.slice(0, before.length - (further(before)?.length ?? 0));

/** "HTTP 500", "see KB 45", and not "CGM 45". */
const isAbbreviation = endsIn(
  String.raw`(?<![\p{L}\p{N}])(?!(?:CGM|FGM|SMBG|BG|BS|SG|FS|FSL|LO|HI|LOW|HIGH|MAX|MIN|AVG|SD|CV|NOW|WAS|AT|IS|TO|IT|OF|ON|AND|SHE|HE|GOT|SAYS|SAID|ONLY|THEN|BZ|GLU|TIR|TBR|TAR|POC|LAB|ALARM|UNDER|BELOW|ABOVE|OVER)\s)\p{Lu}{2,5}\s`,
  "u",
);
const isInstead = endsIn(
  String.raw`(?<!\p{L})(?:instead\s+of|rather\s+than|out\s+of|of|not|than|statt|anstatt|von|au\s+lieu\s+de|sur|en\s+vez\s+de|invece\s+di|in\s+plaats\s+van|вместо)\s+|(?:而不是|不是)\s*`,
);
const lastNumber = /(?<![\d.,])\d+(?:[.,]\d+)?(?=[^\d]*$)/;
/** What is counted was said before: "9 days instead of 14", "3,5 Tage statt 14", "2 GB of 64". */
function isEllipsis(before: string): boolean {
  if (!isInstead(before)) return false;
  const last = lastNumber.exec(before);
  return last !== null && isCounted(before.slice(last.index + last[0].length));
}

const wordBefore = endOf(String.raw`((?:\p{Script=Latin}|\p{Script=Cyrillic}|\p{M}|['’])+)[\s:="“(]*`, "u");
const beginsClause = endsIn(String.raw`(?:^|[.,;:!?(（，。；：！？、\n–—])\s*`, "u");
const isAfterParticle = endsIn(String.raw`(?:[是为才只有到在了的约也又还就]|は|が|一直|夜里|半夜)\s*`, "u");
/** After these a number is the time, or what is numbered: "at 9", "sensor 2"; of a large one only some are. */
const naming = new Set(
  "at um à a las alle kl в o the for sensor reading meter finger cgm alarm level high low".split(" "),
);
const namingAlways = new Set("of two three four five six seven eight nine ten".split(" "));
/** Whether nothing is named before a number: it begins a clause, or a word is before it that names nothing. */
export function isUnnamed(before: string, isLarge: boolean): boolean {
  const first = withoutFurther(before);
  if (beginsClause(first)) return true;
  const word = wordBefore(first)
    ?.replace(/[\s:="“(]/g, "")
    .toLowerCase();
  if (word === undefined) return isLarge || isAfterParticle(first);
  if (namingAlways.has(word) || (!isLarge && naming.has(word))) return false;
  return naming.has(word) || goingOn.has(word) || (isLarge ? /(?:ed|ing|ly)$/ : /(?:ing|ly)$/).test(word);
}

/** Whether what stands before a number, or is its month, says that it is something else. */
export function isLabelled(before: string, number: string, after: string): boolean {
  const value = Number(number.replace(",", "."));
  const list = further(before) ?? "";
  // "Version 5.0 → 5.1", but "ward 3, 5.6".
  const first = /[.,]/.test(number) && !/\d[.,]\d/.test(list) ? before : withoutFurther(before);
  const isWhole = Number.isInteger(value) && !/[.,]/.test(number);
  if (!isWhole && isVersioned(first)) return true;
  if (!isWhole && isNumber(first)) return false;
  if (isWhole && (isAbbreviation(first) || isEllipsis(before))) return true;
  if (isNamed(first) || (first !== before && isNamed(before))) return true;
  if (!isWhole) return false;
  return (
    value <= lastDay && (isDated(first) || beforeMonth.test(after) || beforeMonth.test(behindFurther(after)))
  );
}

/** Whether a number is an hour of the day: "from 9 to 5", "until 22". */
export const isTimed = (before: string, number: string): boolean =>
  /^\d+$/.test(number) && Number(number) <= lastHour && isOfHour(before);
