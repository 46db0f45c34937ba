import type { AppointedPatient, ResolvedLine, ResolvedLines } from "#contract/appointments.ts";
import { readCalendarDate } from "#contract/calendar-date.ts";
import type { Patient } from "#contract/patient.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { bornThen, isOneOf } from "./born-then.ts";
import { leftOver } from "./left-over.ts";
import { mentionedIn, mostLikely, namePartsOf } from "./likely.ts";
import { birthDatesIn, withoutDates } from "./line-dates.ts";
import { bareName, isDayOrTime, leadOf } from "./line-lead.ts";
import type { LineLookup } from "./line-lookup.ts";
import { partsOf } from "./line-parts.ts";
import { sameName } from "./same-name.ts";
import { nameKeys, nameWords, searchWords } from "./terms.ts";
import { whoIsWithin } from "./within-line.ts";

const digitsOf = (text: string): string => text.normalize("NFKC").replace(/\D/g, "");

/** Of those who are only nearly called so, more are not looked for. */
const mostNear = 100;

/** Those of a line that was copied out of a table, or has several patients. */
const cellsOf = (line: string): string[] =>
  [...new Set(line.split(/[\t;,，；、|]/).map((cell) => cell.trim()))].filter((cell) => cell !== "");

const hasId = ({ partnerUid, hospitalNumber, merged }: ListedPatient, text: string): boolean =>
  isOneOf([partnerUid, hospitalNumber, ...merged.map((one) => one.partnerUid)], text);

/** Whose name it is but for accents, marks and the order of words; a Chinese one in pinyin too. */
const isNamed = ({ name, merged }: ListedPatient, sought: readonly string[]): boolean =>
  [name, ...merged.map((one) => one.name)].some((one) =>
    nameKeys(one).own.some((key) => key !== "" && sought.includes(key)),
  );

/** A patient of today's appointments, as they are shown. */
export const appointedOf = ({
  id,
  name,
  partnerUid,
  dateOfBirth,
  hospitalNumber,
  archivedAtMs,
}: Patient): AppointedPatient => ({
  id,
  name,
  partnerUid,
  dateOfBirth,
  hospitalNumber,
  isArchived: archivedAtMs !== null,
});

const isNobodys = (text: string): boolean =>
  readCalendarDate(text) !== null ||
  /^;+$/.test(withoutDates(text.normalize("NFKC")).replace(/\s/g, "")) ||
  isDayOrTime(text) ||
  (/^[\d\s:：.\-–—~/]*\d{1,2}[:：]\d{2}[\d\s:：.\-–—~/]*$/.test(text) && !/\d{5}/.test(text));

const looksLikeId = (text: string): boolean => /^\S{4,}$/.test(text) && /\d/.test(text);

const isPhoneOf = ({ phone }: ListedPatient, text: string): boolean =>
  phone !== null && digitsOf(text).length >= 7 && digitsOf(phone).endsWith(digitsOf(text));

interface Cell {
  text: string;
  exact: readonly ListedPatient[];
  like: readonly ListedPatient[];
}

interface Found {
  text: string;
  exact: readonly Patient[];
  like: readonly Patient[];
}

const toLine = ({ text, exact, like }: Found, isBeside = false): ResolvedLine => ({
  text,
  exact: exact.map(appointedOf),
  like: like.map(appointedOf),
  likeCount: like.length,
  isBeside,
  under: [],
  above: [],
  time: null,
  timeInDoubt: null,
  doubts: [],
});

/**
 * Of those whom a part of a name finds, who may have the whole of it; of a family name in front of a comma, whoever
 * has it too.
 */
function mayBeCalled<T extends Patient>(text: string, found: readonly T[]): readonly T[] {
  const [, family = ""] = /^([^\d,，;\t|]+)[,，]\s*[^\d,，;\t|]+$/.exec(text) ?? [];
  if (family === "") return found;
  const families = nameWords(family);
  return found.filter(
    ({ name }) => sameName(text, name) !== "other" || nameWords(name).some((word) => families.includes(word)),
  );
}

/** Cells in their order; two of one person, such as both of their IDs, are one. */
function withoutRepeats(cells: readonly Cell[]): Cell[] {
  const seen = new Set<string>();
  return cells.filter(({ exact }) => {
    const isNew = exact.some(({ id }) => !seen.has(id));
    for (const { id } of exact) seen.add(id);
    return isNew;
  });
}

type Meant = Pick<ResolvedLines, "lines" | "ignored">;

export interface Finding {
  search: (q: string, archived: boolean) => Promise<readonly ListedPatient[]>;
  lookup: LineLookup;
}

/**
 * Whom a pasted line means: whose ID or name the whole of it is; else, without the number and times at its
 * beginning, everybody whose ID is a cell of it, or a word of a cell that has nothing but IDs; else whose name
 * the first such cell is; else whose ID or whole name stands among its words.
 */
export async function resolveLine(line: string, finding: Finding & { today: string }): Promise<Meant> {
  const parts = partsOf(line, finding.lookup);
  const [only = line] = parts;
  if (parts.length < 2) return resolvePart(only, finding);
  const found: Meant[] = [];
  for (const part of parts) found.push(await resolvePart(part, finding));
  const lines = found.flatMap(({ lines }) => lines.map((one) => ({ ...one, isBeside: true })));
  // A time in front of several people is everybody's.
  const [first, ...others] = lines.map(({ time, timeInDoubt }) => ({ time, timeInDoubt }));
  const isShared =
    first &&
    leadOf(line) !== "" &&
    others.every(({ time, timeInDoubt }) => time === null && timeInDoubt === null);
  return {
    lines: isShared ? lines.map((one) => ({ ...one, ...first })) : lines,
    ignored: found.flatMap(({ ignored }) => ignored),
  };
}

async function resolvePart(line: string, { today, ...finding }: Finding & { today: string }): Promise<Meant> {
  const { lines: found, ignored, lead } = await whoIsMeant(line, finding);
  const isOther = ({ text, exact, like }: ResolvedLine) =>
    text !== line.trim() && (exact.length > 0 || like.length === 0);
  const { time, timeInDoubt, doubts, words } = leftOver(line, {
    people: found.flatMap(({ exact, isBeside, like }) =>
      isBeside || exact.length === 0 ? [...exact, ...like.slice(0, mostNear)] : exact,
    ),
    told: found.length > 1 ? found.filter(isOther).map(({ text }) => text) : [],
    lookup: finding.lookup,
    lead,
    today,
  });
  const isAsked = (one: ResolvedLine) => one.exact.length > 0;
  const lines = found.map((one) => ({
    ...one,
    time,
    timeInDoubt,
    // Where nobody is certain the name itself would be left over.
    doubts: doubts.filter(({ why }) => isAsked(one) || why === "times" || why === "day"),
  }));
  const names = new Set(found.flatMap(({ exact }) => exact.flatMap(({ name }) => searchWords(name))));
  const isOfName = (text: string) => searchWords(text).every((word) => names.has(word));
  // What is left over is told with whom it stands beside.
  const others = lines.some(isAsked)
    ? ignored.filter(
        (text) => text !== timeInDoubt && !isOfName(text) && words.every((word) => !text.includes(word)),
      )
    : ignored;
  const dates = birthDatesIn(line, today);
  const main = lines.filter(({ isBeside }) => !isBeside);
  if (dates.births.length === 0 || main.length !== 1) return { lines, ignored: others };
  return {
    lines: lines.map((one) => (one.isBeside ? one : bornThen(one, dates))),
    ignored: others.filter((text) => birthDatesIn(text, today).births.length === 0),
  };
}

async function whoIsMeant(line: string, { search, lookup }: Finding): Promise<Meant & { lead: string }> {
  /** Who is called so, and who is found by it. */
  async function calledSo(text: string, archived: boolean) {
    const found = await search(text, archived);
    const withId = found.filter((patient) => hasId(patient, text));
    if (withId.length > 0) return { exact: withId, found };
    const { sought } = nameKeys(text);
    return { exact: found.filter((patient) => isNamed(patient, sought)), found };
  }

  async function lookUp(text: string): Promise<Cell> {
    const texts = [...new Set([text, bareName(text)])].filter((one) => one !== "");
    let like: readonly ListedPatient[] = [];
    for (const archived of [false, true])
      for (const one of texts) {
        const { exact, found } = await calledSo(one, archived);
        if (exact.length > 0) return { text, exact, like: [] };
        if (!archived && like.length === 0) like = found;
      }
    return { text, exact: [], like };
  }

  /** Several IDs with blanks between them: null where one of the words is none. */
  async function idsIn(text: string): Promise<Cell[] | null> {
    const ids: Cell[] = [];
    const words = text.split(/\s+/);
    if (words.length === 1) return null;
    for (const word of words) {
      const cell = await lookUp(word);
      if (!cell.exact.some((patient) => hasId(patient, word))) return null;
      ids.push(cell);
    }
    return ids;
  }

  /** The number, the day and the times in front, unless they are somebody. */
  async function ownLead(text: string): Promise<string> {
    const lead = leadOf(text);
    const isSomebody = lead !== "" && (await lookUp(lead.replace(/[\s,;，；、|]+$/, ""))).exact.length > 0;
    return isSomebody ? "" : lead;
  }

  const text = line.trim();
  const whole = await lookUp(text);
  if (whole.exact.length > 0) return { lines: [toLine(whole)], ignored: [], lead: "" };
  const lead = await ownLead(text);
  const own = text.slice(lead.length);
  const named = await lookUp(own);
  if (named.exact.length > 0) return { lines: [toLine({ ...named, text })], ignored: [], lead };
  const cells: Cell[] = [];
  for (const part of cellsOf(own)) {
    const cell = await lookUp(part);
    cells.push(...((cell.exact.length === 0 && (await idsIn(part))) || [cell]));
  }
  const withId = cells.filter(({ text, exact }) => exact.some((patient) => hasId(patient, text)));
  const main = withId.length > 0 ? withId : cells.filter(({ exact }) => exact.length > 0).slice(0, 1);
  if (main.length === 0) {
    const found = [whole, named, ...cells]
      .filter(({ text }) => !isNobodys(text))
      .map((cell) => mayBeCalled(bareName(own), cell.like))
      .find((like) => like.length > 0);
    // A search has only the first of them.
    const all = mayBeCalled(bareName(own), lookup.begun(namePartsOf(bareName(own))));
    const begun = [...(found ?? []), ...all];
    const { exact, like, each } = whoIsWithin(own, lookup, mostNear);
    if (each.length > 1)
      return { lines: each.map((some) => toLine({ text, exact: [], like: some }, true)), ignored: [], lead };
    // A second name, or one name that is written as two.
    const apart = whoIsWithin(own.replace(/(?<=\p{L})\p{Pd}(?=\p{L})/gu, " "), lookup, mostNear);
    if (exact.length > 0) return { lines: [toLine({ text, exact, like: [] })], ignored: [], lead };
    const near = [begun, like, [...apart.exact, ...apart.like]].find((some) => some.length > 0) ?? [];
    // Whoever writes a message is less likely meant than whoever it names.
    const likely = [...mentionedIn(own, lookup), ...mostLikely(bareName(own), near)];
    const offered = [...new Map(likely.map((one) => [one.id, one])).values()];
    return { lines: [toLine({ text, exact, like: offered })], ignored: [], lead };
  }

  const people = main.flatMap(({ exact }) => exact);
  const isTheirs = ({ text, exact }: Cell) =>
    (exact.length === 0 && isNobodys(text)) ||
    people.some((patient) => isPhoneOf(patient, text) || exact.some(({ id }) => id === patient.id));
  const others = cells.filter((cell) => !main.includes(cell) && !isTheirs(cell));
  const beside = others.filter(({ exact }) => exact.length > 0);
  const unknown = others.filter(({ text, exact }) => exact.length === 0 && looksLikeId(text));
  const taken = withoutRepeats(main);
  const [only] = taken;
  const lines =
    only && taken.length === 1 && beside.length === 0 && unknown.length === 0
      ? [toLine({ ...only, text })]
      : [
          ...taken.map((cell) => toLine(cell)),
          ...beside.map((cell) => toLine(cell, true)),
          ...unknown.map((cell) => toLine(cell)),
        ];
  const rest = others.filter((cell) => !beside.includes(cell) && !unknown.includes(cell));
  const perhaps = rest.flatMap(({ text }) => {
    const { exact, like } = whoIsWithin(text, lookup, mostNear);
    const some = [...exact, ...like].filter(({ id }) => people.every((one) => one.id !== id));
    return some.length > 0 && /\s|\p{Script=Han}/u.test(text) ? { text, exact: [], like: some } : [];
  });
  const ignored = rest.flatMap(({ text }) => (perhaps.some((one) => one.text === text) ? [] : text));
  return { lines: [...lines, ...perhaps.map((cell) => toLine(cell, true))], ignored, lead };
}
