import { localDayStartMs } from "#glucose/local-time.ts";
import { endOfDay, startOfDay } from "../ui/days.ts";

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

export const presetDays = [1, 3, 7, 14, 30, 90] as const;
type PresetDays = (typeof presetDays)[number];
const defaultDays: PresetDays = 14;

/** What is shown: the last so many days, ending now, or a fixed range (Unix ms, end exclusive). */
export type Period =
  | { readonly kind: "last"; readonly days: PresetDays }
  | { readonly kind: "range"; readonly startMs: number; readonly endMs: number };

export interface Window {
  readonly startMs: number;
  readonly endMs: number;
}

/** The period of an address: `?days=` or `?start=&end=`; anything else is the default 14 days. */
export function parsePeriod(search: URLSearchParams): Period {
  const days = presetDays.find((preset) => String(preset) === search.get("days"));
  if (days) return { kind: "last", days };
  const startMs = Number(search.get("start"));
  const endMs = Number(search.get("end"));
  const usable =
    Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs > 0 && startMs < endMs;
  return usable && endMs - startMs <= 400 * dayMs
    ? { kind: "range", startMs, endMs }
    : { kind: "last", days: defaultDays };
}

/** The window of an address, `?from=&to=`: the part of the period that the curve shows. Null for all of it. */
export function parseWindow(search: URLSearchParams): Window | null {
  const startMs = Number(search.get("from"));
  const endMs = Number(search.get("to"));
  const usable = Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs > 0;
  return usable && startMs < endMs && endMs - startMs <= 400 * dayMs ? { startMs, endMs } : null;
}

/** Whether two windows have the same address. */
export const isSameWindow = (a: Window | null, b: Window | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    Math.round(a.startMs) === Math.round(b.startMs) &&
    Math.round(a.endMs) === Math.round(b.endMs));

/**
 * The period to load. A link to a window outlives the days it was sent in: one that the last so many days have left behind is
 * shown in the whole days around it.
 */
export function periodAround(period: Period, window: Window | null, nowMs: number, timeZone: string): Period {
  if (!window || period.kind === "range") return period;
  const { startMs } = windowOf(period, nowMs);
  const middleMs = (window.startMs + window.endMs) / 2;
  if (middleMs >= startMs) return period;
  const lastDayMs = localDayStartMs(window.endMs - 1, timeZone);
  return {
    kind: "range",
    startMs: localDayStartMs(window.startMs, timeZone),
    endMs: localDayStartMs(lastDayMs + 36 * 3_600_000, timeZone),
  };
}

/** What the address says of a period and a window in it. */
export const periodSearch = (period: Period, window: Window | null = null): Record<string, string> => ({
  ...(period.kind === "last"
    ? { days: String(period.days) }
    : { start: String(period.startMs), end: String(period.endMs) }),
  ...(window && { from: String(Math.round(window.startMs)), to: String(Math.round(window.endMs)) }),
});

/** The window of a period at a time; one that ends now ends with the minute, so that it moves once a minute. */
export function windowOf(period: Period, nowMs: number): Window {
  if (period.kind === "range") return period;
  const endMs = Math.ceil(nowMs / minuteMs) * minuteMs;
  return { startMs: endMs - period.days * dayMs, endMs };
}

/** A day as a date field wants it, in a zone. */
export const dateInput = (timeMs: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone }).format(timeMs);

export type RangeFault = "rangeMissing" | "rangeOrder" | "rangeFuture" | "rangeLong";

/** Whole local days, both included, as a period; or what is wrong with them. */
export function rangeOfDays(from: string, to: string, timeZone: string, nowMs: number): Period | RangeFault {
  if (!from || !to) return "rangeMissing";
  const startMs = startOfDay(from, timeZone);
  const lastMs = startOfDay(to, timeZone);
  if (Number.isNaN(startMs) || Number.isNaN(lastMs)) return "rangeMissing";
  if (startMs > lastMs) return "rangeOrder";
  if (startMs > nowMs) return "rangeFuture";
  const endMs = endOfDay(to, timeZone);
  return endMs - startMs > 400 * dayMs ? "rangeLong" : { kind: "range", startMs, endMs };
}
