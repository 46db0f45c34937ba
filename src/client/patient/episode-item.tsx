import { hourMs } from "#glucose/time.ts";
import { episodeInWords } from "#report/patient/episode-words.ts";
import type { ListedEpisode } from "#report/patient/episodes-view.ts";
import { episodePlace } from "../chart/walk.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
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
  const { band, startMs, endMs } = episode;
  const around = { startMs: startMs - 2 * hourMs, endMs: endMs + 2 * hourMs };
  const speech = { t, unit, language, timeZone: shownZone, namesSensors };
  const { when, what, reached, facts } = episodeInWords(episode, speech);
  return (
    <li>
      <button type="button" onClick={() => onShow(around, episodePlace(episode))}>
        <span className={details.swatch} data-band={band} aria-hidden="true" />
        <strong>{when}</strong>
        <span>
          {what}
          {t("comma")}
          {reached && (
            <strong className={classes.worse} data-band={band}>
              {reached}
              {t("comma")}
            </strong>
          )}
          {facts}
        </span>
      </button>
    </li>
  );
}
