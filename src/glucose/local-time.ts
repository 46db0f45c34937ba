const minuteMs = 60_000;
const quarterHourMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Offset of each UTC day in which it does not change; null for a day in which the clocks change. */
  readonly days: Map<number, number | null>;
  readonly quarterHours: Map<number, number>;
}

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    const fields = {
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    } as const;
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      second: "numeric",
      ...fields,
    });
    zone = { format, days: new Map(), quarterHours: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

function computeOffsetMs({ format }: Zone, timeMs: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(timeMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(timeMs / 1000) * 1000;
}

/** Zones change their clocks at whole quarter hours of UTC, so one look a day, or one a quarter hour, is enough. */
function offsetMs(timeMs: number, timeZone: string): number {
  const zone = zoneOf(timeZone);
  const day = Math.floor(timeMs / dayMs);
  let ofDay = zone.days.get(day);
  if (ofDay === undefined) {
    const first = computeOffsetMs(zone, day * dayMs);
    ofDay = first === computeOffsetMs(zone, (day + 1) * dayMs - quarterHourMs) ? first : null;
    zone.days.set(day, ofDay);
  }
  if (ofDay !== null) return ofDay;
  const quarterHour = Math.floor(timeMs / quarterHourMs);
  let offset = zone.quarterHours.get(quarterHour);
  if (offset === undefined) {
    offset = computeOffsetMs(zone, quarterHour * quarterHourMs);
    zone.quarterHours.set(quarterHour, offset);
  }
  return offset;
}

/** The first instant whose local clock shows `localMs` or later: midnight, or the end of the jump where it is skipped. */
function firstInstantAtMs(localMs: number, timeZone: string): number {
  const offsets = [
    offsetMs(localMs - 26 * 60 * minuteMs, timeZone),
    offsetMs(localMs + 26 * 60 * minuteMs, timeZone),
  ];
  const latestMs = localMs - Math.min(...offsets);
  let instantMs = localMs - Math.max(...offsets);
  while (instantMs < latestMs && instantMs + offsetMs(instantMs, timeZone) < localMs)
    instantMs += quarterHourMs;
  return instantMs;
}

const localDayNumber = (timeMs: number, timeZone: string): number =>
  Math.floor((timeMs + offsetMs(timeMs, timeZone)) / dayMs);

/**
 * When the local day of `timeMs` begins in an IANA zone, Unix ms. Where the clocks skip midnight, the day begins with its
 * first instant. Throws a RangeError for an unknown zone.
 */
export const localDayStartMs = (timeMs: number, timeZone: string): number =>
  firstInstantAtMs(localDayNumber(timeMs, timeZone) * dayMs, timeZone);

/** Minutes since 00:00 that the local clock shows, 0 to 1439. */
export const localMinuteOfDay = (timeMs: number, timeZone: string): number => {
  const localMs = timeMs + offsetMs(timeMs, timeZone);
  return Math.floor((localMs - Math.floor(localMs / dayMs) * dayMs) / minuteMs);
};

/** The local days that the period touches, clipped to it, in order and without a hole: 23 or 25 h when the clocks change. */
export function localDays(
  startMs: number,
  endMs: number,
  timeZone: string,
): { startMs: number; endMs: number }[] {
  const days: { startMs: number; endMs: number }[] = [];
  for (let fromMs = startMs; fromMs < endMs; ) {
    let day = localDayNumber(fromMs, timeZone) + 1;
    // A zone that crosses the date line skips a whole local day.
    while (firstInstantAtMs(day * dayMs, timeZone) <= fromMs) day += 1;
    const toMs = Math.min(firstInstantAtMs(day * dayMs, timeZone), endMs);
    days.push({ startMs: fromMs, endMs: toMs });
    fromMs = toMs;
  }
  return days;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** What the local clock shows, "2026-11-06 14:05:09", and how far it is from UTC, "UTC+08:00". */
export function localClock(timeMs: number, timeZone: string): { text: string; offset: string } {
  const awayMs = offsetMs(timeMs, timeZone);
  const minutes = Math.round(Math.abs(awayMs) / minuteMs);
  const text = new Date(timeMs + awayMs).toISOString().slice(0, 19).replace("T", " ");
  const clock = `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return { text, offset: `UTC${awayMs < 0 ? "-" : "+"}${clock}` };
}
