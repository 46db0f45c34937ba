import { type ComponentType, useState } from "react";
import type { RosterFacets } from "#contract/roster.ts";
import { loadCatalogs, useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import folded from "../ui/folded.module.css";
import { Link } from "../ui/link.tsx";
import { Loading } from "../ui/loading.tsx";
import prose from "../ui/prose.module.css";
import { keepsSearch } from "../ui/use-search-text.ts";
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
  /** On a phone too all of it is said. */
  isOpen: boolean;
}

/** How far behind the list is, what is new in it, and how it is made. */
export function ListNotes({ view, facets, isOpen }: ListNotesProps) {
  const t = useMessages("roster");
  return (
    <>
      <p>
        <AsOfNote view={view} facets={facets} />
      </p>
      <LowNowNote view={view} count={facets.lowNow} />
      <NewNote view={view} count={facets.isNew} />
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

/** Behind who was very low when the readings stopped stands who is low now; here they are found at once. */
function LowNowNote({ view, count }: { view: View; count: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  if (count === 0 || view.filter.lowNow) return null;
  return (
    <p>
      {t("lowNowNote", { count, shown: new Intl.NumberFormat(language).format(count) })} –{" "}
      <Link
        className={`${prose.link} ${prose.underlined}`}
        to={{ search: viewSearch({ filter: { lowNow: true }, sort: "who-first", down: false }) }}
        state={keepsSearch}
      >
        {t("showLowNow")}
      </Link>
    </p>
  );
}

function NewNote({ view, count }: { view: View; count: number }) {
  const t = useMessages("roster");
  const { language } = usePreferences();
  const { isNew, ...filter } = view.filter;
  if (count === 0 && !isNew) return null;
  const other = isNew ? filter : { ...filter, isNew: true };
  return (
    <p>
      {t("newSince", { count, shown: new Intl.NumberFormat(language).format(count) })} –{" "}
      <Link
        className={`${prose.link} ${prose.underlined}`}
        to={{ search: viewSearch({ ...view, filter: other }) }}
        state={keepsSearch}
      >
        {t(isNew ? "showAlsoOld" : "showNew")}
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
      const [{ ListRules }] = await Promise.all([import("./list-rules.tsx"), loadCatalogs(["limits"])]);
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
