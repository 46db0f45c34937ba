import { joinSeries, type ReadingSeries, type SeriesPart, wholeOf } from "#glucose/reading-series.ts";
import { leftOutOf } from "./records.ts";
import type { Platform, PlatformReadings } from "./types.ts";

/** What was made of parts, by the first one's series: while reads are fresh, all who ask get the same. */
const joined = new WeakMap<ReadingSeries, { parts: readonly SeriesPart[] } & ReturnType<typeof joinSeries>>();

const isSamePart = (one: SeriesPart, other: SeriesPart | undefined) =>
  one.series === other?.series && one.from === other.from && one.to === other.to;

function join(first: SeriesPart, parts: readonly SeriesPart[]): ReturnType<typeof joinSeries> {
  const known = joined.get(first.series);
  if (known?.parts.length === parts.length && known.parts.every((part, i) => isSamePart(part, parts[i])))
    return known;
  const made = joinSeries(parts);
  const bounds = parts.map(({ series, from, to }) => ({ series, from, to }));
  joined.set(first.series, { parts: bounds, ...made });
  return made;
}

/** The readings of a person who has one or more users on the platform, as one series. */
export async function readAccounts(
  platform: Pick<Platform, "userReadings">,
  openIds: readonly string[],
  startMs: number,
  endMs: number,
): Promise<PlatformReadings> {
  const reads = await Promise.all(openIds.map((openId) => platform.userReadings(openId, startMs, endMs)));
  const [first] = reads;
  if (first && reads.length === 1) return first;
  const { series, contradicting } = first ? join(first, reads) : joinSeries(reads);
  const leftOut = leftOutOf(reads);
  return {
    ...wholeOf(series),
    leftOut: { ...leftOut, contradicting: leftOut.contradicting + contradicting },
    unreadable: reads.flatMap(({ unreadable }) => unreadable).sort((a, b) => a.timeMs - b.timeMs),
    unread: reads.flatMap(({ unread }) => unread),
    asOfMs: Math.min(...reads.map(({ asOfMs }) => asOfMs)),
    stale: reads.find(({ stale }) => stale)?.stale ?? null,
  };
}
