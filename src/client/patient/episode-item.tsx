import { hourMs } from "#glucose/time.ts";
import { formatGlucose } from "#glucose/units.ts";
import type { Messages } from "#words/messages.ts";
import { formatDateTime, formatDuration, shownLengthMs } from "#words/time.ts";
import { episodePlace } from "../chart/walk.ts";
import { useMessages } from "../i18n.ts";
import { type Preferences, usePreferences } from "../preferences.ts";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import type { ListedEpisode } from "./episodes-view.ts";
import classes from "./span-list.module.css";

export interface EpisodeItemProps extends Pick<DetailsProps, "shownZone" | "onShow"> {
  episode: ListedEpisode;
  /** Several sensors measured at once: each episode says whose it is. */
  namesSensors: boolean;
}

/** An episode with when, how long and how far, and the way to its stretch of the curve. */
export function EpisodeItem({ episode, namesSensors, shownZone, onShow }: EpisodeItemProps) {
  const t = useMessages("details");
  const { unit, language } = usePreferences();
  const { kind, band, startMs, endMs, isExtended } = episode;
  const around = { startMs: startMs - 2 * hourMs, endMs: endMs + 2 * hourMs };
  return (
    <li>
      <button type="button" onClick={() => onShow(around, episodePlace(episode))}>
        <span className={details.swatch} data-band={band} aria-hidden="true" />
        <strong>{formatDateTime(startMs, shownZone, language)}</strong>
        <span>
          {t(isExtended ? "episode.extended" : `episode.${kind}`)}
          {t("comma")}
          {(band === "very-low" || band === "very-high") && (
            <strong className={classes.worse} data-band={band}>
              {t(`reached-${band}`)}
              {t("comma")}
            </strong>
          )}
          {factsOf(episode, namesSensors, t, { unit, language }).join(t("comma"))}
        </span>
      </button>
    </li>
  );
}

/** How long, with what is not known of its ends; how far; and on which sensors. */
function factsOf(
  episode: ListedEpisode,
  namesSensors: boolean,
  t: Messages<"details">,
  { unit, language }: Preferences,
): string[] {
  const { kind, startMs, endMs, extremeMmolL, isBeginSeen, isCutByPeriod, ending, sensors } = episode;
  const ends = [
    ...(isBeginSeen ? [] : [t(isCutByPeriod ? "ending.beganBefore" : "ending.unseenBeginning")]),
    ...(ending === "returned" ? [] : [t(`ending.${ending}`)]),
  ];
  const length = formatDuration(shownLengthMs(startMs, endMs), language);
  return [
    length + (ends.length > 0 ? t("inBrackets", { words: ends.join(t("comma")) }) : ""),
    t(kind.endsWith("low") ? "lowest" : "highest", { value: `${formatGlucose(extremeMmolL, unit)} ${unit}` }),
    ...(namesSensors ? [t("onSensors", { sensors: sensors.join(t("comma")), count: sensors.length })] : []),
  ];
}
