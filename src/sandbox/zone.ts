const hourMs = 3_600_000;
const keptHours = 5_000;

/** How far local clocks are ahead of UTC at a moment, in ms. */
export type OffsetMs = (timeMs: number) => number;

const zones = new Map<string, OffsetMs>();

export function offsetIn(timeZone: string): OffsetMs {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const hours = new Map<number, number>();
  const offset: OffsetMs = (timeMs) => {
    const hour = Math.floor(timeMs / hourMs);
    const cached = hours.get(hour);
    if (cached !== undefined) return cached;
    const at: Record<string, number> = {};
    for (const part of format.formatToParts(hour * hourMs)) at[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour: h = 0, minute = 0 } = at;
    const found = Date.UTC(year, month - 1, day, h, minute) - hour * hourMs;
    if (hours.size >= keptHours) hours.clear();
    hours.set(hour, found);
    return found;
  };
  zones.set(timeZone, offset);
  return offset;
}
