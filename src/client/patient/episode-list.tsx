import { Button, Group, Paper, Text } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import {
  type Episode,
  type EpisodeEnding,
  type EpisodeKind,
  endingOf,
  episodesOf,
  medianLengthMs,
} from "#glucose/episodes.ts";
import { localMinuteOfDay } from "#glucose/local-time.ts";
import { hourMs, minuteMs } from "#glucose/time.ts";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { formatGlucose } from "#glucose/units.ts";
import { episodePlace } from "../chart/walk.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import print from "../ui/print.module.css";
import { ScrollRegion } from "../ui/scroll-region.tsx";
import { formatDateTime, formatDuration, shownLengthMs } from "../ui/time.ts";
import { usePrinting } from "../ui/use-printing.ts";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { PanelTitle } from "./panel-title.tsx";
import classes from "./span-list.module.css";
import { toggleAll } from "./toggle-all.ts";

const blocks = [0, 6, 12, 18] as const;
const hoursOf = (hour: number) => `${String(hour).padStart(2, "0")}–${String(hour + 6).padStart(2, "0")}`;
const firstFew = 8;
/** As many lows as leave a report of 14 days on two sheets. */
const printedLows = 8;

interface Row {
  key: EpisodeKind | "extended";
  band: EpisodeKind;
  episodes: readonly Episode[];
}

/** A total that another one, above it, contains. */
const isPart = (key: Row["key"]) => key !== "low" && key !== "high";

/** When lows and highs came, by time of day, and each one with the way to its stretch of the curve. */
export function EpisodeList({ data, nowMs, shownZone, onShow }: DetailsProps) {
  const t = useMessages("patient", "details");
  const { language } = usePreferences();
  const { readings, startMs, endMs, timeZone, targets } = data;
  const rows = useMemo<Row[]>(() => {
    const of = (kind: EpisodeKind) => episodesOf(readings, { startMs, endMs }, kind, targets.edges);
    const [lows, highs] = [of("low"), of("high")];
    /** One that goes past the farther edge several times is still one. */
    const holding = (whole: readonly Episode[], kind: EpisodeKind) => {
      const worse = of(kind);
      return whole.filter((one) =>
        worse.some(({ startMs: fromMs, endMs: toMs }) => fromMs < one.endMs && toMs > one.startMs),
      );
    };
    return [
      { key: "low", band: "low", episodes: lows },
      { key: "very-low", band: "very-low", episodes: holding(lows, "very-low") },
      { key: "extended", band: "low", episodes: lows.filter(({ isExtended }) => isExtended) },
      { key: "high", band: "high", episodes: highs },
      { key: "very-high", band: "very-high", episodes: holding(highs, "very-high") },
    ];
  }, [readings, startMs, endMs, targets]);
  const isSeveral = useMemo(() => hoursOfTwoSensors(readings) > 0, [readings]);
  const [chosen, setChosen] = useState<Row["key"] | null>(null);
  const [all, setAll] = useState(false);
  const choose = (key: Row["key"] | null, count = 0) => {
    const next = chosen === key ? null : key;
    setChosen(next);
    announce(next ? t("onlyKind", { kind: t(`episode.${next}`), count }) : t("allKinds"));
  };
  const list = useRef<HTMLUListElement>(null);
  const blockOf = (episode: Episode) => Math.floor(localMinuteOfDay(episode.startMs, timeZone) / 360);
  /** As the table counts it: a single reading past the farther edge makes no episode of that level. */
  const asListed = (episode: Episode): ListedEpisode => ({
    ...episode,
    band:
      rows.find(({ band, episodes }) => band.startsWith("very") && episodes.includes(episode))?.band ??
      episode.kind,
    ending: endingOf(episode, endMs, nowMs),
  });
  const listed = rows
    .filter(({ key }) => (chosen === null ? key === "low" || key === "high" : key === chosen))
    .flatMap(({ episodes }) => episodes.map(asListed))
    .sort((a, b) => Number(b.ending === "ongoing") - Number(a.ending === "ongoing") || b.startMs - a.startMs);
  const shown = all ? listed : listed.slice(0, firstFew);
  const medianWords = (episodes: readonly Episode[]) => {
    const medianMs = medianLengthMs(episodes);
    return medianMs === null ? "–" : formatDuration(toMinute(medianMs), language);
  };
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="episodes" className={details.episodes}>
      <PanelTitle id="episodes" name={t("episodes")} definition={t("defEpisodes")} basis={data} />
      <div className={details.scrolled}>
        <ScrollRegion label={t("episodes")}>
          <table className={`${details.table} ${details.stacked} ${details.labelled}`}>
            <thead>
              <tr>
                <th scope="col">{t("kind")}</th>
                {blocks.map((hour) => (
                  <th key={hour} scope="col">
                    {hoursOf(hour)}
                  </th>
                ))}
                <th scope="col">{t("total")}</th>
                <th scope="col">{t("typically")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, band, episodes }) => (
                <tr key={key} data-chosen={chosen === key || undefined} data-part={isPart(key) || undefined}>
                  <th scope="row">
                    <span className={details.swatch} data-band={band} aria-hidden="true" />
                    {t(`of-${key}`)}
                  </th>
                  {blocks.map((hour, block) => {
                    const count = episodes.filter((episode) => blockOf(episode) === block).length;
                    return (
                      <td key={hour} data-label={hoursOf(hour)} data-none={count === 0 || undefined}>
                        {count}
                      </td>
                    );
                  })}
                  <td data-label={t("total")}>
                    {episodes.length > 0 && (
                      <Button
                        variant={chosen === key ? "filled" : "default"}
                        size="compact-sm"
                        className={print.screenOnly}
                        aria-pressed={chosen === key}
                        aria-label={t("listKind", { kind: t(`episode.${key}`), count: episodes.length })}
                        onClick={() => choose(key, episodes.length)}
                      >
                        {episodes.length}
                      </Button>
                    )}
                    <span className={episodes.length > 0 ? print.printOnly : undefined}>
                      {episodes.length}
                    </span>
                  </td>
                  <td data-label={t("typically")}>{medianWords(episodes)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </div>
      {chosen && (
        <Group gap="xs" className={print.screenOnly ?? ""}>
          <Text size="sm">{t("onlyKind", { kind: t(`episode.${chosen}`), count: listed.length })}</Text>
          <Button variant="default" size="compact-sm" onClick={() => choose(null)}>
            {t("listAll")}
          </Button>
        </Group>
      )}
      {listed.length > 0 && (
        <ul ref={list} className={`${classes.list} ${print.screenOnly}`} aria-label={t("episodes")}>
          {shown.map((episode) => (
            <EpisodeItem
              key={`${episode.kind} ${episode.startMs}`}
              episode={episode}
              shownZone={shownZone}
              onShow={onShow}
              namesSensors={isSeveral}
            />
          ))}
        </ul>
      )}
      <PrintedLows
        shownZone={shownZone}
        onShow={onShow}
        namesSensors={isSeveral}
        lows={(rows.find(({ key }) => key === "low")?.episodes ?? [])
          .map(asListed)
          .sort((a, b) => b.startMs - a.startMs)}
      />
      {listed.length > firstFew && (
        <Button
          className={print.screenOnly}
          variant="subtle"
          size="compact-sm"
          onClick={() => toggleAll(list, firstFew, setAll)}
        >
          {all ? t("action.showFewer") : t("showAll", { count: listed.length })}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        {t("blocksIn", { zone: timeZone })} <span className={print.screenOnly}>{t("episodesChoose")}</span>
      </Text>
    </Paper>
  );
}

/** A second of jitter makes no fifteen minutes fourteen. */
const toMinute = (durationMs: number): number => Math.round(durationMs / minuteMs) * minuteMs;

interface PrintedLowsProps extends Omit<EpisodeItemProps, "episode"> {
  lows: readonly EpisodeItemProps["episode"][];
}

/** The lows on paper, newest first: a sheet has nothing to choose with. Extended ones come first, then the deepest. */
function PrintedLows({ lows, ...shown }: PrintedLowsProps) {
  const t = useMessages("patient", "details");
  if (!usePrinting() || lows.length === 0) return null;
  const weight = ({ extremeMmolL, isExtended }: Episode) => Number(isExtended) * 100 - extremeMmolL;
  const kept = new Set(lows.toSorted((a, b) => weight(b) - weight(a)).slice(0, printedLows));
  const more = lows.length - kept.size;
  return (
    <>
      <p className={classes.printedHead}>{t("lowsPrinted", { count: lows.length })}</p>
      <ul className={classes.list} aria-label={t("lowsPrinted", { count: lows.length })}>
        {lows
          .filter((episode) => kept.has(episode))
          .map((episode) => (
            <EpisodeItem key={episode.startMs} episode={episode} {...shown} />
          ))}
      </ul>
      {more > 0 && <p className={classes.printedHead}>{t("lowsMore", { count: more })}</p>}
    </>
  );
}

interface ListedEpisode extends Episode {
  band: EpisodeKind;
  ending: EpisodeEnding;
}

interface EpisodeItemProps extends Pick<DetailsProps, "shownZone" | "onShow"> {
  episode: ListedEpisode;
  /** Several sensors measured at once: each episode says whose it is. */
  namesSensors: boolean;
}

function EpisodeItem({ episode, namesSensors, shownZone, onShow }: EpisodeItemProps) {
  const t = useMessages("patient", "details");
  const { unit, language } = usePreferences();
  const {
    kind,
    band,
    startMs,
    endMs,
    extremeMmolL,
    isExtended,
    isBeginSeen,
    isCutByPeriod,
    ending,
    sensors,
  } = episode;
  const edgesWords = [
    ...(isBeginSeen ? [] : [t(isCutByPeriod ? "ending.beganBefore" : "ending.unseenBeginning")]),
    ...(ending === "returned" ? [] : [t(`ending.${ending}`)]),
  ];
  const name = t(isExtended ? "episode.extended" : `episode.${kind}`);
  const extreme = t(kind.endsWith("low") ? "lowest" : "highest", {
    value: `${formatGlucose(extremeMmolL, unit)} ${unit}`,
  });
  return (
    <li>
      <button
        type="button"
        onClick={() =>
          onShow({ startMs: startMs - 2 * hourMs, endMs: endMs + 2 * hourMs }, episodePlace(episode))
        }
      >
        <span className={details.swatch} data-band={band} aria-hidden="true" />
        <strong>{formatDateTime(startMs, shownZone, language)}</strong>
        <span>
          {name}
          {t("comma")}
          {(band === "very-low" || band === "very-high") && (
            <strong className={classes.worse} data-band={band}>
              {t(`reached-${band}`)}
              {t("comma")}
            </strong>
          )}
          {[
            formatDuration(shownLengthMs(startMs, endMs), language) +
              (edgesWords.length > 0 ? t("inBrackets", { words: edgesWords.join(t("comma")) }) : ""),
            extreme,
            ...(namesSensors
              ? [t("onSensors", { sensors: sensors.join(t("comma")), count: sensors.length })]
              : []),
          ].join(t("comma"))}
        </span>
      </button>
    </li>
  );
}
