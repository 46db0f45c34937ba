import { localDayStartMs } from "#glucose/local-time.ts";

const dayMs = 24 * 3_600_000;

/** Midnight at which a day named "2026-11-06" begins in a zone; NaN where it names none. */
export function startOfDay(date: string, timeZone: string): number {
  const utcNoonMs = Date.parse(`${date}T12:00:00Z`);
  // Noon in UTC may be the day before or after in zones far from it.
  const name = new Intl.DateTimeFormat("en-CA", { timeZone });
  const shift = [0, -1, 1].find((days) => name.format(utcNoonMs + days * dayMs) === date) ?? 0;
  return localDayStartMs(utcNoonMs + shift * dayMs, timeZone);
}

/** Midnight at which it ends. */
export const endOfDay = (date: string, timeZone: string): number =>
  localDayStartMs(startOfDay(date, timeZone) + 36 * 3_600_000, timeZone);
