import { setImmediate as nextTurn } from "node:timers/promises";
import type { ResolvedLine, ResolvedLines } from "#contract/appointments.ts";
import { bearingOf, inContext, type ListLine } from "./list-context.ts";
import { isClosing, isMailHead, isNoAppointment, isOfLetter, withoutQuote } from "./not-appointments.ts";
import { isColumnHeads, isQuiet } from "./quiet-lines.ts";
import { type Finding, resolveLine } from "./resolve-line.ts";
import { saidElsewhere } from "./said-elsewhere.ts";

/** So many lines behind the end of an e-mail are who has written it. */
const longestSignature = 6;
/** So many are offered where nobody is certain. */
const mostLike = 5;

const looksLikeId = (text: string): boolean => /^\S*\d{3,}\S*$/.test(text);

/** Whoever it means may be who writes or reads the list, and is asked about. */
const asked = (line: ResolvedLine, closing: string | null): ResolvedLine => ({
  ...line,
  exact: [],
  like: [...line.exact, ...line.like],
  under: closing === null ? [] : [closing],
});

const bareNumber = /^\d{1,2}(?=\s+\p{L}|\t)/u;

/** A number in front that does not count the lines may be an hour. */
function atNumber(line: ResolvedLine, number: number): ResolvedLine {
  const isSaid = line.doubts.some(({ why }) => why === "times");
  if (isSaid || line.time !== null || line.timeInDoubt !== null) return line;
  const what = String(number);
  return { ...line, timeInDoubt: what, doubts: [...line.doubts, { why: "time", what }] };
}

const startAndEnd =
  /(?:start|from|von|beginn|开始)(?:[- ]?(?:time|zeit)|时间)?["\s]*[\t;,|，；]["\s]*(?:end|to|bis|ende|结束)(?!\p{Ll})/iu;
const areBeside = /^"?(\d{1,2}:[0-5]\d)["\s]*[\t;,|][\s"]*(\d{1,2}:[0-5]\d)(?!\d)/u;

/** In columns of when appointments start and end the first is when somebody comes. */
function fromStart(line: ResolvedLine, text: string): ResolvedLine {
  const [, start = "", end = ""] = areBeside.exec(text) ?? [];
  const [from, to] = [start.padStart(5, "0"), end.padStart(5, "0")];
  const isSpan = line.doubts.some(({ why, what }) => why === "times" && what === `${start}, ${end}`);
  if (!isSpan || from >= to || to > "23:59") return line;
  return { ...line, time: from, doubts: line.doubts.filter(({ why }) => why !== "times") };
}

const offered = (line: ResolvedLine): ResolvedLine => ({
  ...line,
  like: line.like.slice(0, mostLike),
  likeCount: line.like.length,
});

interface ReadLine extends ListLine {
  line: string;
  ignored: readonly string[];
  isNoAppointment: boolean;
  isWriter: boolean;
}

const subject = /^(?:subject|betreff|主题)/iu;

/** Line by line, with what each is to those around it. */
async function* readLines(
  pasted: readonly string[],
  finding: Finding & { today: string },
): AsyncGenerator<ReadLine> {
  let closing: string | null = null;
  let signatureLeft = 0;
  let hasStartAndEnd = false;
  const numbers = new Set([0]);
  for (const line of pasted) {
    // Others' requests go in between.
    await nextTurn();
    const text = withoutQuote(line.trim());
    const { lines: found, ignored } = await resolveLine(text === "" ? line : text, finding);
    const number = Number(bareNumber.exec(text)?.[0] || Number.NaN);
    const isCount = numbers.has(number - 1);
    if (isCount) numbers.add(number);
    if (isColumnHeads(text)) hasStartAndEnd = startAndEnd.test(text);
    const timed = hasStartAndEnd ? found.map((one) => fromStart(one, text)) : found;
    const lines = number < 20 && !isCount ? timed.map((one) => atNumber(one, number)) : timed;
    const isPlain =
      text.split(/[\s,;]+/).every((word) => !looksLikeId(word)) && lines.every(({ time }) => time === null);
    const isSignature = signatureLeft > 0 && isPlain;
    const ending = isSignature ? closing : null;
    if (isClosing(text)) [signatureLeft, closing] = [longestSignature, text];
    else signatureLeft = isPlain ? signatureLeft - 1 : 0;
    const isAsked = isMailHead(text) || (isPlain && (isSignature || isOfLetter(text)));
    const isNameAlone = lines.every(({ exact, doubts }) => exact.length > 0 && doubts.length === 0);
    const isLetter = (isMailHead(text) && !subject.test(text)) || isQuiet(text, finding.today, false);
    yield {
      line,
      text: text === "" ? line : text,
      bearing: bearingOf(text, isSignature, { lines, lookup: finding.lookup, today: finding.today }),
      lines: isAsked ? lines.map((one) => asked(one, ending)) : lines,
      ignored,
      isNoAppointment: isSignature || isNoAppointment(text),
      isWriter: isAsked && (isSignature ? isNameAlone : isLetter),
    };
  }
}

const whatOf = ({ text, bearing }: ReadLine): ResolvedLines["notAppointments"][number]["what"] => {
  if (bearing === "time") return "time";
  return bearing === "today" || isColumnHeads(text) ? "heading" : "other";
};

/** Whom the lines of a pasted list mean, with those that are no appointments. */
export async function resolveList(
  pasted: readonly string[],
  finding: Finding & { today: string },
): Promise<(ResolvedLines & { line: string })[]> {
  const read: ReadLine[] = [];
  for await (const one of readLines(pasted, finding)) read.push(one);
  const inList = saidElsewhere(read, inContext(read, finding.today));
  const isKept = ({ bearing, isNoAppointment }: ReadLine) =>
    bearing === "entry" || (bearing === "says" && !isNoAppointment);
  const kept = inList.map((lines, place) => {
    const one = read[place];
    return one && isKept(one) ? lines.map(offered) : [];
  });
  const saidOf = (lines: readonly ResolvedLine[]) =>
    lines.flatMap(({ under, above }) => [...under, ...above]);
  const told = new Set(kept.flatMap(saidOf));
  return read.map((one, place) => {
    const { line, text, bearing, ignored } = one;
    const isTold = bearing !== "entry" && told.has(text);
    const lines = (kept[place] ?? []).filter(({ like }) => !isTold || like.length > 0);
    return {
      line,
      lines,
      ignored: lines.length > 0 ? [...ignored] : [],
      notAppointments: isTold || isKept(one) ? [] : [{ text: line, what: whatOf(one) }],
    };
  });
}
