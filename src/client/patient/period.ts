import { type Period, presetDays, spanOf } from "#contract/period.ts";
import { longestRangeMs } from "#contract/readings-range.ts";
import {
  isOneLocalDay,
  localDateOf,
  localDayNamed,
  localDayOf,
  localDayStartMs,
} from "#glucose/local-time.ts";
import type { Span } from "#glucose/time.ts";

const defaultDays = 14;

/** The period of an address: `?days=` or `?start=&end=`; anything else is the default 14 days. */
export function parsePeriod(search: URLSearchParams): Period {
  const days = presetDays.find((preset) => String(preset) === search.get("days"));
  if (days) return { kind: "last", days };
  const startMs = Number(search.get("start"));
  const endMs = Number(search.get("end"));
  const usable =
    Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs > 0 && startMs < endMs;
  return usable && endMs - startMs <= longestRangeMs
    ? { kind: "range", startMs, endMs }
    : { kind: "last", days: defaultDays };
}

export type AddressFault = RangeFault | "addressDays" | "addressUnreadable";

/** Why what an address asks for cannot be shown; nothing is shown in its place. */
export function addressFault(search: URLSearchParams, nowMs: number): AddressFault | null {
  const days = search.get("days");
  if (days !== null) {
    if (!presetDays.some((preset) => String(preset) === days)) return "addressDays";
  } else if (search.has("start") || search.has("end")) {
    const fault = spanFault(search.get("start"), search.get("end"), nowMs);
    if (fault) return fault;
  }
  const isWindow = search.has("from") || search.has("to");
  return isWindow ? spanFault(search.get("from"), search.get("to"), nowMs) : null;
}

function spanFault(start: string | null, end: string | null, nowMs: number): AddressFault | null {
  const [startMs, endMs] = [Number(start ?? Number.NaN), Number(end ?? Number.NaN)];
  if (!(Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs > 0))
    return "addressUnreadable";
  if (startMs >= endMs) return "rangeOrder";
  if (startMs > nowMs) return "rangeFuture";
  return endMs - startMs > longestRangeMs ? "rangeLong" : null;
}

/**
 * The window of an address, `?from=&to=`: the part of the period that the curve shows. Null for all of it.
 */
export function parseWindow(search: URLSearchParams): Span | null {
  const startMs = Number(search.get("from"));
  const endMs = Number(search.get("to"));
  const usable = Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs) && startMs > 0;
  return usable && startMs < endMs && endMs - startMs <= longestRangeMs ? { startMs, endMs } : null;
}

/** Whether two windows have the same address. */
export const isSameWindow = (a: Span | null, b: Span | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    Math.round(a.startMs) === Math.round(b.startMs) &&
    Math.round(a.endMs) === Math.round(b.endMs));

/**
 * The period to load. A link to a window outlives the days it was sent in: one that the last so many days
 * have left behind is shown in the whole days around it. A chosen day belongs to a period that has any part
 * of it; beside one it is a period of its own.
 */
export function periodAround(period: Period, window: Span | null, nowMs: number, timeZone: string): Period {
  if (!window || window.startMs >= nowMs) return period;
  const { startMs, endMs } = spanOf(period, nowMs, timeZone);
  const isChosenDay = isOneLocalDay(window, timeZone);
  const isBeside = isChosenDay && (window.startMs >= endMs || window.endMs <= startMs);
  const isLeftBehind = period.kind === "last" && (window.startMs + window.endMs) / 2 < startMs;
  if (isChosenDay ? !isBeside : !isLeftBehind) return period;
  return {
    kind: "range",
    startMs: localDayStartMs(window.startMs, timeZone),
    endMs: localDayOf(window.endMs - 1, timeZone).endMs,
  };
}

/** The period to load for an address. */
export const periodOf = (search: URLSearchParams, nowMs: number, timeZone: string): Period =>
  periodAround(parsePeriod(search), parseWindow(search), nowMs, timeZone);

/** What the address says of a period and a window in it. */
export const periodSearch = (period: Period, window: Span | null = null): Record<string, string> => ({
  ...(period.kind === "last"
    ? { days: String(period.days) }
    : { start: String(period.startMs), end: String(period.endMs) }),
  ...(window && { from: String(Math.round(window.startMs)), to: String(Math.round(window.endMs)) }),
});

/** A day as a date field wants it, in a zone. */
export const dateInput = localDateOf;

export type RangeFault = "rangeMissing" | "rangeOrder" | "rangeFuture" | "rangeLong";

/** A period of whole days. */
export type DateRange = Extract<Period, { kind: "range" }>;

/** Whole local days, both included, as a period; or what is wrong with them. */
export function rangeOfDays(
  from: string,
  to: string,
  timeZone: string,
  nowMs: number,
): DateRange | RangeFault {
  if (!from || !to) return "rangeMissing";
  const [first, last] = [localDayNamed(from, timeZone), localDayNamed(to, timeZone)];
  if (!first || !last) return "rangeMissing";
  const { startMs } = first;
  const { endMs } = last;
  if (startMs > last.startMs) return "rangeOrder";
  if (startMs > nowMs) return "rangeFuture";
  // A day that the zone skipped on its way over the date line has no time in it.
  if (startMs === endMs) return "rangeMissing";
  return endMs - startMs > longestRangeMs ? "rangeLong" : { kind: "range", startMs, endMs };
}
