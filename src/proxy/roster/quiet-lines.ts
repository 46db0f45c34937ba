import { timesIn } from "./clock-times.ts";
import { withoutDays } from "./line-dates.ts";
import { leadOf } from "./line-lead.ts";
import { breaks, devices, greetingWords, partOfDay, thanks } from "./not-appointments.ts";

const plainOf = (line: string): string => line.normalize("NFKC").trim();
const outerMarks = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;

const addressee =
  /^(?:all|both|everyone|everybody|team|there|colleagues?|nurses?|sisters?|doctors?|dr|mrs?|ms|prof|and|und|an|alle|zusammen|schwester|pfleger|frau|herr|kollegen|kolleginnen|madame|monsieur|mme|docteure?|à|a|tous|toutes|et|again|very|so|much|a|lot|in|advance|\p{L})$/iu;
/** Of names in capitals alone it cannot be told that they are names. */
const name = /^(?!\p{Lu}{3})\p{Lu}[\p{L}'’]*$/u;
const areNames = (text: string): boolean => {
  const words = text.split(/[\s,.;!&+-]+/).filter(Boolean);
  return words.length < 6 && words.every((word) => addressee.test(word) || name.test(word));
};

const letterWords = new RegExp(`^(?:${greetingWords}|${thanks}|best)(?![\\p{L}\\p{M}'’-])`, "iu");
const chineseLetter =
  /^(?:您好|你好|大家好|各位(?:老师|同事|医生)?(?:好|您好)?|(?:尊敬|亲爱)的.{0,6}|.{1,6}(?:护士|医生|主任|老师),?(?:您好|你好)|(?:早上|上午|下午|晚上)好|此致|敬礼|此致\s*敬礼|祝好|敬上|敬启|(?:谢谢|多谢|感谢)(?:您|你|大家|各位|.{1,2}(?:护士|医生|老师|主任))?)$/u;

/** A greeting or the end of a letter, with names at most. */
function isOfLetterAlone(text: string): boolean {
  const words = text.replace(outerMarks, "");
  const begun = letterWords.exec(words)?.[0];
  return begun === undefined ? chineseLetter.test(words) : areNames(words.slice(begun.length));
}

const columnNames =
  /^(?:#|no|nr|time|start|end|date|name|first ?name|last ?name|surname|forename|patient(?: ?(?:name|id))?|id|dob|date of birth|birth ?date|born|sex|gender|age|phone|mobile|room|clinic|doctor|clinician|provider|reason|type|status|duration|notes?|comments?|hospital (?:number|no)|nhs(?: ?number| ?no)?|mrn|uhrzeit|zeit|von|bis|datum|nachname|vorname|patienten(?:name|nummer)|geburtsdatum|geb|telefon|raum|zimmer|arzt|grund|bemerkung|时间|姓名|患者|患者姓名|编号|病历号|出生日期|性别|年龄|电话|日期|备注|序号|医生|诊室|状态|类型)\.?$/iu;
const cellMarks = /[\t;,|，；、]|\s{2,}/u;

/** Whether a line has the heads of columns: half of its cells at least, and no number. */
export function isColumnHeads(line: string): boolean {
  const cells = plainOf(line)
    .split(cellMarks)
    .map((cell) => cell.replace(/^["'\s]+|["'\s]+$/g, ""))
    .filter(Boolean);
  const known = cells.filter((cell) => columnNames.test(cell)).length;
  return known > 1 && known * 2 >= cells.length && !/\d/.test(line);
}

const listWords =
  /(?<!\p{L})(?:lists?|clinic|appointments?|patients?|schedule|today(?:['’]s)?|the|for|on|of|my|our|your|this|am|für|vom|der|die|termine?|terminliste|patienten|patientenliste|sprechstunde|heute|heutige|meine|unsere|date|datum|pm|aujourd['’]hui|le|rendez-vous)(?!\p{L})|今[日天]|预约|名单|列表|患者|门诊|日期|的|我/giu;
const partsOfDay = new RegExp(`(?<!\\p{L})(?:${partOfDay})(?!\\p{L})|上午|下午|早上|晚上`, "giu");
const addresses =
  /^(?:from|to|cc|bcc|reply-to|importance|attachments?|an|von|anhang|发件人|收件人|抄送|附件)\s*[:：]/iu;
const mailDates =
  /^(?:sent|gesendet|发送时间)\s*[:：]|^(?:on|am) .+ (?:wrote|schrieb)(?: .+)?:$|^.*写道[:：]$/iu;
const subject = /^(?:subject|betreff|主题|date|datum|日期)\s*[:：]/iu;
const clipped =
  /^(?:page \d+(?: of \d+)?|seite \d+(?: von \d+)?|第\s*\d+\s*页(?:.*共\s*\d+\s*页)?|(?:total|in total|summe|gesamt|合计|总计|共)[:：]? ?\d+ ?(?:patients?|appointments?|patienten|termine|人|位|位患者)?|[-_=*\s]*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|原始邮件|转发邮件)[-_=*\s]*)[.:]?$/iu;
const contact =
  /^(?:(?:tel|phone|fax|mobile|mob|telefon|handy|电话|手机|传真)\s*[.:：]*\s*[+\d][\d\s()/.-]*|(?:(?:e-?mail|mail|web|www|邮箱)\s*[.:：]\s*)?(?:https?:\/\/\S+|\S+@\S+\.\S+))$/iu;
const lunch = /^(?:lunch|mittag|kaffee|coffee|tea|(?:früh)?pause|午)/iu;
const signed = /^(?!ps|p\.s)(?:[\p{Lu}\d][\p{L}\p{N}.'’-]*|of|and|for|the|und|für|der|[&|,/–-]+)$/u;
const chineseSigned = /^[\p{Script=Han}\s]{0,12}(?:科|院|护士|医生|主任|室|门诊|病区|老师)$/u;

/** Of the words of a line those that say more than that it is of today, or a list; and whether it is of today. */
function beyondToday(line: string, today: string) {
  const text = plainOf(line);
  const { rest, others } = withoutDays(text, today);
  const words = rest.replace(listWords, "\n").replace(outerMarks, "");
  const isOfToday =
    others.length === 0 && (rest !== text || /today|heute|aujourd['’]hui|今[日天]/iu.test(text));
  return { words, others, isOfToday };
}

/** Whether a line says that it is of today, and nothing else. */
export const isOfToday = (line: string, today: string): boolean => {
  const { words, isOfToday: isSaid } = beyondToday(line, today);
  return isSaid && words === "";
};

/** Whether a line is nothing but a day that is not today, or a part of one. */
export const isDayAlone = (line: string, today: string): boolean =>
  beyondToday(line, today).words.replace(partsOfDay, "").replace(outerMarks, "") === "";

const ofThose =
  /(?<!\p{L})(?:these|those|both|they|all|diese|jene|beide|alle|ces|這|这|那些|全部|两位)(?!\p{Ll})/iu;

/** Whether a line that names nobody is no more than a heading: a sentence may say something of those above it too. */
export function isHeadingAlone(line: string, today: string): boolean {
  const { words } = beyondToday(line, today);
  const [latin, han] = [words.split(/[^\p{L}\p{M}\p{N}'’.&/-]+/u), words.match(/\p{Script=Han}/gu) ?? []];
  return latin.length < 4 && han.length < 9 && !/[,;!?。]/.test(words) && !ofThose.test(words);
}

/** Whether a line has times of day, and besides them days of today at most. */
export function isTimeAlone(line: string, today: string): boolean {
  const { words, others } = beyondToday(line, today);
  const times = timesIn(words);
  const rest = times.reduce((left, { text }) => left.replace(text, ""), words);
  return times.length > 0 && others.length === 0 && rest.replace(outerMarks, "") === "";
}

/**
 * Whether a line on which nobody is named says nothing of others': a greeting, the heads of columns, the day that
 * is today. Anything else in it, and it may say something of everybody around it.
 */
export function isQuiet(line: string, today: string, isInSignature: boolean): boolean {
  const text = plainOf(line);
  const own = text.slice(leadOf(text).length);
  if (!/[\p{L}\p{N}]/u.test(text)) return /^(?!.*[?†‡※])[\p{P}\s=~+|<>]+$/u.test(text);
  if (isOfLetterAlone(text) || isColumnHeads(text) || clipped.test(text) || contact.test(text)) return true;
  if (breaks.test(own) && (own !== text || (lunch.test(own) && !text.endsWith(":")))) return true;
  if (mailDates.test(text)) return true;
  const { words, others } = beyondToday(text.replace(subject, ""), today);
  const isMail = addresses.test(text) || (devices.test(text) && text.split(/\s+/).length < 7);
  if (others.length > 0) return false;
  const said = /^(?:date|datum|日期)/iu.test(text)
    ? timesIn(words)
        .reduce((left, one) => left.replace(one.text, ""), words)
        .replace(outerMarks, "")
    : words;
  if (isMail || said === "") return true;
  const isSigned =
    text.split(/\s+/).length < 8 &&
    text.split(/\s+/).every((word) => signed.test(word.replace(/[,.;:]$/, "")));
  return isInSignature && ((isSigned && !/^\P{Ll}+$/u.test(text)) || chineseSigned.test(text));
}
