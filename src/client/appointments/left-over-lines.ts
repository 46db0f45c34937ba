import type { AppointedPatient, AppointmentDoubt, ResolvedLine } from "#contract/appointments.ts";

/** What was not taken over: patients to be asked about or nobody, cells that are no patient's, lines that are none either. */
export interface Left {
  lines: readonly ResolvedLine[];
  ignored: readonly string[];
  notAppointments: readonly OtherLine[];
}

interface OtherLine {
  text: string;
  what: "heading" | "time" | "other";
}

const contextOf = ({ under, above }: ResolvedLine): string => JSON.stringify([under, above]);

/**
 * Each line once, between the lines that say something of it; who stands beside somebody would be taken if they were
 * looked up by themselves.
 */
export function textOf({ lines }: Left): string {
  const texts: string[] = [];
  let before: ResolvedLine | undefined;
  const between = (next?: ResolvedLine) => {
    const heads = before?.under ?? [];
    const isDeeper = heads.every((one, place) => next?.under[place] === one);
    const over = next?.under.slice(isDeeper ? heads.length : 0) ?? [];
    const said = new Set([...(before?.above.filter((one) => !next?.above.includes(one)) ?? []), ...over]);
    texts.push(...[...said].filter((one) => one !== texts.at(-1)));
    before = next;
  };
  const isFree = ({ under }: ResolvedLine) => under.length === 0;
  // The day that is today, which ended what stood over them, is not here any more.
  for (const line of [...lines.filter(isFree), ...lines.filter((one) => !isFree(one))]) {
    if (line.isBeside) continue;
    between(line);
    if (texts.at(-1) !== line.text) texts.push(line.text);
  }
  between();
  return texts.join("\n");
}

export const keyOf = (line: ResolvedLine): string =>
  [line.text, contextOf(line), ...[...line.exact, ...line.like].map(({ id }) => id)].join("\n");

/** Who alone is meant. */
export const onlyOf = ({ exact }: ResolvedLine): AppointedPatient | undefined =>
  exact.length === 1 && !exact[0]?.isArchived ? exact[0] : undefined;

/** Of whom it is certain that they are meant by some of the lines: they come, or they do not. */
export const meantBy = (lines: readonly ResolvedLine[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(({ exact, isBeside }) =>
      exact.length === 1 && !isBeside ? exact.map(({ id }) => id) : [],
    ),
  );

/** Without some of them, and without what other lines say of the same people. */
export const withoutLines = (
  all: readonly ResolvedLine[],
  some: readonly ResolvedLine[],
): readonly ResolvedLine[] => {
  const people = meantBy(some);
  return all.filter((line) => !some.includes(line) && ![...meantBy([line])].some((id) => people.has(id)));
};

/** Who is meant, and comes, without doubt. */
export const clearOf = (line: ResolvedLine): AppointedPatient | undefined =>
  line.isBeside || line.doubts.length + line.under.length + line.above.length > 0 ? undefined : onlyOf(line);

/** Lines that say the same, and are taken or left together. */
export interface Saying {
  key: string;
  doubts: readonly AppointmentDoubt[];
  lines: ResolvedLine[];
}

/** Lines of which the same is said over or under them. */
export interface Section {
  key: string;
  under: readonly string[];
  above: readonly string[];
  lines: ResolvedLine[];
  sayings: Saying[];
}

function sayingOf(line: ResolvedLine): string {
  if (line.isBeside) return `beside ${line.text}`;
  if (!onlyOf(line)) return keyOf(line);
  return JSON.stringify(line.doubts.map(({ why, what }) => [why, what.toLowerCase()]));
}

export function sectionsOf(lines: readonly ResolvedLine[]): Section[] {
  const sections = new Map<string, Section>();
  for (const line of lines) {
    const { under, above, doubts } = line;
    const key = contextOf(line);
    const section = sections.get(key) ?? { key, under, above, lines: [], sayings: [] };
    sections.set(key, section);
    section.lines.push(line);
    const said = sayingOf(line);
    const saying = section.sayings.find((one) => one.key === said);
    if (saying) saying.lines.push(line);
    else section.sayings.push({ key: said, doubts, lines: [line] });
  }
  return [...sections.values()];
}
