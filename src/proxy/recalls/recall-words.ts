/** What the files of recalls say in English, Chinese, German, French and Spanish of being recalled or not. */

const excludes = new RegExp(
  [
    // "not affected", "are not in scope", "need not be returned", "never recalled".
    /\b(?:not|never|isn['’]t|aren['’]t|no longer|need n['’]?t)\b[^,;:]{0,24}\b(?:affected|impacted|recalled|concerned|involved|included|scope|subject|part of|listed|required|returned?|withdrawn)\b/,
    /\b(?:un|non[- ]?|not-?)(?:affected|impacted|recalled|involved)\b/,
    /\b(?:exclu(?:d(?:ed|es|ing)|sions?)|exempt(?:ed)?|except(?:ions?|ing)?|other than)\b/,
    /\bout(?:side)?(?: of)?(?: the)? (?:scope|recall)\b|\bno (?:action|recall|return|impact)\b/,
    /\b(?:can|may) (?:still )?be used\b|\b(?:continue to|keep) us(?:e|ing)\b|\bsafe (?:to use|for use)\b/,
    /不受影响|[未没无](?:有)?受?影响|不影响|不在.{0,10}(?:范围|之内|之列|内)|[不未](?:属于|涉及|包括|包含|召回|予召回|列入|纳入)/,
    /(?:无需|不需要?|不用|不必|毋需|无须)(?:召回|退回|退换|处理|更换)|非召回|范围(?:之)?外|排除|除外|豁免|可以?(?:继续|正常)使用/,
    /\bnicht\b[^,;:]{0,24}(?:betroffen|zurückgerufen|zurückzusenden|enthalten|umfang|rückruf)|\bunbetroffen|\bausgenommen|\bausgeschlossen|\bkeine (?:maßnahme|rücksendung)/,
    /\b(?:non|pas|ne sont pas)[- ](?:concern|affect|rappel|touch|inclu)|\bhors (?:du )?(?:champ|périmètre|rappel)|\bexclue?s?\b|\bsauf\b/,
    /\bno (?:est[áa]n? |son )?(?:afectad|retirad|incluid|implicad|sujet)|\bexcluid|\bexcepto\b|\bsalvo\b|\bfuera del? /,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);
const includes =
  /\b(?:affected|impacted|recall(?:ed|s)?|in scope|to be returned)\b|召回|受影响|涉及|\bbetroffen|\bzurückgerufen|\brückruf|\bconcernée?s?\b|\brappelée?s?\b|\bafectad|\bretirad|^\s*(?:return|quarantine|退回|隔离)\s*$/i;

const no = /^(?:no|n|false|0|否|无|没有|不|×|✗|nein|non)$/i;

/** That something is not recalled. */
export const saysNotRecalled = (text: string): boolean =>
  excludes.test(text.includes("_") ? text.replaceAll("_", " ") : text);
/** That something is. */
export const saysRecalled = (text: string): boolean => includes.test(text) && !saysNotRecalled(text);
/** That something was recalled another time, or in another notice: "Previously recalled in FSN-11". */
export const saysBefore = (text: string): boolean =>
  /\d|previous|earlier|\bprior\b|already|before|former|other|früher|bereits|zuvor|andere|déjà|précéd|autre|anterior|\bya\b|otr[ao]s|此前|以前|之前|先前|曾|已|其他/i.test(
    text,
  );
export const saysNo = (text: string): boolean => no.test(text);

const wordsOf = (text: string) => text.trim().split(/\s+/).length;

/** A column whose name is about being recalled: "Affected", "In scope?", "是否召回"; not its date or number. */
export const isAboutRecall = (name: string): boolean =>
  wordsOf(name) <= 5 &&
  /affect|impact|recall|scope|exclu|betroffen|rückruf|concern[ée]|rappel|afectad|retirad|召回|受?影响|涉及|范围/i.test(
    name,
  ) &&
  !/date|number|\bno\b\.?|\bnr\b|\bid\b|reason|class|lot|batch|\bref|datum|nummer|numéro|número|fecha|motif|motivo|日期|时间|编号|单号|原因|级别|批/i.test(
    name.replaceAll("_", " "),
  );
/** A column that may say anything of its sensor. */
export const isStatus = (name: string): boolean =>
  /^(?:(?:recall |sensor |device )?status|state|result|decision|disposition|action(?: required)?|assessment|verdict|y\/n|yes\/no|remarks?|comments?|notes?|状态|结果|结论|处理(?:方式|意见)?|处置|备注|说明|bemerkung(?:en)?|ergebnis|statut|état|remarque|estado|resultado|observaci(?:ó|o)n(?:es)?)$/i.test(
    name.trim(),
  );

export { namesSerials } from "#sensor/serial-names.ts";

const firstName =
  /^(?:from|first|start|begin(?:ning)?|von|de|du|desde|起始|开始|首|从|起)|(?:from|start|first|起|始)$/i;
const lastName =
  /^(?:to|last|end|until|through|bis|à|au|hasta|结束|终止|截止|末|到|至)|(?:to|end|last|止|末)$/i;
/** A column of first or of last serials of ranges: "From", "Serial to", "起始序列号"; not a date. */
export const namesFirst = (name: string): boolean => firstName.test(name) && !/date|日期|datum/i.test(name);
export const namesLast = (name: string): boolean => lastName.test(name) && !/date|日期|datum/i.test(name);

/** That what is written about comes after it. */
const points = /[:：]\s*$|\b(?:following|below|these)\b|以下|下列|如下|下表|folgende|suivant|siguiente/i;
const longestHeading = 120;

/**
 * What a line without a serial says of the lines below it: "Not affected:", "以下不受影响". A sentence about something
 * else ("Lot L9 is not affected.") says nothing of them.
 */
export function headingOf(line: string): "recalled" | "not-recalled" | null {
  const text = line.replace(/^[\s"',;|#*=-]+|[\s"',;|*=-]+$/g, "");
  if (text.length === 0 || text.length > longestHeading) return null;
  // Chinese has no spaces: two characters are a word.
  const size = wordsOf(text) + (text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2;
  const isSentence = /[.。!！]$/.test(text);
  if (!points.test(text) && size > (isSentence ? 5 : 12)) return null;
  if (excludes.test(text)) return "not-recalled";
  return includes.test(text) ? "recalled" : null;
}

const listLead =
  /^[^:：]{0,60}(?:\bs\/?n\b|\bserials?\b|\bserien-?(?:nummern?|nr)|\bs[ée]rie|序列号)[^:：]{0,20}$/i;
const notSerials =
  /date|reference|number|\bno\b|notice|letter|\bid\b|total|datum|nummer|日期|编号|通知|合计/i;
/** What stands before the colon of a list on one line and only names it: "Serials: a, b". */
export const isLabel = (lead: string): boolean =>
  /^[\s•*-]*(?:(?:the|sensor|device|product) )?(?:s\/?n|serials?(?:[ _-]?(?:numbers?|nos?\.?))?|serien-?(?:nummern?|nr)\.?|num[ée]ros? de s[ée]rie|(?:设备|产品|传感器)?序列号)\s*$/i.test(
    lead,
  );
/** What is not a heading of serials: "Recall reference: P220000101". */
export const isReference = (lead: string): boolean => notSerials.test(lead) && !listLead.test(lead);

/** That what is written about stands before it. */
export const pointsAbove = (text: string): boolean =>
  /\babove\b|[↑⬆⇑]|^\s*\^|以上|上述|上列|上面|上記|\boben\b|\bobige|ci-dessus|\barriba\b|\bpowyżej\b/i.test(
    text,
  );

const pageMark =
  /(?<![\p{L}\p{N}])(?:(?:page|seite|página|pagina|sida|side|strona|blatt|pág\.|стр\.?)\s*:?\s*\d{1,5}(?:\s*(?:of|von|de|di|av|z|из|\/)\s*\d{1,5})?|第\s*\d{1,5}\s*[页頁ペ](?:ージ)?|共\s*\d{1,5}\s*[页頁])(?![\p{L}\p{N}])|^\s*[-–—]\s*\d{1,4}\s*[-–—]\s*$/giu;
/** A line without the number of its page. */
export const withoutPageMark = (text: string): string =>
  /\d/.test(text) ? text.replace(pageMark, "").trimEnd() : text;
const total =
  /^(?:(?:grand |sub-?)?(?:total|totale|totaal|sum|summe|gesamt|insgesamt|suma|somme|razem|сумма|итого|всего)|合计|总计|小计|共计|合計|小計|합계|총계)[^\p{L}\p{N}]*[\d.,\s;|]*$/iu;
/** Whether a line has nothing but the mark of a page, a count of all, or lines and delimiters. */
export const isMark = (line: string): boolean => {
  const text = withoutPageMark(line).replace(/^[\s,;|"#*=_+~-]+|[\s,;|"*=_+~-]+$/g, "");
  if (text === "") return !/^\s*["*#~]\s*$/.test(line);
  return total.test(text) || /^[,;|"\s-]*$/.test(text);
};

/** Whether a line has words that may be a heading of what comes after it: no mark, and no footnote. */
export const mayBeHeading = (line: string): boolean => {
  if (/^\s*[*†‡]/.test(line) && headingOf(line) === null) return false;
  return (
    !isMark(line) &&
    !pointsAbove(line) &&
    !saysNothing.test(line) &&
    /\p{L}{2}|[\p{Script=Han}\p{Script=Hangul}]/u.test(line)
  );
};
/** Below a heading, that nothing comes after it, or that it goes on. */
const saysNothing =
  /^[^\p{L}]*(?:none|n\/?a|nil|empty|keine?|aucune?|ninguno|无|なし|없음|continued|cont(?:['’]?d)?\.?|fortsetzung|suite|continuación|续|接上页)[^\p{L}]*$/iu;
