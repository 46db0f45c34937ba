import { type EpisodeEnding, endingOf } from "#glucose/episode-ending.ts";
import { type Episode, type EpisodeKind, episodesOf, medianLengthMs } from "#glucose/episodes.ts";
import { localMinuteOfDay } from "#glucose/local-time.ts";
import { minuteMs } from "#glucose/time.ts";
import type { PeriodData } from "./period-data.ts";

/** The first hours of the blocks of a day that episodes are counted in. */
export const blocks = [0, 6, 12, 18] as const;

/** "06–12" */
export const hoursOf = (hour: number) =>
  `${String(hour).padStart(2, "0")}–${String(hour + 6).padStart(2, "0")}`;

/** The lows, the highs, or a part of either, and how they spread over the day. */
export interface EpisodeRow {
  readonly key: EpisodeKind | "extended";
  readonly band: EpisodeKind;
  readonly episodes: readonly Episode[];
  /** In each of the blocks. */
  readonly counts: readonly number[];
  /** To the minute: a second of jitter makes no fifteen minutes fourteen. */
  readonly medianMs: number | null;
}

/** Whether another row, above it, contains these. */
export const isPart = ({ key }: Pick<EpisodeRow, "key">) => key !== "low" && key !== "high";

type RowsData = Pick<PeriodData, "readings" | "startMs" | "endMs" | "targets" | "timeZone" | "episodes">;

export function episodeRows(data: RowsData): EpisodeRow[] {
  const { readings, startMs, endMs, targets, timeZone } = data;
  const { low, high } = data.episodes;
  /** One that goes past the farther edge several times is still one. */
  const holding = (whole: readonly Episode[], kind: EpisodeKind) => {
    const worse = episodesOf(readings, { startMs, endMs }, kind, targets.edges);
    return whole.filter((one) =>
      worse.some(({ startMs: fromMs, endMs: toMs }) => fromMs < one.endMs && toMs > one.startMs),
    );
  };
  const blockOf = (episode: Episode) => Math.floor(localMinuteOfDay(episode.startMs, timeZone) / 360);
  const row = (key: EpisodeRow["key"], band: EpisodeKind, episodes: readonly Episode[]): EpisodeRow => {
    const medianMs = medianLengthMs(episodes);
    return {
      key,
      band,
      episodes,
      counts: blocks.map((_, block) => episodes.filter((episode) => blockOf(episode) === block).length),
      medianMs: medianMs === null ? null : Math.round(medianMs / minuteMs) * minuteMs,
    };
  };
  return [
    row("low", "low", low),
    row("very-low", "very-low", holding(low, "very-low")),
    row(
      "extended",
      "low",
      low.filter(({ isExtended }) => isExtended),
    ),
    row("high", "high", high),
    row("very-high", "very-high", holding(high, "very-high")),
  ];
}

/** An episode with how far it went and how it ended. */
export interface ListedEpisode extends Episode {
  readonly band: EpisodeKind;
  readonly ending: EpisodeEnding;
}

/** As the rows count it: a single reading past the farther edge makes no episode of that level. */
const toListed =
  (rows: readonly EpisodeRow[], periodEndMs: number, nowMs: number) =>
  (episode: Episode): ListedEpisode => ({
    ...episode,
    band:
      rows.find(({ band, episodes }) => band.startsWith("very") && episodes.includes(episode))?.band ??
      episode.kind,
    ending: endingOf(episode, periodEndMs, nowMs),
  });

const newestFirst = (a: Episode, b: Episode) => b.startMs - a.startMs;

/** The episodes of a row, or lows and highs; those that are going on come first, then the newest. */
export const listedEpisodes = (
  rows: readonly EpisodeRow[],
  only: EpisodeRow["key"] | null,
  { endMs }: Pick<PeriodData, "endMs">,
  nowMs: number,
): ListedEpisode[] =>
  rows
    .filter((row) => (only === null ? !isPart(row) : row.key === only))
    .flatMap(({ episodes }) => episodes.map(toListed(rows, endMs, nowMs)))
    .sort((a, b) => Number(b.ending === "ongoing") - Number(a.ending === "ongoing") || newestFirst(a, b));

/** As many lows as leave a report of 14 days on two sheets. */
const mostPrinted = 8;

/**
 * The lows that a sheet has room for, newest first: extended ones before others, then
 * the deepest. And how many there are.
 */
export function printedLows(
  rows: readonly EpisodeRow[],
  { endMs }: Pick<PeriodData, "endMs">,
  nowMs: number,
): { kept: ListedEpisode[]; count: number } {
  const lows = rows.find(({ key }) => key === "low")?.episodes ?? [];
  const weight = ({ extremeMmolL, isExtended }: Episode) => Number(isExtended) * 100 - extremeMmolL;
  const kept = lows
    .toSorted(newestFirst)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, mostPrinted);
  return { kept: kept.sort(newestFirst).map(toListed(rows, endMs, nowMs)), count: lows.length };
}
