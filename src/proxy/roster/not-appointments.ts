import { leadOf, timeOn } from "./line-lead.ts";

const weekday =
  "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so";
const month =
  "jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?";
const dayNumber = String.raw`\d{1,2}(?:st|nd|rd|th|\.)?`;
const date = String.raw`\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./] ?\d{1,2}(?:\.|[-./] ?\d{2,4})|${dayNumber} ?(?:of )?(?:${month})\.?,?(?: \d{4})?|(?:${month})\.? ${dayNumber},?(?: \d{4})?`;
const chineseDay = String.raw`(?:(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?)?\s*[(（]?(?:(?:星期|周|礼拜)[一二三四五六日天])?[)）]?`;
export const partOfDay = "morning|afternoon|evening|vormittags?|nachmittags?|mittags?|abends?";

const whole = (form: string): RegExp => new RegExp(`^(?:${form})[\\s.,:;!：，。！-]*$`, "iu");
const begins = (form: string): RegExp => new RegExp(`^(?:${form})(?![\\p{L}\\p{M}\\d'’-])`, "iu");

/** What is on the whole line. */
const headings = [
  whole(`(?:(?:${weekday})\\.?,?\\s*)?(?:${date})`),
  whole(`(?:${weekday})\\.?,?\\s*\\d{1,2}[-./]\\d{1,2}`),
  whole(`(?:${weekday})\\.?,?(?:\\s+(?:${partOfDay}))?`),
  whole(chineseDay),
  whole(`(?:the )?(?:${partOfDay}|上午|下午|早上|晚上)(?: (?:clinic|session|list|appointments))?`),
  whole(
    `(?:(?:my|the|your|our|today['’]?s|tomorrow['’]?s|heutige|meine) )?(?:list(?: of (?:patients|appointments))?|appointments?|patients?|clinic|schedule|termine|patienten|sprechstunde|今日预约|明日预约|预约名单|预约列表|患者名单|今日患者)(?: (?:for|on|am|für|vom) .*)?`,
  ),
  // The heads of columns.
  /^(?:(?:no|nr|time|start|end|date|name|first name|surname|patient|patient name|patient id|id|dob|date of birth|born|phone|room|reason|notes?|hospital number|mrn|uhrzeit|zeit|von|bis|datum|vorname|nachname|geburtsdatum|telefon|raum|grund|时间|姓名|患者|患者姓名|编号|病历号|出生日期|电话|日期|备注|序号)\.?\s*(?:[\t;,|，；、]\s*|\s{2,}|$)){2,}$/iu,
  whole("page \\d+(?: of \\d+)?|seite \\d+(?: von \\d+)?|第\\s*\\d+\\s*页(?:.*共\\s*\\d+\\s*页)?"),
  whole(
    "(?:total|in total|summe|gesamt|合计|总计|共)[:：]? ?\\d+ ?(?:patients?|appointments?|patienten|termine|人|位|位患者)?",
  ),
  /^[\p{P}\p{S}\s]+$/u,
  /^[-_=*\s]*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|原始邮件|转发邮件)[-_=*\s]*$/iu,
];

const mailHeads =
  /^(?:from|to|cc|bcc|subject|sent|date|reply-to|importance|attachments?|von|an|betreff|gesendet|datum|anhang|发件人|收件人|抄送|主题|发送时间|日期|附件)\s*[:：]/iu;
const quoteHeads = /^(?:on|am) .+ (?:wrote|schrieb)(?: .+)?:$|^.*写道[:：]$/iu;

/** Whether a line says who wrote to whom and when; a name on it is nobody's appointment. */
export const isMailHead = (line: string): boolean =>
  [mailHeads, quoteHeads].some((form) => form.test(line.normalize("NFKC").trim()));

export const greetingWords =
  "dear|hi|hello|hey|good (?:morning|afternoon|evening|day)|to whom it may concern|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:morgen|tag|abend)|moin|grüezi|servus|bonjour|bonsoir|ch[eè]re?s?";
const greetings = [
  begins(greetingWords),
  /^(?:您好|你好|大家好|各位(?:老师|同事|医生|好)?|尊敬的|亲爱的|(?:护士|医生|老师).{0,4}(?:您好|你好)|.{1,6}(?:护士|医生|主任|老师)(?:[,:]|[,:]?(?:您好|你好)[,:!。]*)$|(?:早上|上午|下午|晚上)好)/u,
];
export const thanks =
  "(?:with )?(?:best|kind|kindest|warm|warmest|many|with) (?:regards|wishes|thanks)|all the best|regards|yours(?: (?:sincerely|faithfully|truly))?|sincerely(?: yours)?|cheers|thanks(?: a lot| so much| again| in advance)?|thank you(?: very much| so much| again)?|thx|mit (?:freundlichen|besten|herzlichen|lieben) grü(?:ß|ss)en|(?:freundliche|beste|herzliche|liebe|viele|schöne) grü(?:ß|ss)e|gruß|mfg|lg|vg|danke(?: schön)?|vielen dank|(?:bien )?cordialement|bonne (?:journée|soirée)|merci(?: beaucoup| d['’]avance)?|(?:meilleures |sincères )?salutations|bien à vous";
/** With a name behind them at most. */
const closings = [
  new RegExp(`^(?:${thanks}|best)(?:[,!.\\s]+\\p{L}[\\p{L}.'’-]*){0,3}[\\s,.!]*$`, "iu"),
  /^(?:此致|敬礼|祝好|顺颂|顺祝|敬上|敬启|谢谢[!！。,，]?$)/u,
  /^--\s*$/,
];
const wishes = [begins(thanks), /^(?:谢谢|多谢|感谢|祝您|祝你|祝工作)/u];
export const devices =
  /^(?:sent from (?:my |outlook|mail|yahoo)|get outlook for|von meinem .+ gesendet|gesendet (?:von|mit)|发自我?的?|来自我?的?(?:iphone|手机|华为|小米))/iu;
const contacts =
  /^(?:tel|phone|fax|mobile|mob|e-?mail|mail|web|www|telefon|handy|电话|手机|邮箱|传真|地址)\s*[.:：]|https?:\/\/|^\S+@\S+\.\S+$/iu;
const sentences =
  /^(?:please|bitte|here (?:is|are)|below|attached|find (?:attached|below)|as (?:discussed|agreed|requested)|fyi|see (?:below|attached|you)|let me know|i (?:hope|have|am|will|would)|these are|this is|hier (?:ist|sind)|anbei|im anhang|以下(?:是|为)|附件(?:是|为|中)|请(?:查收|见|看|帮|安排)|如下|麻烦)(?!\p{L}*\d)/iu;
export const breaks = whole(
  "(?:lunch|coffee|tea|team|staff|clinic)?[ -]?(?:break|meeting|huddle)|lunch|(?:mittags|kaffee|früh)?pause|mittagessen|besprechung|teambesprechung|team meeting .*|free|blocked|empty|no (?:patient|appointment)s?|frei|gesperrt|leer|午休|午餐|午饭|休息|开会|例会|空|无",
);

/** What begins a line in an e-mail that quotes another. */
const quote = /^(?:>\s*)+/;
export const withoutQuote = (line: string): string => line.replace(quote, "");

/** Whether an e-mail ends with this line: behind it stands who has written it. */
export const isClosing = (line: string): boolean => {
  const text = line.normalize("NFKC").trim();
  return closings.some((form) => form.test(text));
};

/** Whether a line is an e-mail's own, and whoever is named on it is rather who writes or reads it than a patient. */
export const isOfLetter = (line: string): boolean => {
  const text = line.normalize("NFKC").trim();
  return [...closings, ...wishes, ...greetings, devices].some((form) => form.test(text));
};

/** Whether a line on which nobody was found is none of a patient either: a greeting, a heading, a break. */
export function isNoAppointment(line: string): boolean {
  const text = line.normalize("NFKC").trim();
  const own = text.slice(leadOf(text).length);
  if (breaks.test(own)) return true;
  if (isMailHead(text) || headings.some((form) => form.test(text))) return true;
  return timeOn(text).time === null && (isOfLetter(text) || contacts.test(text) || sentences.test(text));
}
