import type { AppointedPatient, ResolvedLine } from "#contract/appointments.ts";
import type { LineDates } from "./line-dates.ts";

const plain = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();

export const isOneOf = (texts: readonly (string | null)[], text: string): boolean =>
  texts.some((one) => one !== null && plain(one) === plain(text));

/**
 * Of those whom a line means, who was born then; one who was born on another day is offered and not taken. Nor is
 * anybody by a name and a date that may be two days.
 */
export function bornThen(line: ResolvedLine, { texts, births, isEither }: LineDates): ResolvedLine {
  const doubted = (why: "birth" | "eitherBirth") => [...line.doubts, { why, what: texts.join(", ") }];
  const isThen = ({ dateOfBirth }: AppointedPatient) => dateOfBirth !== null && births.includes(dateOfBirth);
  const own = line.exact.filter(isThen);
  const words = line.text.split(/[\s,;，；、|()（）]+/);
  const isByName = !line.exact.some(({ partnerUid, hospitalNumber }) =>
    words.some((word) => isOneOf([partnerUid, hospitalNumber], word)),
  );
  if (isEither && isByName)
    return {
      ...line,
      doubts: doubted("eitherBirth"),
      exact: [],
      like: [...new Set([...own, ...line.exact, ...line.like])],
    };
  if (own.length > 0) return { ...line, exact: own };
  const unknown = line.exact.filter(({ dateOfBirth }) => dateOfBirth === null);
  const others = line.exact.filter(({ dateOfBirth }) => dateOfBirth !== null);
  if (others.length > 0 && unknown.length === 0) line = { ...line, doubts: doubted("birth") };
  return { ...line, exact: unknown, like: [...others, ...line.like] };
}
