import { mostFhirDays } from "#contract/fhir.ts";
import type { Patient } from "#contract/patient.ts";
import { localDateOf, localDayNamed, localDayOf } from "#glucose/local-time.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import { Failure } from "../failure.ts";

const usualDays = 14;

export const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

/** The days from one date to another by the patient's clock, both within. */
export function daysBetween(firstDate: string, lastDate: string, { timeZone }: Patient): Span {
  const [first, last] = [firstDate, lastDate].map((date) => localDayNamed(date, timeZone));
  if (!first || !last) throw refused("date", "date", "There is no such day.");
  if (last.endMs <= first.startMs)
    throw refused("date", "start-before-end", "The last day is before the first.");
  if (last.endMs - first.startMs > (mostFhirDays + 0.5) * dayMs)
    throw refused("date", "too-long", `At most ${mostFhirDays} days are told at once.`);
  return { startMs: first.startMs, endMs: last.endMs };
}

/** So many days by the patient's clock, of which this one is the last. */
export function daysUntil(lastDate: string, days: number, { timeZone }: Pick<Patient, "timeZone">) {
  const last = localDayNamed(lastDate, timeZone);
  if (!last) throw refused("date", "date", "There is no such day.");
  return { firstDate: localDateOf(last.startMs - (days - 1.5) * dayMs, timeZone), lastDate };
}

/** What was asked for by "ge" and "le"; without one, so many days as are usual. */
export function askedDays(
  date: string | readonly string[] | undefined,
  patient: Patient,
  nowMs: number,
): Span {
  const asked = [date ?? []].flat();
  const named = (...prefixes: string[]) =>
    asked.find((one) => prefixes.includes(/^[a-z]*/.exec(one)?.[0] ?? ""))?.slice(-10);
  const last = named("le", "eq", "") ?? localDateOf(nowMs, patient.timeZone);
  const lastDay = localDayNamed(last, patient.timeZone);
  if (!lastDay) throw refused("date", "date", "There is no such day.");
  const usual = localDayOf(lastDay.startMs - (usualDays - 1.5) * dayMs, patient.timeZone);
  return daysBetween(named("ge", "eq", "") ?? localDateOf(usual.startMs, patient.timeZone), last, patient);
}
