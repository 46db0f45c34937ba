import type { AppointedPatient, AppointmentDoubt } from "#contract/appointments.ts";
import { hourNamed, timesIn } from "./clock-times.ts";
import { withoutDays } from "./line-dates.ts";
import { bareName, leadOf, timeOn } from "./line-lead.ts";
import type { LineLookup } from "./line-lookup.ts";
import { searchWords } from "./terms.ts";
import { visitWords } from "./visit-words.ts";

/** Words beside a patient that change nothing of whether and when they come. */
const neutralWords = new Set([
  ...visitWords,
  ...`a the and in on for from around about ca gegen ab am im der die das zum zur und today heute aujourd'hui aujourd’hui patients
  patienten date of birth number id nr hospital mrn tel mobile email check-up follow-up clock o'clock hcl t1
  t2 t1d t2d neuer neues`.split(/\s+/),
]);
/** Somebody's trade, and what is to be done rather than who comes. */
for (const word of ["nurse", "call", "urgent", "results", "blood", "befund", "blut"])
  neutralWords.delete(word);

const neutralInChinese =
  /先生|女士|小姐|太太|老师|医生|教授|阿姨|叔叔|复诊|复查|初诊|随访|门诊|就诊|预约|患者|今[天日]|姓名|时间|出生|生日|年度|检查|培训|传感器|电话|视频|诊室|胰岛素|装泵|换泵|新患?|泵|号|左右|于|在|的|钟/gu;
const places =
  /(?<!\p{L})(?:room|rm|clinic|ward|bed|desk|type|typ|zimmer|raum|no\.?|nr\.?) ?[a-z]?\d{1,3}[a-z]?(?![\p{L}\d:.])|(?:phone|video)[- ]?calls?(?!\p{L})|诊室 ?\d{1,3}|\d{1,3} ?号?诊室/giu;
const numbering = /^\s*(?:(?:#|no\.? ?|nr\.? ?)?\d{1,3}[.)、](?!\d)|\d{1,3}(?=\s*\n|\t)|[-*•·](?=\s))/iu;
const marks = /[\n\t;,、|()[\]【】<>"“”„«»*•·/&+?!。…]|:(?!\d)|(?<!\d):|[–—]|\s-+(?=\s|$)|^-|\.(?=\s|$)/u;
/** Whatever is neither plain punctuation nor a tick may ask about whoever it stands beside, or strike them out. */
const signs = /(?:(?![-–—•·*.,:;|/"'`´“”„‚‘’«»‹›()[\]{}<>&+!#@_=✓✔☑✅。、「」《》])[\p{P}\p{S}])+|\/{2,}/gu;
/** In brackets, with an age at most. */
const sex =
  /\(\s*(?:m|f|male|female|männlich|weiblich|男|女)(?:[\s,/]*\d{1,3} ?(?:y(?:rs?|ears?)?|j(?:ahre?)?|岁)?)?\s*\)/giu;
const bullet = /^\s*[●○◦▪▫■‣⁃∙◆➢➤►](?=\s?[\p{L}\p{N}])/u;
/** Around, or about a time of day. */
const aboutTime = /^([^~]*)~(?= ?\d)(?=[^~]*$)/u;
const struck = /(?:\S[\u0335-\u0338]+\s*)+/gu;

/** What may strike out the whole of a line: a stroke through its letters, or brackets around it. */
function struckOut(line: string): string[] {
  const letters = line.match(struck)?.map((one) => one.trim()) ?? [];
  const own = line.slice(leadOf(line).length).replace(/[\s.,;]+$/, "");
  const isInBrackets =
    /^(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^[\]]*\]|【[^【】]*】|\{[^{}]*\}|\([^()]*|[^()]*\))$/u.test(own);
  return isInBrackets ? [...letters, `${own[0]}…${own.at(-1)}`] : letters;
}

const compact =
  /(?<![\p{L}\d-])((?:[01]\d|2[0-3])[0-5]\d)(?: ?[-–—~] ?(?:[01]\d|2[0-3])[0-5]\d)?( ?(?:hrs?|hours?|uhr|h))?(?![\p{L}\d-])/giu;
/** 1955 is rather the year of a birth than five to eight in the evening. */
const isYear = (text: string): boolean => /^(?:19|20[0-5])/.test(text);
const spanInWords = /(?:to|until|till|bis|至|到)/iu;
const loneNumber = /(?<![\p{L}\d.+])\d{1,4}(?!\d|[.,]\d)/u;

/** A line of two hundred characters may be a hundred words. */
const mostWords = 24;

interface OnLine {
  people: readonly AppointedPatient[];
  /** What of it is told elsewhere. */
  told: readonly string[];
  lookup: LineLookup;
  /** The number and the times in front. */
  lead: string;
  today: string;
}

export interface LeftOver {
  time: string | null;
  timeInDoubt: string | null;
  doubts: AppointmentDoubt[];
  /** What is neither of a person nor a time or a day, nor changes anything. */
  words: string[];
}

/** Without the IDs, telephone numbers and names of the people, with marks in their places. */
function withoutPeople(line: string, { people, told, lookup }: OnLine): string {
  const isOne = (row: { id: string }) => people.some(({ id }) => id === row.id);
  const phones = people
    .flatMap(({ partnerUid }) => lookup.withId(partnerUid))
    .flatMap(({ phone }) => phone?.replace(/\D/g, "") || []);
  const names = people.map(({ name }) => name.normalize("NFKC"));
  let rest = [...told, ...names.filter((name) => /\p{Script=Han}/u.test(name))]
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, one) => (one === "" ? text : text.replaceAll(one, "\n")), line);
  rest = rest
    .replace(/[^\s,;|()[\]、]+/gu, (word) =>
      /\d/.test(word) && lookup.withId(word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")).some(isOne)
        ? "\n"
        : word,
    )
    .replace(/\+?\d[\d ()/-]{5,}\d/g, (number) => {
      const digits = number.replace(/\D/g, "").replace(/^0+/, "");
      return digits.length > 6 && phones.some((phone) => phone.endsWith(digits)) ? "\n" : number;
    });
  const words = [...rest.matchAll(/[\p{L}\p{M}\p{N}'‘’´`.-]+/gu)]
    .filter(([word]) => !/\d/.test(word))
    .slice(0, mostWords);
  const texts = words.map(([word]) => bareName(word).replace(/^[.-]+|[.-]+$/g, ""));
  const own = new Set<number>();
  for (const { from, to, people: called } of lookup.namesIn(texts))
    if (called.some(isOne)) for (let place = from; place < to; place += 1) own.add(place);
  if (own.size === 0) {
    // Only a part of the name, beside an ID.
    const parts = new Set(names.flatMap(searchWords));
    for (const [place, text] of texts.entries())
      if (text !== "" && searchWords(text).every((part) => parts.has(part))) own.add(place);
  }
  const spans = words.flatMap(({ 0: word, index }, place) => (own.has(place) ? { index, word } : []));
  for (const { index, word } of spans.toReversed())
    rest = `${rest.slice(0, index)}\n${rest.slice(index + word.length)}`;
  return rest;
}

const isNeutral = (word: string): boolean =>
  neutralWords.has(word.toLowerCase()) ||
  word.toLowerCase().replace(/\.$/, "") === "" ||
  (/\p{Script=Han}/u.test(word) && word.replace(neutralInChinese, "") === "");

/** What is left between the marks, without the neutral words at its ends. */
function wordsLeft(text: string): string[] {
  const left = text
    .replace(places, "\n")
    .replace(signs, "\n")
    .split(marks)
    .flatMap((part) => {
      const words = part
        .split(/\s+/)
        .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, ""))
        .filter(Boolean);
      const from = words.findIndex((word) => !isNeutral(word));
      const to = words.findLastIndex((word) => !isNeutral(word));
      return from < 0 ? [] : words.slice(from, to + 1).join(" ");
    });
  return [...left, ...(text.match(signs) ?? [])];
}

/** When a line says its patient comes, and what it says besides who and when. */
export function leftOver(line: string, on: OnLine): LeftOver {
  const plain = line.normalize("NFKC");
  const read = plain
    .replace(/[\u0335-\u0338\uFE0E\uFE0F]/gu, "")
    .replace(bullet, " ")
    .replace(sex, " ")
    .replace(aboutTime, "$1 ");
  const { rest: undated, others } = withoutDays(withoutPeople(read, on), on.today);
  const said = timeOn(undated, on.lead);
  const found = timesIn(undated);
  let rest = found.reduce((text, one) => text.replace(one.text, "\n"), undated);
  const times = found.map(({ text, clock }) => ({ text: text.trim(), time: clock.time }));
  let { time, doubt } = said;
  rest = rest.replace(compact, (text: string, start: string, unit: string | undefined) => {
    const isLead = on.lead.includes(text);
    if (isYear(start) && !unit && !isLead) return text;
    times.push({ text, time: start.replace(/^../, "$&:") });
    return "\n";
  });
  if (time === null && times.length > 0) ({ time, doubt } = { time: times[0]?.time ?? null, doubt: null });
  rest = rest.replace(numbering, "\n");
  let words = wordsLeft(rest);
  const [number = ""] = words;
  const hour = hourNamed(number);
  if (time === null && doubt === null && words.length === 1 && hour >= 7 && hour < 20) {
    time = `${String(hour).padStart(2, "0")}:00`;
    doubt = number;
    words = [];
  }
  const isMoved =
    words.length > 0 && found.some(({ text }) => spanInWords.test(text) && timesWithin(text) > 1);
  const isSeveral = new Set(times.map((one) => one.time)).size > 1 || isMoved;
  const unread = time === null && !isSeveral ? (clean(doubt) ?? numberIn(words)) : null;
  const other = [...struckOut(plain), ...words.filter((word) => !unread?.includes(word))];
  const quoted = (all: readonly string[]) => [...new Set(all)].join(", ");
  return {
    time: isSeveral ? null : time,
    timeInDoubt: isSeveral ? null : (unread ?? doubt),
    doubts: [
      ...(other.length > 0 ? [{ why: "words" as const, what: quoted(other) }] : []),
      ...(isSeveral ? [{ why: "times" as const, what: quoted(times.map(({ text }) => text)) }] : []),
      ...(others.length > 0 ? [{ why: "day" as const, what: quoted(others) }] : []),
      ...(unread !== null ? [{ why: "time" as const, what: unread }] : []),
    ],
    words,
  };
}

/** From the first number to the last that may be a time: "9-ish or 10". */
const numberIn = (words: readonly string[]): string | null => {
  const word = words.find((one) => loneNumber.test(one));
  return (word && /(?<!\S)\S*\d(?:.*\d)?\S*/u.exec(word)?.[0]) ?? null;
};

const clean = (text: string | null): string | null => text?.replace(/\s+/g, " ").trim() ?? null;

/** How many times stand in a span: "from 9:00 to 11:30" may be when somebody came before, and when they come now. */
const timesWithin = (text: string): number =>
  text.split(spanInWords).filter((part) => /\d|[一二两三四五六七八九十]/.test(part)).length;
