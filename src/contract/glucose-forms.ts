import { isLikeValue, isSmall } from "./bare-numbers.ts";
import { followingOf } from "./number-followers.ts";
import { isLabelled } from "./number-labels.ts";

/** A part of a text, by its places. */
export type Span = readonly [start: number, end: number];

/** Of "300s" and "60's". */
export const isDecade = (word: string) =>
  /^[1-9]\d?0['’]?s$/i.test(word) && isLikeValue(word.replace(/\D/g, ""));
const isPossible = (word: string) => isLikeValue(word) || isSmall(word);

const number = "(?<![A-Za-z\\p{N}.,:/-])\\d{1,3}(?:[.,]\\d)?(?![\\p{N}:/%°]|[.,]\\d)";
/** What can stand between a name and its value. */
const links =
  "(?:[\\s:=,()]|(?<!\\p{L})(?:is|was|are|were|at|of|to|the|it|its|said|says|saying|showed|shows|showing|reads?|gave|gives|had|only|about|around|now|then|still|that|value|alarm|stick|prick)(?!\\p{L})|是|为|到|在|约|测|显示|读数|只有|了|的){0,6}";
const sensors = "(?<!\\p{L})(?:sensor|cgm|reader|app|receiver)(?!\\p{L})|传感器|探头|动态";
const meters =
  "(?<!\\p{L})(?:finger[\\s-]?(?:sticks?|pricks?|tips?)?|meter|glucometer|strips?|blood|lab)(?!\\p{L})|指血|指尖|手指|血糖仪|扎手";
const joins =
  "(?:[\\s,;/.()–-]|(?<!\\p{L})(?:and|but|vs|versus|against|while|whereas|on|by|in|the|her|his|my|their|a)(?!\\p{L})|而|但|和|用){0,8}";
/** What goes on with something else than what is counted. */
const goesOn =
  "(?=\\s*(?:$|[.,;:!?)\\n，。；、！？）–]|(?:and|or|but|then|at|on|in|by|this|all|when|while|before|after|now|yesterday|today|tonight|last|again|for|with|which|so|because|she|he|it|they|i|most|mostly|mmol|mg)(?!\\p{L})|左右|上下|多|以上|以下|了))";

/** A number, or two as the ends of a range; never the first of two alone. */
const apart = "\\s*(?:[-~–/]|(?:to|or|and)(?!\\p{L})|[到至或和])\\s*";
const range = `(${number})(?:${apart}(\\d{1,3}(?:[.,]\\d)?)(?![\\p{N}:/%°]|[.,]\\d)|(?!${apart}(?:\\d|(?:one|two|three|four|five|six|seven|eight|nine)(?!\\p{L})|[一二两三四五六七八九十])))`;
const goesOnLong = `(?:${goesOn}|(?=\\s*(?:the|since|until|till|during|throughout|overnight|once|twice|early|late|earlier|later|right|still|just|there|fasting)(?!\\p{L})))(?!\\s*in\\s+the\\s+(?:morning|afternoon|evening))`;
const goesOnChinese =
  "(?=\\s*(?:$|[.,;:!?)\\n，。；、！？）]|左右|上下|多\\s*(?:$|[.,;!?])|以上|以下|[了吧呢](?!\\p{Script=Han})|早上|晚上|夜里|半夜|凌晨|后来|然后|一直|当时|那时|[昨今]|一?整))";
/** What else is said to be a number: "the room was 12". */
const counts =
  "there|calls?|cases?|rooms?|flat|house|floor|ward|bed|lots?|batch|ages?|steps?|pages?|tickets?|versions?|days?|weeks?|counts?|totals?|battery|charge|signal|volume|errors?|codes?|scores?|quantity|amount|orders?|serials?|phones?|extension|time|date|temperature|tries|attempts|sensors|boxes|patients|people|questions|lines?|rows?";
const countsChinese =
  "号|码|房间|楼|版本|批次|电量|年龄|步骤|总数|总共|数量|个数|次数|人数|温度|日期|时间|来电|周|星期|第|月|点|步|页";

/** What is at a number, or has one as its level, besides glucose. */
const measures =
  "battery|charge|signal|volume|power|noise|pain|stress|oxygen|pressure|temperature|rate|weight|water|upload|download|update|progress|sync|floor|support|brightness";
const somebody =
  "(?:s?he|they|i|patient|wearer|caller|user|mother|father|mum|mom|dad|son|daughter|child|wife|husband|baby)";
const rests =
  "(?:is|was|are|were|been|be|being|sat|sits|sitting|stay(?:s|ed|ing)|hover(?:s|ed|ing)|stuck|runs?|ran|running|peak(?:s|ed)|woke(?:\\s+up)?)";
const placed =
  "\\s+(?:(?:down|up|still|back|only|now|just|again|steady|always)\\s+){0,2}(?:at|near|close\\s+to)\\s+(?:(?:about|around|only|just|like)\\s+)?";

/** "In the 300s", "low 50s"; not of rooms, years and ages: "in her 60s". */
const notOfDecade =
  "(?<!(?:(?:lots?|serials?|codes?|rooms?|floors?|tickets?|orders?|errors?|years?|pages?|ages?|aged|temperatures?|weather|outside|born|grew\\s+up|(?<!\\p{L})(?:her|his|their|my|our))\\s+)(?:[\\p{L}]+[\\s-]+){0,3})";
const level = "(?:low|lower|mid|middle|high|higher|upper)[\\s-]+";
const beforeDecade = `${notOfDecade}(?<!\\p{L})(?:(?:in|into|to|from|around|near|hits?|above|below|over|under|through|out\\s+of)\\s+the\\s+(?:very\\s+)?(?:${level})?|${level})`;
const smallDecades = "twos|threes|fours|fives|sixes|sevens|eights|nines|tens|teens";
const decadeWords =
  "forties|fifties|sixties|seventies|eighties|nineties|(?:(?:one|two|three|four|five|1|2|3|4|5)[\\s-]+)?hundreds";

/** Numbers that only what stands around them makes a value; each form names the numbers that it takes. */
const forms: readonly { readonly pattern: RegExp; readonly takes: (value: string) => boolean }[] = [
  {
    pattern: new RegExp(
      `(?:${sensors})${links}(${number})${joins}(?:${meters})${links}(${number})|(?:${meters})${links}(${number})${joins}(?:${sensors})${links}(${number})`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:battery|charge|signal|volume|power|电量|电池)[\\p{L}\\s]{0,8})(?:(?<!\\p{L})(?:lows?|highs?)(?!\\p{L}|\\s(?:5|five)(?!\\p{N}))|[高低])${links}(${number})${goesOn}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?:(?<!\\p{L})(?:(?:hb\\s?)?a1c|gmi)(?!\\p{L})|糖化(?:血红蛋白)?)${links}(\\d{1,3}(?:[.,]\\d)?)(?!\\p{N}|[.,:/]\\d|\\s*(?!%)(?:[年月日天周]|days?|weeks?|months?|years?|hours?))`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:anruf\\p{L}*|rückruf|erreichbar|r?appel\\p{L}*|llam\\p{L}*|richiam\\p{L}*|chiam\\p{L}*|bel\\p{L}*|ring|call(?:ed|s)?|r[ai]ng|phoned?|reach\\p{L}*|available|home|open|come|comes|came|visit|deliver\\p{L}*|arrives?|appointment|days?|steps?|pages?|ages?|aged|lots?|versions?|lines?|rows?)(?:\\s[\\p{L}]+){0,2}\\s)(?<!\\p{L})(?:between|zwischen|entre|tra|fra|tussen|mellan|między|между)\\s+(${number})\\s+(?:and|to|und|et|y|e|en|och|i|и)\\s+(${number})${goesOn}(?!\\s*(?:in\\s+the|this|tomorrow)\\s*(?:morning|afternoon|evening))`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:dropp?(?:ed|s)?|crash(?:ed|es)|plung(?:ed|es)|sank|climb(?:ed|s)|fell|falls|rose|rises|rising|falling|went|goes|jump(?:ed|s)|down|up)\\s+from\\s+(${number})\\s+to\\s+(${number})${goesOn}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?<!\\p{L})(?:${counts})(?:\\s(?:number|no|id|count|time|date))?\\s)(?<!\\p{L})(?:is|was|are|were|been|(?:it|that|he|she)['’]s|reads?|readings?|shows?|showed|showing|says?|said)(?:[\\s:=(]|(?<!\\p{L})(?:about|around|only|just|still|now|like|over|under|above|below|nearly|almost|roughly|always|again|then|back)(?!\\p{L})){1,6}${range}${goesOnLong}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:${countsChinese})\\s*)(${number})\\s*[到至]\\s*(\\d{1,3}(?:[.,]\\d)?)(?![\\p{N}:/%°])${goesOnChinese}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:${counts}|${measures})\\s(?:\\p{L}+\\s)?)(?<!\\p{L})${rests}${placed}${range}${goesOnLong}`,
      "giu",
    ),
    takes: isLikeValue,
  },
  {
    pattern: new RegExp(`(?<!\\p{L})${somebody}(?:\\s+${rests}|['’]s)${placed}${range}${goesOnLong}`, "giu"),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:${measures})\\s)(?<!\\p{L})(?:readings?|values?|levels?|results?|measurements?)\\s+(?:of|at)\\s+(?:(?:about|around|only|just)\\s+)?${range}${goesOnLong}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:mean|average|median|mittelwert|durchschnitt|moyenne|promedio|mediana?|média|gemiddelde?|medelvärde)(?:\\s+(?:of|is|was|von|de|di|van|på))?[\\s:]+(${number})${goesOn}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:(?:lab(?:oratory)?|blood|hospital|clinic)\\s+(?:tests?|results?|draws?)|labor(?:wert|ergebnis)|résultat(?:\\s+du\\s+labo)?|resultado|risultato|результат)(?:\\s+(?:of|is|was|de|di|von))?[\\s:]+(${number})${goesOn}`,
      "giu",
    ),
    takes: isPossible,
  },
  {
    pattern:
      /(?<!\p{L})(?:affich|indiqu|montr)(?:e|ait|é)\s+([0-6],\d\d)(?!\p{N}|[.,]\d)|(?<!\p{L})(?:capteur|lecteur|dextro|elle\s+était|il\s+était)\s+à\s+([0-6],\d\d)(?!\p{N}|[.,]\d)/giu,
    takes: () => true,
  },
  {
    pattern:
      /(?<!\p{L})(?:an?|the)\s+(\d{1,3}(?:[.,]\d)?)\s+on\s+(?:the|her|his|my)\s+(?:meter|screen|reader|display|app|phone|sensor|watch)(?!\p{L})/giu,
    takes: isPossible,
  },
  {
    pattern: new RegExp(
      `(?<!(?:version|model|part|serial|error|code|case|phone|order|lot|batch)\\s)(?<!\\p{L})numbers?\\s+(?:on|in)\\s+(?:the|her|his|my)\\s+(?:phone|screen|app|reader|display|meter|sensor|watch)${links}(${number})${goesOn}`,
      "giu",
    ),
    takes: isPossible,
  },
  { pattern: new RegExp(`${beforeDecade}(\\d{1,3})['’]?s(?!\\p{L})`, "giu"), takes: isPossible },
  {
    pattern: new RegExp(
      `(?<!(?:timeout|delay|wait|gap|pause|interval|countdown|${counts})\\s)(?<!\\p{L})(?:is|was|are|were|been)\\s+([1-6]\\d0)['’]?s${goesOnLong}`,
      "giu",
    ),
    takes: isLikeValue,
  },
  { pattern: new RegExp(`${beforeDecade}(${decadeWords})(?!\\p{L})${goesOnLong}`, "giu"), takes: () => true },
  {
    pattern: new RegExp(
      `(?<!\\p{L})(?:in\\s+the\\s+)?(?:${level})?(${smallDecades})(?!\\p{L}|\\s+of)`,
      "giu",
    ),
    takes: () => true,
  },
  {
    pattern: /(?<![A-Za-z\p{N}.,:/-])(\d{1,2})[.,]x(?![\p{L}\p{N}]|\s+(?:versions?|releases?))/giu,
    takes: isPossible,
  },
  {
    pattern: /([\d一二三四五六七八九十]{1,3}\s*[点點]几|十几)(?!\s*[\p{Script=Han}\d])/gu,
    takes: () => true,
  },
];

const context = 60;
/** Where these forms stand in a text. */
export function* formsIn(text: string): Generator<Span> {
  for (const { pattern, takes } of forms)
    for (const found of text.matchAll(pattern)) {
      const { 0: part, index } = found;
      const values = found.slice(1).filter((value) => value !== undefined);
      const after = text.slice(index + part.length, index + part.length + context);
      const at = index + part.indexOf(values[0] ?? "");
      if (
        !/^numbers?\s/i.test(part) &&
        isLabelled(
          text.slice(Math.max(0, at - context), at),
          part.includes(".x") ? "1.0" : (values[0] ?? ""),
          "",
        )
      )
        continue;
      if (
        values.length > 0 &&
        values.every(takes) &&
        (/a1c|糖化|gmi/i.test(part) || followingOf(after, false) !== "counted")
      )
        yield [index, index + part.length];
    }
}
