import { formatGlucose } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import type { Preferences } from "#words/preferences.ts";
import { formatDateTime, formatDuration, shownLengthMs } from "#words/time.ts";
import type { ListedEpisode } from "./episodes-view.ts";

interface Words extends Preferences {
  readonly t: Messages<"details">;
  readonly timeZone: string;
  /** Several sensors measured at once: each episode says whose it is. */
  readonly namesSensors: boolean;
}

/** When it began, what it was, how far it reached where that is worse, and how long, how far and on which sensors. */
export function episodeInWords(episode: ListedEpisode, words: Words) {
  const { t, timeZone, language } = words;
  const { kind, band, startMs, isExtended } = episode;
  return {
    when: formatDateTime(startMs, timeZone, language),
    what: t(isExtended ? "episode.extended" : `episode.${kind}`),
    reached: band === "very-low" || band === "very-high" ? t(`reached-${band}`) : null,
    facts: factsOf(episode, words).join(t("comma")),
  };
}

function factsOf(episode: ListedEpisode, { t, unit, language, namesSensors }: Words): string[] {
  const { kind, startMs, endMs, extremeMmolL, isBeginSeen, isCutByPeriod, ending, sensors, dataEndMs } =
    episode;
  const ends = [
    ...(isBeginSeen ? [] : [t(isCutByPeriod ? "ending.beganBefore" : "ending.unseenBeginning")]),
    ...(ending === "returned" ? [] : [t(`ending.${ending}`)]),
  ];
  const lengthTo = (timeMs: number) => formatDuration(shownLengthMs(startMs, timeMs), language);
  // An episode lasts as long as its last reading does; since when it has been so is told up to that reading.
  const length =
    ending === "ongoing" && dataEndMs !== null && dataEndMs < endMs
      ? t("lengthSoFar", { read: lengthTo(dataEndMs), length: lengthTo(endMs) })
      : lengthTo(endMs);
  return [
    length + (ends.length > 0 ? t("inBrackets", { words: ends.join(t("comma")) }) : ""),
    t(kind.endsWith("low") ? "lowest" : "highest", { value: `${formatGlucose(extremeMmolL, unit)} ${unit}` }),
    ...(namesSensors ? [t("onSensors", { sensors: sensors.join(t("comma")), count: sensors.length })] : []),
  ];
}
