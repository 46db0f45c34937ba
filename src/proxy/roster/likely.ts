import type { Patient } from "#contract/patient.ts";
import type { LineLookup } from "./line-lookup.ts";
import { sameName } from "./same-name.ts";
import { nameWords, searchWords } from "./terms.ts";
import { visitWords } from "./visit-words.ts";

/** More are not brought into an order: whoever is meant is found by more of their name. */
const mostOrdered = 500;
/** So many of those are compared letter by letter. */
const mostCompared = 50;
const mostWords = 24;

const byName = new Intl.Collator("en", { sensitivity: "base" });

/** What of a text may be a name, as searches compare it. */
export const namePartsOf = (text: string): string[] =>
  searchWords(text).filter((word) => !/\d/.test(word) && !visitWords.has(word));

/** Those most like the text first: who may be called so, whose words these are, then by name. */
export function mostLikely<T extends Pick<Patient, "id" | "name">>(text: string, people: readonly T[]): T[] {
  const sought = namePartsOf(text).slice(0, mostWords);
  const isFew = people.length <= mostCompared;
  const ranked = [...new Map(people.map((one) => [one.id, one])).values()]
    .slice(0, mostOrdered)
    .map((patient) => {
      const own = nameWords(patient.name);
      const whole = sought.filter((word) => own.includes(word)).length;
      const begun = sought.filter((word) => own.some((one) => one.startsWith(word))).length;
      const isSame = isFew && sought.length > 1 && sameName(sought.join(" "), patient.name) !== "other";
      return { patient, rank: (isSame ? 100 : 0) + 2 * whole + begun };
    })
    .sort((a, b) => b.rank - a.rank || byName.compare(a.patient.name, b.patient.name));
  return [...ranked.map(({ patient }) => patient), ...people.slice(mostOrdered)];
}

/** Who writes a line of a chat, and what they write. */
const chatLine =
  /^(?:\[[^\]]{6,40}\]\s*|[\d./-]{6,10},? \d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\.?)? ?[-–] )?(\p{L}[^:：\d]{0,40})[:：]\s+(\S.*)$/iu;

/** Who is named by one word of what somebody writes in a chat; nobody on any other line. */
export function mentionedIn<T>(
  line: string,
  lookup: Pick<LineLookup, "isInName"> & { begun: (words: readonly string[]) => readonly T[] },
): T[] {
  const [, , message = ""] = chatLine.exec(line.normalize("NFKC")) ?? [];
  const words = message.split(/[^\p{L}\p{M}'’-]+/u).slice(0, mostWords);
  return words
    .filter((word) => /^\p{Lu}/u.test(word) && !visitWords.has(word.toLowerCase()) && lookup.isInName(word))
    .flatMap((word) => [...lookup.begun(searchWords(word))]);
}
