import { elsewhereIn } from "./number-words-elsewhere.ts";

const units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const teens = [
  "ten",
  "eleven",
  "twelve",
  "thirteen",
  "fourteen",
  "fifteen",
  "sixteen",
  "seventeen",
  "eighteen",
  "nineteen",
];
const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const english = new Map<string, number>([
  ...units.map((word, index) => [word, index + 1] as const),
  ...teens.map((word, index) => [word, index + 10] as const),
  ...tens.map((word, index) => [word, (index + 2) * 10] as const),
  ...["zero", "oh", "o", "nought"].map((word) => [word, 0] as const),
]);

const unit = units.join("|");
const below100 = `(?:(?:${tens.join("|")})(?:[\\s-]+(?:${unit}))?|${teens.join("|")})`;
const hundreds = "one|two|three|four|five|six";
const digit = `(?:${unit}|zero|oh|o|nought|\\d)`;
/** What a small number can stand before that is not counted by it. */
const goesOn =
  "(?=\\s*(?:$|[.,;:!?)\\n–]|(?:and|or|but|then|at|on|in|by|to|this|all|when|while|before|after|now|yesterday|today|tonight|last|again|for|with|which|so|because|she|he|it|they|i|the|since|until|till|during|overnight|mmol|mg)\\b))";

const englishNumber = new RegExp(
  `(?<![\\p{L}\\p{N}])(?!fifty[\\s-]fifty)(?<!fifty[\\s-])(?:` +
    `(?<above>${units.slice(1).join("|")})-(?<below>${unit}|oh|zero)` +
    `|(?<half>${units.slice(1).join("|")}|\\d{1,2})\\s+and\\s+a\\s+half` +
    `|(?<whole>${below100}|${unit}|\\d{1,2})[\\s-]+point[\\s-]+(?<part>${digit})(?:[\\s-]+${digit})*` +
    `|(?<hundred>an?|${hundreds})[\\s-]+hundred(?:[\\s-]+(?:and[\\s-]+)?(?<rest>${below100}|${unit}))?` +
    `|(?<hour>${hundreds})[\\s-]+(?<minute>(?:oh|o)[\\s-]+(?:${unit})|${below100})` +
    `|(?<plain>${below100})` +
    `|(?<small>${units.slice(1).join("|")})${goesOn}` +
    `)(?![\\p{L}\\p{N}])`,
  "giu",
);

const sumOf = (words: string) =>
  words
    .toLowerCase()
    .split(/[\s-]+/)
    .reduce((sum, word) => sum + (english.get(word) ?? Number(word)), 0);

/** "at one thirty" is a time. */
const beforeTime = /(?:^|[^\p{L}])(?:at|by|until|till|since|before|after|around|past)\s*$/iu;
const minutesInHour = 60;

type Groups = Record<string, string | undefined>;

function englishDigits(groups: Groups, before: string): string {
  const { half, above, below, whole, part, hundred, rest, hour, minute, plain, small } = groups;
  if (half) return `${sumOf(half)}.5`;
  if (above && below) return `${sumOf(above)}.${sumOf(below)}`;
  if (whole && part) return `${sumOf(whole)}.${sumOf(part)}`;
  if (hundred) return String((/^an?$/i.test(hundred) ? 1 : sumOf(hundred)) * 100 + sumOf(rest ?? "zero"));
  if (!hour || !minute) return String(sumOf(plain ?? small ?? "zero"));
  const minutes = sumOf(minute);
  const isTime = minutes < minutesInHour && beforeTime.test(before);
  return `${sumOf(hour)}${isTime ? ":" : ""}${String(minutes).padStart(2, "0")}`;
}

const chinese = "零一二三四五六七八九";
const digitOf = (character: string) =>
  character === "〇" ? 0 : character === "两" ? 2 : chinese.indexOf(character);
const one = "[一二两三四五六七八九]";
const ends =
  "(?=\\s*(?:$|[，。；、！？）,.;!?)]|之间|左右|上下|多|以上|以下|了|吧|呢|[到至][一二两三四五六七八九十\\d]))";

/** 三点五分, 三点二十 and 五点六点 are times; 两三 is two or three. */
const chineseNumber = new RegExp(
  `(?<whole>${one}?十${one}?|${one})[点點](?<part>[零〇一二三四五六七八九])(?![零〇一二三四五六七八九十点點分刻])` +
    `|(?<hundred>${one})百(?:(?<ten>${one}?十${one}?|${one})|零(?<one>${one}))?` +
    `|(?<digits>(?<![零〇一二三四五六七八九])[一二三四五六][零〇一二三四五六七八九]{2}(?![零〇一二三四五六七八九]))` +
    `|(?<plain>${one}十${one}?)` +
    `|(?<small>(?<![零〇一二两三四五六七八九])(?:十${one}?|[二三四五六七八九]))${ends}`,
  "gu",
);

/** 八十, 十八, 八. */
function chineseBelow100(written: string): number {
  const [ten, one = ""] = written.includes("十") ? written.split("十") : [null, written];
  return (ten === null ? 0 : ten === "" ? 10 : digitOf(ten) * 10) + (one === "" ? 0 : digitOf(one));
}

function chineseDigits({ whole, part, hundred, ten, one, digits, plain, small }: Groups): string {
  if (whole && part) return `${chineseBelow100(whole)}.${digitOf(part)}`;
  if (digits) return [...digits].map(digitOf).join("");
  if (!hundred) return String(chineseBelow100(plain ?? small ?? ""));
  // 一百八 is 180.
  const rest = one
    ? digitOf(one)
    : ten?.length === 1 && ten !== "十"
      ? digitOf(ten) * 10
      : chineseBelow100(ten ?? "");
  return String(digitOf(hundred) * 100 + rest);
}

const chineseDigit = "[零〇一二两三四五六七八九]";
const noTime = `(?!\\p{N}|[零〇一二三四五六七八九十]|\\s*[点點分刻钟鐘时時])`;
const numberedBefore =
  "(?<!(?:days?|steps?|pages?|lots?|rooms?|cases?|calls?|lines?|questions?|sensors?|numbers?|no|nr|at|am)\\s)";
const timesBefore =
  "(?<!(?:call(?:ed|s)?|r[ai]ng|phoned?|reach\\p{L}*|available|home|open|come|comes|came|visit|between|from|on|since|until|till|by|data|gap|silent|lots?|rooms?|flat|steps?|cases?|days?|versions?|models?|pages?|won|lost)(?:\\s\\p{L}+){0,2}\\s)";
const mealOrNight =
  "(?=\\s*,?\\s*(?:in\\s+the\\s+mornings?|this\\s+morning|(?:last|at|in\\s+the|all)\\s+night|overnight|fasting|on\\s+waking|(?:at|before|after)\\s+(?:breakfast|lunch|dinner|supper|bed|bedtime|meals?|eating|food))(?!\\p{L}))";

/**
 * A decimal with another mark than a point: 7点8, "9 . 8", "9. 8", "7 Komma 8", or with a dash where it can be no range:
 * "6-2 in the morning".
 */
const markedDecimal = new RegExp(
  [
    `(?<![\\p{N}.,:])(?:(\\d{1,2})\\s*[点點]\\s*(\\d|${chineseDigit})${noTime}|(${one}?十${one}?|${one})\\s*[点點]\\s*(\\d)${noTime})`,
    `(?<![\\p{N}.,:/-])(\\d{1,2})\\s+[.·‧∙⋅•]\\s*(\\d)(?![\\p{N}:]|[.,]\\d)`,
    `(?<![\\p{N}.,:/-])(\\d{1,2})\\s+,\\s*(\\d)(?![\\p{N}:]|[.,]\\d|\\s*(?:,|and|or)(?!\\p{L}))`,
    `(?<![\\p{N}.,:/-])${numberedBefore}(\\d{1,2})\\.\\s+(\\d)${goesOn}(?!\\s*\\.)`,
    "(?<![A-Za-z\\p{N}.,])(\\d{1,2})\\s*(?:point|dot|komma|comma|coma|virgule|virgola|vírgula|punto|punkt)\\s*(\\d)(?!\\p{N})",
    `(?<![\\p{L}\\p{N}.,:/-])${timesBefore}(\\d{1,2})\\s?[-–]\\s?([1-9])${mealOrNight}`,
  ].join("|"),
  "giu",
);

function markedDigits(words: string, groups: readonly (string | undefined)[]): string {
  const [whole = "", part = ""] = groups.filter((group) => group !== undefined);
  const [above, below] = [whole, part].map((text) =>
    /\d/.test(text) ? Number(text) : chineseBelow100(text),
  );
  // From eight to nine is a range, from nine to eight is none.
  const isRange = /[-–]/.test(words) && Number(above) <= Number(below);
  return isRange ? words : `${above}.${below}`;
}

/** A text whose numbers are written in digits, and where its parts were before. */
export interface InDigits {
  readonly text: string;
  /** Where a part of it was written. */
  readonly writtenAt: (start: number, end: number) => readonly [start: number, end: number];
}

/** Numbers to six hundred, and those with a decimal, from words in English and Chinese: "one eighty", 一百八十, "3 point 2". */
export function inDigits(written: string): InDigits {
  const found = [
    ...elsewhereIn(written),
    ...[...written.matchAll(englishNumber)].map(({ 0: words, index, groups = {} }) => ({
      words,
      index,
      digits: englishDigits(groups, written.slice(0, index)),
    })),
    ...[...written.matchAll(chineseNumber)].map(({ 0: words, index, groups = {} }) => ({
      words,
      index,
      digits: chineseDigits(groups),
    })),
    ...[...written.matchAll(markedDecimal)].map((match) => ({
      words: match[0],
      index: match.index,
      digits: markedDigits(match[0], match.slice(1)),
    })),
  ].sort((a, b) => a.index - b.index || b.words.length - a.words.length);
  const spelled: { start: number; end: number; from: number; to: number }[] = [];
  let text = "";
  let done = 0;
  for (const { words, index, digits } of found) {
    if (index < done) continue;
    text += written.slice(done, index);
    const start = text.length;
    text += digits;
    done = index + words.length;
    spelled.push({ start, end: text.length, from: index, to: done });
  }
  text += written.slice(done);
  const place = (at: number, isEnd: boolean): number => {
    const last = spelled.findLast(({ start }) => (isEnd ? start < at : start <= at));
    if (!last) return at;
    if (at >= last.end) return last.to + at - last.end;
    return isEnd ? last.to : last.from;
  };
  return {
    text,
    writtenAt: (start, end) => [place(start, false), place(end, true)],
  };
}
