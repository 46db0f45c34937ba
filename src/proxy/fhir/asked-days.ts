import { mostFhirDays } from "#contract/fhir.ts";
import type { Patient } from "#contract/patient.ts";
import { localDateOf, localDayNamed, localDayOf } from "#glucose/local-time.ts";
import { dayMs, minuteMs, type Span } from "#glucose/time.ts";
import { Failure } from "../failure.ts";

const usualDays = 14;

export const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

const dayNamed = (date: string, { timeZone }: Pick<Patient, "timeZone">) => {
  const day = localDayNamed(date, timeZone);
  if (!day) throw refused("date", "date", "There is no such day.");
  return day;
};

/** "20261115" of an ID as a date. */
export const dateOf = (digits: string): string =>
  `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;

/** The days from one date to another by the patient's clock, both within. */
export function daysBetween(firstDate: string, lastDate: string, patient: Pick<Patient, "timeZone">): Span {
  const first = dayNamed(firstDate, patient);
  const last = dayNamed(lastDate, patient);
  if (last.endMs <= first.startMs)
    throw refused("date", "start-before-end", "The last day is before the first.");
  if (last.endMs - first.startMs > (mostFhirDays + 0.5) * dayMs)
    throw refused("date", "too-long", `At most ${mostFhirDays} days are told at once.`);
  return { startMs: first.startMs, endMs: last.endMs };
}

/** So many days by the patient's clock, of which this one is the last. */
export function daysUntil(lastDate: string, days: number, { timeZone }: Pick<Patient, "timeZone">) {
  const last = dayNamed(lastDate, { timeZone });
  return { firstDate: localDateOf(last.startMs - (days - 1.5) * dayMs, timeZone), lastDate };
}

/** What a date of a search stands for: a day by the patient's clock, or a minute, a second or a thousandth of one. */
function spanNamed(text: string, patient: Patient): Span {
  if (text.length === 10) return dayNamed(text, patient);
  // A plus that an address was not spelt with properly arrives as a space.
  const startMs = Date.parse(text.replace(" ", "+"));
  dayNamed(text.slice(0, 10), { timeZone: "UTC" });
  if (Number.isNaN(startMs)) throw refused("date", "date", "There is no such time.");
  const [, time = ""] = /T([\d:.]+)/.exec(text) ?? [];
  return { startMs, endMs: startMs + (time.length === 5 ? minuteMs : time.length === 8 ? 1000 : 1) };
}

export interface AskedDays extends Span {
  /** The times within these days that were asked for. */
  readonly exact: Span;
  /** What was taken where no beginning or no end was asked for. */
  readonly taken: string | null;
}

/** What was asked for by prefixes of FHIR, as whole days; up to today without an end, 14 days without a beginning. */
export function askedDays(
  date: string | readonly string[] | undefined,
  patient: Patient,
  nowMs: number,
): AskedDays {
  const { timeZone } = patient;
  let fromMs = Number.NEGATIVE_INFINITY;
  let toMs = Number.POSITIVE_INFINITY;
  for (const one of [date ?? []].flat()) {
    const prefix = /^[a-z]*/.exec(one)?.[0] || "eq";
    const { startMs, endMs } = spanNamed(one.replace(/^[a-z]+/, ""), patient);
    if (prefix === "ge" || prefix === "eq") fromMs = Math.max(fromMs, startMs);
    if (prefix === "gt") fromMs = Math.max(fromMs, endMs);
    if (prefix === "le" || prefix === "eq") toMs = Math.min(toMs, endMs);
    if (prefix === "lt") toMs = Math.min(toMs, startMs);
  }
  const [hasStart, hasEnd] = [Number.isFinite(fromMs), Number.isFinite(toMs)];
  if (toMs <= fromMs) throw refused("date", "start-before-end", "The end is not after the beginning.");
  const lastDate = localDateOf(hasEnd ? toMs - 1 : nowMs, timeZone);
  const lastDay = dayNamed(lastDate, patient);
  const usual = localDayOf(lastDay.startMs - (usualDays - 1.5) * dayMs, timeZone);
  const firstDate = localDateOf(hasStart ? fromMs : usual.startMs, timeZone);
  const span = daysBetween(firstDate, lastDate, patient);
  const why = [
    ...(hasStart ? [] : [`no beginning was asked for: ${usualDays} days`]),
    ...(hasEnd ? [] : ["no end was asked for: until today"]),
  ];
  return {
    ...span,
    exact: { startMs: Math.max(span.startMs, fromMs), endMs: Math.min(span.endMs, toMs) },
    taken:
      why.length === 0
        ? null
        : `The period taken is ${firstDate} to ${lastDate}, whole days in ${timeZone} (${why.join("; ")}).`,
  };
}
