const withUnit = /(?<!\d)\d+(?:[.,]\d+)?\s*\(?(?:mmol|mg\s*\/\s*dl|毫摩尔|毫克\s*[/每]\s*分升)/iu;

/** In words: "three point two", 十三点五; 三点五分 is a time. */
const spelled =
  /(?<!\p{L})(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty)(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?\s+point\s+\p{L}+|[一二两三四五六七八九十]{1,3}点[零〇一二三四五六七八九](?![零〇一二三四五六七八九十分刻])/iu;

/** What a value is named by. */
const named =
  /(?<![\p{L}\p{N}])(?:glucose|sugars?|BG|hypos?|hypers?|reads?|readings?|shows?|showed|showing|said|says|measured|values?|meters?|finger[\s-]?(?:sticks?|pricks?))(?![\p{L}\p{N}])|血糖|葡萄糖|读数|显示|数值|指血|测得/giu;
/** After these a small whole number is one as well: "sugar at 18". */
const namesGlucose = /^(?:glucose|sugars?|BG|hypos?|hypers?|血糖|葡萄糖)$/iu;
const mostWordsBetween = 2;

const han = "\\p{Script=Han}";
const letters = `(?:(?!${han})[\\p{L}\\p{M}\\p{N}])+`;
/** Words, numbers, dates and serials each as one; of Chinese two characters count as a word. */
const words = new RegExp(`${han}{1,2}|${letters}(?:[.,:/'’_~–-]${letters})*|[.!。！](?=\\s|$)`, "gu");

const endOfSentence = /^[.!。！]$/;
/** Where a number is one of these, it is no value. */
const numbered =
  /^(?:errors?|codes?|lot|batch|version|step|page|day|week|ticket|order|case|no|number|at|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|错误|代码|批号|版本|编号)$/i;
/** Of a number with a decimal, or after a word for glucose. */
const versioned =
  /^(?:errors?|codes?|lot|batch|versions?|app|firmware|software|ios|android|bluetooth|chapter|section|step|page|错误|代码|批号|版本|编号)$/i;
const ofSomethingElse =
  /^[\s-]*(?:%|°|℃|[€$£¥]|[ckm]?m\b|km\b|k?g\b|[kmg]b\b|v\b|inch|metres?\b|meters?\b|euros?\b|dollars?\b|pounds?\b|s\b|secs?\b|seconds?\b|min\b|mins\b|minutes?\b|h\b|hrs?\b|hours?\b|days?\b|d\b|nights?\b|weeks?\b|months?\b|years?\b|times?\b|x\b|o['’]clock|[ap]\.?m\b|st\b|nd\b|rd\b|th\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|个?(?:秒|分钟?|小时|钟头|天|日|夜|周|星期|月|年|次|遍|点|时|度))/iu;

const lowest = 20;
const highest = 600;
const lowestWithDecimal = 1;
const highestWithDecimal = 33.3;

function isLikeValue(number: string): boolean {
  if (/^\d{2,3}$/.test(number)) return Number(number) >= lowest && Number(number) <= highest;
  const value = /^\d{1,2}[.,]\d$/.test(number) ? Number(number.replace(",", ".")) : null;
  return value !== null && value >= lowestWithDecimal && value <= highestWithDecimal;
}

/** Of "5.6" and "5.6-7.2". */
function isLikeValues(word: string): boolean {
  const ends = word.split(/[~–-]/);
  return ends.length <= 2 && ends.every(isLikeValue);
}

const isSmall = (word: string) => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) < lowest;

/** A number with one decimal, whatever stands beside it, unless that says that it is something else. */
function decimalIn(text: string): string | null {
  let before = "";
  for (const { 0: word, index } of text.matchAll(words)) {
    const isOther = versioned.test(before) || ofSomethingElse.test(text.slice(index + word.length));
    if (/[.,]/.test(word) && isLikeValues(word) && !isOther) return word;
    before = word;
  }
  return null;
}

/** The value that follows at the beginning of a text, and where it ends in it. */
function valueEndIn(text: string, takesSmall: boolean): number | null {
  let before = "";
  let between = 0;
  for (const { 0: word, index } of text.matchAll(words)) {
    const end = index + word.length;
    if (endOfSentence.test(word) || between > mostWordsBetween) return null;
    const isLike = isLikeValues(word) || (takesSmall && isSmall(word));
    if (isLike && !(takesSmall ? versioned : numbered).test(before) && !ofSomethingElse.test(text.slice(end)))
      return end;
    before = word;
    between += 1;
  }
  return null;
}

/**
 * The part of a text that looks like a glucose value: a number with its unit, one within three words of what names it, or
 * with one decimal that nothing beside it explains. Null where nothing does.
 */
export function glucoseIn(written: string): string | null {
  const text = written.normalize("NFKC");
  const unit = withUnit.exec(text);
  if (unit) return unit[0];
  const inWords = spelled.exec(text);
  if (inWords) return inWords[0];
  for (const { 0: name, index } of text.matchAll(named)) {
    const from = index + name.length;
    const end = valueEndIn(text.slice(from), namesGlucose.test(name));
    if (end !== null) return text.slice(index, from + end);
  }
  return decimalIn(text);
}

/** The same of a number with its unit alone: in an address "120 Meter Street" is none. */
export const hasGlucoseUnit = (written: string): boolean => withUnit.test(written.normalize("NFKC"));
