import type { ResolvedLine, ResolvedLines } from "#contract/appointments.ts";
import { isClosing, isMailHead, isNoAppointment, isOfLetter, withoutQuote } from "./not-appointments.ts";
import { type Finding, resolveLine } from "./resolve-line.ts";

/** So many lines behind the end of an e-mail are who has written it. */
const longestSignature = 6;

const looksLikeId = (text: string): boolean => /^\S*\d{3,}\S*$/.test(text);

/** Whoever it means may be who writes or reads the list, and is asked about. */
const asked = (line: ResolvedLine): ResolvedLine => ({
  ...line,
  exact: [],
  like: [...line.exact, ...line.like],
});

const bareNumber = /^\d{1,2}(?=\s+\p{L}|\t)/u;

/** A number in front that does not count the lines may be an hour. */
function atNumber(line: ResolvedLine, number: number): ResolvedLine {
  const isSaid = line.doubts.some(({ why }) => why === "times");
  if (isSaid || line.time !== null || line.timeInDoubt !== null) return line;
  const what = String(number);
  return { ...line, timeInDoubt: what, doubts: [...line.doubts, { why: "time", what }] };
}

/** Whom the lines of a pasted list mean, line by line, with those that are no appointments. */
export async function* resolveList(
  pasted: readonly string[],
  finding: Finding & { today: string },
): AsyncGenerator<ResolvedLines & { line: string }> {
  let signatureLeft = 0;
  const numbers = new Set([0]);
  for (const line of pasted) {
    const text = withoutQuote(line.trim());
    const { lines: found, ignored } = await resolveLine(text === "" ? line : text, finding);
    const number = Number(bareNumber.exec(text)?.[0] || Number.NaN);
    const isCount = numbers.has(number - 1);
    if (isCount) numbers.add(number);
    const lines = number < 20 && !isCount ? found.map((one) => atNumber(one, number)) : found;
    const isNobody = lines.every(({ exact }) => exact.length === 0);
    const isPlain =
      text.split(/[\s,;]+/).every((word) => !looksLikeId(word)) && lines.every(({ time }) => time === null);
    const isSignature = signatureLeft > 0 && isPlain;
    signatureLeft = isClosing(text) ? longestSignature : isPlain ? signatureLeft - 1 : 0;
    if (isNobody && (isSignature || isNoAppointment(text)))
      yield { line, lines: [], ignored: [], notAppointments: [line] };
    else if (isMailHead(text) || (isPlain && (isSignature || isOfLetter(text))))
      yield { line, lines: lines.map(asked), ignored, notAppointments: [] };
    else yield { line, lines, ignored, notAppointments: [] };
  }
}
