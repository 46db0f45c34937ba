import { useMemo, useState } from "react";
import { hoursOfTwoSensors } from "#glucose/tracks.ts";
import { type EpisodeRow, episodeRows, listedEpisodes, printedLows } from "#report/patient/episodes-view.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import prose from "../ui/prose.module.css";
import { usePrinting } from "../ui/use-printing.ts";
import details from "./details.module.css";
import type { DetailsProps } from "./details-props.ts";
import { EpisodeItem, type EpisodeItemProps } from "./episode-item.tsx";
import { EpisodeTable } from "./episode-table.tsx";
import { PeriodSection } from "./period-section.tsx";
import classes from "./span-list.module.css";
import { useShowAll } from "./use-show-all.ts";

const firstFew = 8;

/** When lows and highs came, by time of day, and each one with the way to its stretch of the curve. */
export function EpisodeList({ data, nowMs, shownZone, onShow }: DetailsProps) {
  const t = useMessages("details");
  const rows = useMemo(() => episodeRows(data), [data]);
  const isSeveral = useMemo(() => hoursOfTwoSensors(data.readings) > 0, [data.readings]);
  const { chosen, choose, listBoth } = useChosenRow();
  const { list, isAll, toggle } = useShowAll(firstFew);
  const listed = listedEpisodes(rows, chosen, data, nowMs);
  const shown = isAll ? listed : listed.slice(0, firstFew);
  const item = { shownZone, onShow, namesSensors: isSeveral };
  return (
    <PeriodSection
      id="episodes"
      name={t("episodes")}
      definition={t("defEpisodes")}
      basis={data}
      className={details.episodes}
    >
      <EpisodeTable rows={rows} chosen={chosen} onChoose={choose} />
      {chosen && (
        <div className={`${layout.row} ${print.screenOnly}`} data-gap="xs">
          <p className={prose.small}>
            {t("onlyKind", { kind: t(`episode.${chosen}`), count: listed.length })}
          </p>
          <Button variant="default" size="compact-sm" onClick={listBoth}>
            {t("listAll")}
          </Button>
        </div>
      )}
      {listed.length > 0 && (
        <ul ref={list} className={`${classes.list} ${print.screenOnly}`} aria-label={t("episodes")}>
          {shown.map((episode) => (
            <EpisodeItem key={`${episode.kind} ${episode.startMs}`} episode={episode} {...item} />
          ))}
        </ul>
      )}
      <PrintedLows {...printedLows(rows, data, nowMs)} {...item} />
      {listed.length > firstFew && (
        <Button className={print.screenOnly} variant="subtle" size="compact-sm" onClick={toggle}>
          {isAll ? t("action.showFewer") : t("showAll", { count: listed.length })}
        </Button>
      )}
      <p className={prose.note}>
        {t("blocksIn", { zone: data.timeZone })}{" "}
        <span className={print.screenOnly}>{t("episodesChoose")}</span>
      </p>
    </PeriodSection>
  );
}

/** The row whose episodes are listed alone; null while lows and highs are. */
function useChosenRow() {
  const t = useMessages("details");
  const [chosen, setChosen] = useState<EpisodeRow["key"] | null>(null);
  const listBoth = () => {
    setChosen(null);
    announce(t("allKinds"));
  };
  const choose = ({ key, episodes }: EpisodeRow) => {
    if (chosen === key) return listBoth();
    setChosen(key);
    announce(t("onlyKind", { kind: t(`episode.${key}`), count: episodes.length }));
  };
  return { chosen, choose, listBoth };
}

type PrintedLowsProps = ReturnType<typeof printedLows> & Omit<EpisodeItemProps, "episode">;

/** The lows on paper: a sheet has nothing to choose with. */
function PrintedLows({ kept, count, ...item }: PrintedLowsProps) {
  const t = useMessages("details");
  if (!usePrinting() || count === 0) return null;
  const more = count - kept.length;
  return (
    <>
      <p className={classes.printedHead}>{t("lowsPrinted", { count })}</p>
      <ul className={classes.list} aria-label={t("lowsPrinted", { count })}>
        {kept.map((episode) => (
          <EpisodeItem key={episode.startMs} episode={episode} {...item} />
        ))}
      </ul>
      {more > 0 && <p className={classes.printedHead}>{t("lowsMore", { count: more })}</p>}
    </>
  );
}
