import type { AppointedPatient, ResolvedLine } from "#contract/appointments.ts";
import { nameWords } from "./terms.ts";

/** So many other lines of somebody are quoted beside one. */
const mostQuoted = 3;

const isClear = ({ isBeside, doubts, under, above }: ResolvedLine): boolean =>
  !isBeside && doubts.length + under.length + above.length === 0;

interface Named {
  text: string;
  lines: readonly ResolvedLine[];
  /** Whether whoever is named rather writes or reads the list. */
  isWriter: boolean;
}

/** Whether a line has the whole name or an ID of somebody whom it may mean. */
function isWhole({ name, partnerUid, hospitalNumber }: AppointedPatient, text: string): boolean {
  const plain = text.normalize("NFKC").toLowerCase();
  const words = new Set(nameWords(plain));
  const ids = [partnerUid, hospitalNumber].flatMap((id) => id?.toLowerCase() || []);
  return (
    ids.some((id) => plain.includes(id)) ||
    (/\p{Script=Han}/u.test(name) && plain.includes(name.normalize("NFKC"))) ||
    nameWords(name).every((word) => words.has(word))
  );
}

/** Whoever is certain on one line and asked about on another is asked about on both. */
export function saidElsewhere(read: readonly Named[], inList: readonly ResolvedLine[][]): ResolvedLine[][] {
  const asked = new Map<string, string[]>();
  for (const [place, lines] of inList.entries()) {
    const { text = "", isWriter = true } = read[place] ?? {};
    if (isWriter) continue;
    const people = lines.flatMap((line) =>
      line.exact.length > 0 && isClear(line)
        ? []
        : [...line.exact, ...line.like.filter((one) => isWhole(one, text))],
    );
    for (const id of new Set(people.map((one) => one.id))) asked.set(id, [...(asked.get(id) ?? []), text]);
  }
  return inList.map((lines) =>
    lines.map((line) => {
      const texts = isClear(line) ? line.exact.flatMap(({ id }) => asked.get(id) ?? []) : [];
      if (texts.length === 0) return line;
      const what = [...new Set(texts)].slice(0, mostQuoted).join(", ");
      return { ...line, doubts: [{ why: "elsewhere" as const, what }] };
    }),
  );
}
