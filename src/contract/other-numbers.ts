/** Numbers that are no glucose values: counts, lengths of time, versions, dates, ages, telephone numbers. */

/** Where a whole number follows one of these, it is no value; a letter of a serial number before it too. */
export const numbered =
  /^(?:[b-hj-z]|errors?|faults?|fehler|codes?|lot|batch|version|step|page|day|week|ticket|order|case|no|number|at|room|flat|ward|bed|ext(?:ension)?|line|floor|model|type|age|aged|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|错误|代码|批号|版本|编号|单号|房间|病房)$/i;

const units = [
  // Symbols and units that are written alike everywhere.
  "[ckm]?m|km|k?g|mg(?!\\s*/)|[kmg]b|[kmg]?hz|m?l|v|w(?!\\s+(?:nocy|tej|ciągu|po))|m?ah|dbm?|s|secs?|min|mins|h|hrs?|d|x|inch(?:es)?|[ap]\\.?m|euros?|eur|usd|gbp|chf|rmb|st|nd|rd|th",
  "per\\s?cent|percent|(?:out\\s+)?of|von|bars?|stars|metres?|meters?|kilomet(?:re|er)s?|centimet(?:re|er)s?|degrees?|dollars?|pounds?|litres?|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|times?|o['’]clock",
  "calls?|e-?mails|messages?|sensors|sensor(?:i|er|en|es|ów)|sensör|patches|plasters|boxes|packs|pieces|people|persons|patients|colleagues|customers|readings|values|questions|pages|lines|steps|packets|units|serials|phones|lots",
  "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*",
  // German
  "sekunden?|sek|minuten?|stunden?|std|stdn|tage?n?|nächten?|wochen?|monate?n?|jahre?n?|mal|uhr|prozent|grad|metern?|(?:zenti|milli|kilo)meter",
  // French, Spanish, Italian, Portuguese
  "secondes?|heures?|jours?|nuits?|semaines?|mois|ans|années?|fois|pour\\s?cent|degrés?|(?:kilo|centi|milli)?mètres?",
  "segundos?|minutos?|horas?|d[ií]as?|noches?|semanas?|mes(?:es)?|años?|veces|por\\s?ciento|grados?|metros?",
  "second[oi]|minut[oi]|or[ae]|giorn[oi]|nott[ei]|settiman[ae]|mes[ei]|ann[oi]|volt[ae]|metri|anos?|vezes",
  // Dutch, Danish, Norwegian, Swedish, Polish, Russian
  "seconden|minuten|uur|uren|dag(?:en)?|weken|maand(?:en)?|jaar|keer|procent|sekunder|minutt?er|timmar|timer|dag(?:ar|e|er)|dygn|veckor|uger|uker|månader|måneder|år|gånger|gange?r?",
  "gün|saat|dakika|hafta|yıl|kez|kere|defa|adet|yaşında",
  "sekund[ay]?|minut[ay]?|godzin[ay]?|dni|tygodni[ae]?|miesi[ąę]c[ey]?|lat|razy|час(?:а|ов)?|минут[аы]?|дн(?:я|ей)|день|недел[ьюяи]|месяц(?:а|ев)?|лет|года?|раза?",
].join("|");
const chineseUnits =
  "[个個]|[秒分天日夜周週年次遍点點时度元块塊人位名号號月岁歲页頁行条條张台片盒箱支枚贴贴步级楼室包米倍版代成折]|小时|小時|时间|時間|钟头|鐘頭|分钟|分鐘|星期|[回本歳]|시간|퍼센트|[분시초일개번회주달월년명세살건통층호대]|公里|厘米|毫米|毫升|升|通电话|百分";
const measured = `\\s*(?:%|°|℃|[€$£¥])|[\\s-]*(?:(?:more|new|other|whole|full|further|extra|working|good|or\\s+so|weitere|volle|ganze)\\s+)?(?:${units})(?!\\p{L})|[\\s-]*(?:${chineseUnits})`;
/** Of a range the further end: "3.5 to 4 days"; joined by "and" or a dash only with a decimal. */
const furtherEnd =
  "\\s*(?:(?:to|or|bis|oder|à|ou|a|o|tot|till?|[到至或])\\s*\\d+(?:[.,]\\d+)?|(?:[-–~]|(?:and|und|et|y|e|en)(?!\\p{L})|[和与])\\s*\\d+[.,]\\d+)";
const ofSomethingElse = new RegExp(`^(?:${furtherEnd})?(?:${measured})`, "iu");
/** Whether what follows a number says what it counts. */
export const isCounted = (after: string): boolean => ofSomethingElse.test(after);

const day = "(?:0?[1-9]|[12]\\d|3[01])\\.\\s?(?:0?[1-9]|1[0-2])\\.";
const others: readonly RegExp[] = [
  new RegExp(`(?<![\\p{N}.,])${day}\\s*(?:-|–|bis|to)\\s*${day}`, "giu"),
  /(?<![\p{N}.,])[6-9]\d{2}[\s.-]\d{3}[\s.-]\d{3}(?![.,]?\p{N})/gu,
  /\+\d{1,3}\s*\(0\)[\s\d/-]{4,20}/gu,
  // Telephone numbers, and other long numbers in groups.
  /(?<![\p{N}.,])(?:\+\d|0\d|\d{4,})[\d]*(?:[\s()/-]+\d{2,6}){1,5}(?![.,]?\p{N})/gu,
  /(?<![\p{N}.,])(?:\(\d{2,5}\)[\s-]*\d{2,4}|\d{3}[\s.-]\d{3}|\d{2,3}[\s.-]\d{3}[\s.-]\d{2}|\d{3}[\s.-]\d{2}[\s.-]\d{2})[\s.-]\d{2,4}(?![.,]?\p{N})(?<=\d{4}|\)[\d\s.-]+|[\s.-]\d{2}[\s.-]\d{2})/gu,
  /(?:(?<!\p{L}|numbers?\s+on\s+(?:the|her|his|my)\s+)(?:call|dial|ring|phone|tel(?:ephone)?|hotline|helpline|notruf|appelez|llame|marque|chiama(?:te)?|anrufen)(?!\p{L})|拨打?|撥打?|致电|热线|电话)(?:\s+(?:us|them|him|her|back|the\s+(?:desk|hotline|helpline|clinic)))?(?:\s+(?:at|on|under|au|al))?[\s.:]*\d{2,5}(?:[\s.-]\d{2,4})*(?![.,]?\p{N})/giu,
  // Of things that have a number, and show no value.
  /(?<!\p{L})(?:versions?|firmware|software|ios|android|models?|rooms?|floors?|flat|house|ward|bed|tickets?|orders?|cases?|lots?|batch|box|carton|label|leaflet|packag(?:e|ing)|invoice|receipt|reference|extension|age)(?:\s+(?:number|no\.?|id|code))?(?:\s+(?:is|was|reads?|says?|said|has)|['’]s)(?:\s+(?:about|only|now|still|on\s+it))?\s*[:#]?\s*\d{1,3}(?:[.,]\d)?(?![\p{N}]|[.,]\d)/giu,
  /(?:版本号?|型号|房间号?|楼层|工单号?|订单号?|批号|包装盒?|盒子|盒上|标签|年龄)上?(?:写着|写的是|标着|显示|印着|[是为写])\s*\d{1,3}(?:[.,]\d)?(?![\p{N}]|[.,]\d)/gu,
  // Days of a month: "am 9.8.", "vom 9.8. bis 10.8."
  new RegExp(
    `(?<!\\p{L})(?:am|vom|zum|seit|dem|den)\\s+${day}(?:\\s*(?:-|–|bis|und)(?:\\s+zum)?\\s*${day})?`,
    "giu",
  ),
];

/** From what no value in mmol/L can be; the text must not speak of glucose besides. */
const age =
  /(?<!\p{L})(?:caller|patient|wearer|user|customer|client|mother|father|mum|mom|dad|wife|husband|partner|sister|brother|daughter|son|aunt|uncle|grandmother|grandfather|man|woman|lady|gentleman|kundin|kunde|anruferin|anrufer|patientin|mutter|vater|tochter|sohn|fils|fille|mère|père|hija|hijo|madre|padre)\s*[,(]\s*\d{1,3}(?=\s*[,)])|(?<!\p{L})(?:fe)?male[\s,]+\d{1,3}(?=\s*(?:$|[,.;)]))|(?<!\p{L})(?:she|he|(?:(?:the|her|his|my|our|their|a)\s+)?(?:patient|caller|wearer|user|customer|client|mother|father|mum|mom|dad|wife|husband|partner|sister|brother|aunt|uncle|grandmother|grandfather|man|woman|lady|gentleman)|kundin|patientin|anruferin|kunde|anrufer)(?:\s+(?:ist|is|was|has\s+turned|turned|turns|will\s+be)|['’]s)\s+(?:3[4-9]|[4-9]\d|10\d)(?=\s*(?:$|[.,;:!?)](?!\d)|and\s+(?:lives?|cannot|can['’]t|uses?|wants?|needs?|has|hears?|sees?|speaks?)(?!\p{L})))/giu;
const speaksOfGlucose =
  /(?<!\p{L})(?:glucose|sugars?|BG|hypos?|hypers?|lows?|highs?|readings?|values?|LO|HI|mmol|mg|meter|finger\p{L}*)(?!\p{L})|血糖|读数/iu;

const hashed = (part: string) => part.replace(/\d/g, "#");

/** Numbers that are known by their shape, or by what is said of whom, with their digits as "#". */
export function withoutOthers(text: string): string {
  const plain = others.reduce((rest, pattern) => rest.replace(pattern, hashed), text);
  return speaksOfGlucose.test(plain) ? plain : plain.replace(age, hashed);
}
