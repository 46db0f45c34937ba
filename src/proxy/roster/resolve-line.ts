import type { AppointedPatient, ResolvedLine, ResolvedLines } from "#contract/appointments.ts";
import { readCalendarDate } from "#contract/calendar-date.ts";
import type { Patient } from "#contract/patient.ts";
import type { ListedPatient } from "#contract/roster.ts";
import { isDayOrTime, leadOf } from "./line-lead.ts";

const plain = (text: string): string => text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
const digitsOf = (text: string): string => text.normalize("NFKC").replace(/\D/g, "");

const mostLike = 5;

/** Those of a line that was copied out of a table, or has several patients. */
const cellsOf = (line: string): string[] =>
  [...new Set(line.split(/[\t;,，；、|]/).map((cell) => cell.trim()))].filter((cell) => cell !== "");

const isOneOf = (texts: readonly (string | null)[], text: string): boolean =>
  texts.some((one) => one !== null && plain(one) === plain(text));

const hasId = ({ partnerUid, hospitalNumber, merged }: ListedPatient, text: string): boolean =>
  isOneOf([partnerUid, hospitalNumber, ...merged.map((one) => one.partnerUid)], text);

const isCalled = (patient: ListedPatient, text: string): boolean =>
  hasId(patient, text) || isOneOf([patient.name, ...patient.merged.map(({ name }) => name)], text);

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
  isDayOrTime(text) ||
  /^[\d\s:：.\-–—~/]*\d{1,2}[:：]\d{2}[\d\s:：.\-–—~/]*$/.test(text);

const looksLikeId = (text: string): boolean => /^\S{4,}$/.test(text) && /\d/.test(text);

const isPhoneOf = ({ phone }: ListedPatient, text: string): boolean =>
  phone !== null && digitsOf(text).length >= 7 && digitsOf(phone).endsWith(digitsOf(text));

interface Cell {
  text: string;
  exact: readonly ListedPatient[];
  like: readonly ListedPatient[];
}

const toLine = ({ text, exact, like }: Cell, isBeside = false): ResolvedLine => ({
  text,
  exact: exact.map(appointedOf),
  like: like.slice(0, mostLike).map(appointedOf),
  isBeside,
});

/** Cells in their order; two of one person, such as both of their IDs, are one. */
function withoutRepeats(cells: readonly Cell[]): Cell[] {
  const seen = new Set<string>();
  return cells.filter(({ exact }) => {
    const isNew = exact.some(({ id }) => !seen.has(id));
    for (const { id } of exact) seen.add(id);
    return isNew;
  });
}

/**
 * Whom a pasted line means: whose ID or name the whole of it is; else, without the number and times at its
 * beginning, everybody whose ID is a cell of it, or a word of a cell that has nothing but IDs; else whose name
 * the first such cell is.
 */
export async function resolveLine(
  line: string,
  search: (q: string, archived: boolean) => Promise<readonly ListedPatient[]>,
): Promise<ResolvedLines> {
  async function lookUp(text: string): Promise<Cell> {
    const found = await search(text, false);
    const called = found.filter((patient) => isCalled(patient, text));
    const exact =
      called.length > 0 ? called : (await search(text, true)).filter((patient) => isCalled(patient, text));
    return { text, exact, like: exact.length > 0 ? [] : found };
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

  async function withoutLead(text: string): Promise<string> {
    const lead = leadOf(text);
    const isSomebody = lead !== "" && (await lookUp(lead.replace(/[\s,;，；、|]+$/, ""))).exact.length > 0;
    return isSomebody ? text : text.slice(lead.length);
  }

  const text = line.trim();
  const whole = await lookUp(text);
  if (whole.exact.length > 0) return { lines: [toLine(whole)], ignored: [] };
  const own = await withoutLead(text);
  const cells: Cell[] = [];
  for (const part of cellsOf(own)) {
    const cell = await lookUp(part);
    cells.push(...((cell.exact.length === 0 && (await idsIn(part))) || [cell]));
  }
  const withId = cells.filter(({ text, exact }) => exact.some((patient) => hasId(patient, text)));
  const main = withId.length > 0 ? withId : cells.filter(({ exact }) => exact.length > 0).slice(0, 1);
  if (main.length === 0) {
    const like = [whole, ...cells].find((cell) => cell.like.length > 0 && !isNobodys(cell.text))?.like ?? [];
    return { lines: [toLine({ ...whole, like })], ignored: [] };
  }

  const people = main.flatMap(({ exact }) => exact);
  const isTheirs = ({ text, exact }: Cell) =>
    (exact.length === 0 && isNobodys(text)) ||
    people.some((patient) => isPhoneOf(patient, text) || exact.some(({ id }) => id === patient.id));
  const others = cells.filter((cell) => !main.includes(cell) && !isTheirs(cell));
  const named = others.filter(({ exact }) => exact.length > 0);
  const unknown = others.filter(({ text, exact }) => exact.length === 0 && looksLikeId(text));
  const taken = withoutRepeats(main);
  const [only] = taken;
  const lines =
    only && taken.length === 1 && named.length === 0 && unknown.length === 0
      ? [toLine({ ...only, text })]
      : [
          ...taken.map((cell) => toLine(cell)),
          ...named.map((cell) => toLine(cell, true)),
          ...unknown.map((cell) => toLine(cell)),
        ];
  const ignored = others.filter((cell) => !named.includes(cell) && !unknown.includes(cell));
  return { lines, ignored: ignored.map(({ text }) => text) };
}
