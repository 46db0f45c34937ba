import { type ComponentType, useState } from "react";
import type { RosterFacets } from "#contract/roster.ts";
import { hourMs } from "#glucose/time.ts";
import { formatDateTime, formatTime } from "#words/time.ts";
import { useNow } from "../clock.ts";
import { loadCatalogs, useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import folded from "../ui/folded.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { keepsSearch } from "../ui/use-search-text.ts";
import { viewerZone } from "../ui/viewer-zone.ts";
import { AsOfNote } from "./as-of-note.tsx";
import type { ListRulesProps } from "./list-rules.tsx";
import classes from "./roster.module.css";
import type { View } from "./view.ts";
import { viewSearch } from "./view-search.ts";
import { publishedSortOf, publishedSorts } from "./views.ts";
import { orderWord } from "./words.ts";

interface ListNotesProps {
  view: View;
  facets: RosterFacets;
  /** Until when this person had seen the list before. */
  lookMs: number | null;
  /** On a phone too all of it is said. */
  isOpen: boolean;
}

/** How far behind the list is, what is new in it, and how it is made. */
export function ListNotes({ view, facets, lookMs, isOpen }: ListNotesProps) {
  const t = useMessages("roster");
  return (
    <>
      <p>
        <AsOfNote view={view} facets={facets} />
      </p>
      {lookMs !== null && <NewNote view={view} arisen={facets.arisen} lookMs={lookMs} />}
      <div className={classes.folded} data-open={isOpen}>
        <p>{t(publishedSortOf(view.sort) ? "sharesOfOwn" : "sharesOf")}</p>
        <Published />
        <HowMade view={view} />
      </div>
    </>
  );
}

/** Lists that are made by the rules of others. */
function Published() {
  const t = useMessages("roster");
  return (
    <p className={classes.publishedLists}>
      {t("publishedLists")}{" "}
      {publishedSorts.map((sort) => (
        <Link
          key={sort}
          className={`${prose.link} ${prose.underlined} ${classes.published}`}
          to={{ search: `sort=${sort}` }}
        >
          {orderWord(t, sort)}
        </Link>
      ))}
    </p>
  );
}

function NewNote({ view, arisen, lookMs }: { view: View; arisen: number; lookMs: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const isOfToday = useNow() - lookMs < 12 * hourMs;
  const time = (isOfToday ? formatTime : formatDateTime)(lookMs, viewerZone, language);
  const { aroseAfterMs, ...filter } = view.filter;
  const isChosen = aroseAfterMs !== undefined;
  if (arisen === 0 && !isChosen) return <p>{t("nothingNew", { time })}</p>;
  const other = isChosen ? filter : { ...filter, aroseAfterMs: lookMs };
  return (
    <p>
      {t("newSince", { count: arisen, shown: new Intl.NumberFormat(language).format(arisen), time })} –{" "}
      <Link
        className={`${prose.link} ${prose.underlined}`}
        to={{ search: viewSearch({ ...view, filter: other }) }}
        state={keepsSearch}
      >
        {t(isChosen ? "showAlsoOld" : "showNew")}
      </Link>
    </p>
  );
}

/** The rules and their words come when they are asked for. */
function HowMade({ view }: { view: View }) {
  const t = useMessages("roster");
  const [Rules, setRules] = useState<ComponentType<ListRulesProps> | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const load = async () => {
    setFailed(false);
    try {
      const [{ ListRules }] = await Promise.all([
        import("./list-rules.tsx"),
        loadCatalogs(["list-rules", "limits"]),
      ]);
      setRules(() => ListRules);
    } catch {
      setFailed(true);
    }
  };
  return (
    <details
      className={folded.folded}
      onToggle={(event) => {
        setOpen(event.currentTarget.open);
        void load();
      }}
    >
      <summary>{t("howMade")}</summary>
      {isFailed && <p role="alert">{t("howMadeFailed")}</p>}
      {Rules && <Rules view={view} />}
      {isOpen && !Rules && !isFailed && <Loading height="4rem" label={t("loading")} />}
    </details>
  );
}
