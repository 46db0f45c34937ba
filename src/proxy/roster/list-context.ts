import type { ResolvedLine } from "#contract/appointments.ts";
import { timesIn } from "./clock-times.ts";
import { withoutDays } from "./line-dates.ts";
import { untitled } from "./line-lead.ts";
import type { LineLookup } from "./line-lookup.ts";
import { isDayAlone, isHeadingAlone, isOfToday, isQuiet, isTimeAlone } from "./quiet-lines.ts";
import { visitWords } from "./visit-words.ts";

/**
 * What a line is to those around it: somebody's own, nothing, that it is of today, a time that has nobody beside it,
 * or something said of others.
 */
type Bearing = "entry" | "quiet" | "today" | "time" | "says";

export interface ListLine {
  text: string;
  bearing: Bearing;
  lines: readonly ResolvedLine[];
}

const han = /\p{Script=Han}/u;
const doctors = /^(?:dr|prof|professor|nurse|sister|consultant|schwester|pfleger|arzt|ärztin)(?!\p{L})/iu;
const doctorsInChinese =
  /^\p{Script=Han}{1,4}\s*(?:医生|医师|大夫|主任|教授|护士长?)(?:的?(?:门诊|诊室|患者|病人|名单))?[:：]?$/u;
const isDoctors = (text: string): boolean => doctors.test(text) || doctorsInChinese.test(text);
const isId = (word: string): boolean => word.replace(/\D/g, "").length > (/\p{L}/u.test(word) ? 2 : 4);

/** Whether a line on which nobody is certain looks like one person's all the same, known here or not. */
function isSomebodys(text: string, { lines, lookup, today }: Read): boolean {
  if (/[:：]$/.test(text) || (isDoctors(text) && lines.every(({ time }) => time === null))) return false;
  const { rest } = withoutDays(text, today);
  const times = timesIn(rest);
  const own = times.reduce((left, one) => left.replace(one.text, " "), rest);
  const words = untitled(own.replace(/^\s*(?:#?\d{1,3}[.)、]?|[-*•·])\s+/u, ""))
    .split(/[\s,;|()[\]/&+，；、（）]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, ""))
    .filter((word) => word !== "" && !visitWords.has(word.toLowerCase()));
  const ids = words.filter(isId);
  const names = words.filter((word) => !/\d/.test(word));
  const isKnown = names.some((word) => lookup.isInName(word)) || lines.some(({ like }) => like.length > 0);
  const mayBeName = (word: string) =>
    han.test(word) ? [...word].length < 5 : /^\p{Lu}/u.test(word) || lookup.isInName(word);
  return (
    ids.length + names.length > 0 &&
    names.length < 7 &&
    names.every(mayBeName) &&
    (ids.length > 0 || times.length > 0 || /^\d/.test(own.trim()) || isKnown)
  );
}

interface Read {
  lines: readonly ResolvedLine[];
  lookup: Pick<LineLookup, "isInName">;
  today: string;
}

export function bearingOf(text: string, isInSignature: boolean, read: Read): Bearing {
  if (read.lines.some(({ exact }) => exact.length > 0)) return "entry";
  const plain = text.normalize("NFKC").trim();
  if (isTimeAlone(plain, read.today)) return "time";
  if (isQuiet(plain, read.today, isInSignature)) return isOfToday(plain, read.today) ? "today" : "quiet";
  return isSomebodys(plain, read) ? "entry" : "says";
}

const pointsUp =
  /[\^↑⬆☝👆]|(?<!\p{L})(?:above|previous|preceding|foregoing|oben|obige[nrs]?|vorstehende[nrs]?|vorherige[nrs]?|darüber)(?!\p{L})|以上|上述|上面|前面/iu;
const pointsDown =
  /[↓⬇👇]|(?<!\p{L})(?:below|following|rest|remaining|others|unten|folgende[nrs]?|nachstehende[nrs]?|darunter|übrige[nrs]?|restliche[nrs]?)(?!\p{L})|以下|下列|下面|其余/iu;
/** Two names or more, as of somebody who is not known here. */
const isLikeNames = (text: string): boolean => /^\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}[\p{L}'’-]*){1,3}$/u.test(text);
const isHead = (text: string): boolean => /[:：]\s*$/.test(text);
const firstWord = (text: string): string => text.toLowerCase().split(/[\s\d]/u, 1)[0] ?? "";

/** In front of a colon something that its own line is asked about may be said of the lines below too. */
function isHeadAndEntry({ text, lines }: ListLine): boolean {
  const [, front = ""] = /^([^:：]{2,60})[:：](?!\d)\s*\S/u.exec(text.normalize("NFKC")) ?? [];
  const said = lines.flatMap(({ doubts }) => doubts.map(({ what }) => what));
  return front !== "" && said.some((what) => what.split(", ").some((one) => front.includes(one)));
}

/** So many of the lines over or under somebody are told with them. */
const mostTold = 8;

/**
 * What is said of those above or below a line: whoever stands below a line that names nobody, until the next such line,
 * and whoever stands above one that has nobody below, or does not end like a heading. Another day holds through the
 * headings below it until the next day.
 */
export function inContext(list: readonly ListLine[], today: string): ResolvedLine[][] {
  const under = new Map<ListLine, string[]>();
  const above = new Map<ListLine, string[]>();
  const isOtherDay = (text: string) => withoutDays(text.normalize("NFKC"), today).others.length > 0;
  const isClearHead = (text: string, others: readonly string[]) =>
    isLikeNames(text) ||
    isDayAlone(text, today) ||
    (isHeadingAlone(text, today) &&
      (isHead(text) ||
        doctorsInChinese.test(text) ||
        others.some((one) => firstWord(one) === firstWord(text))));
  let heads: string[] = [];
  let block: ListLine[] = [];
  let run: ListLine[] = [];
  let time: string | null = null;

  const sayAbove = (text: string) => {
    for (const one of block) above.set(one, [...(above.get(one) ?? []), text].slice(0, mostTold));
  };
  /** A line or several that name nobody are over: what they say holds for whoever is next. */
  function close(isBelow: boolean) {
    if (run.length === 0) return;
    for (const { text, bearing } of run)
      if (bearing === "says" && (!isBelow || pointsUp.test(text) || !isClearHead(text, heads)))
        sayAbove(text);
    const lastToday = run.findLastIndex(({ bearing }) => bearing === "today");
    const said = run
      .filter((one, place) => one.bearing === "says" && (place > lastToday || !isDayAlone(one.text, today)))
      .map(({ text }) => text);
    const isOfDay = lastToday >= 0 || said.some(isOtherDay);
    const kept = heads.filter((text) =>
      isOfDay ? said.length === 0 && !isOtherDay(text) : isOtherDay(text),
    );
    heads = [...kept, ...said].slice(-mostTold);
    block = [];
    run = [];
    time = null;
  }

  for (const line of list) {
    const { bearing, text, lines } = line;
    if (bearing === "says" || bearing === "today") run.push(line);
    else if (bearing === "time") time = text;
    else if (bearing === "entry") {
      close(true);
      const isTimed = lines.some((one) => one.time !== null);
      if (isTimed) time = null;
      under.set(line, time === null ? heads : [...heads, time]);
      const isAsked = lines.some(({ doubts }) => doubts.length > 0);
      if (isAsked && (isHead(text) || pointsUp.test(text))) sayAbove(text);
      block.push(line);
      if (isHeadAndEntry(line) || (isAsked && (isHead(text) || pointsDown.test(text)))) {
        heads = [text];
        block = [];
      }
    }
  }
  close(false);
  return list.map((line) =>
    line.lines.map((one) => ({
      ...one,
      under: [...new Set([...one.under, ...(under.get(line) ?? [])])],
      above: above.get(line) ?? [],
    })),
  );
}
