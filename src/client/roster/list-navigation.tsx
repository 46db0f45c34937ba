import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import classes from "./list-navigation.module.css";
import { useListPosition, useNeighbours } from "./list-position.ts";
import { viewSearch } from "./view-search.ts";

/** From a patient's page back to the list they were opened from, and on to the one before or after in it. */
export function ListNavigation({ id }: { id: string }) {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <OwnNavigation key={owner} owner={owner} id={id} /> : null;
}

/** The same to the patient before and after alone, for a bar that stays in sight. */
export function BesideInList({ id }: { id: string }) {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <OwnBeside key={owner} owner={owner} id={id} /> : null;
}

function OwnBeside({ owner, id }: { owner: string; id: string }) {
  const { beside } = useBeside(owner, id);
  return (
    <span className={classes.beside}>
      {beside("previous", "‹")}
      {beside("next", "›")}
    </span>
  );
}

function useBeside(owner: string, id: string) {
  const t = useMessages("patient", "way");
  const [position, setPosition] = useListPosition(owner);
  const neighbours = useNeighbours(position, id);
  const days = useSearchParams()[0].get("days");
  useEffect(() => {
    if (position && neighbours && neighbours.index !== position.index)
      setPosition({ ...position, index: neighbours.index });
  });
  /** An arrow stands in place of the words where there is no room for them. */
  const beside = (side: "previous" | "next", arrow?: string) => {
    const found = neighbours?.[side];
    if (!position || !found) return null;
    return (
      <Link
        to={{ pathname: `/patients/${found.patient.id}`, search: days ? `?days=${days}` : "" }}
        rel={side === "previous" ? "prev" : "next"}
        onClick={() => setPosition({ ...position, index: found.index })}
      >
        <span className={arrow && classes.words}>{t(side, { name: found.patient.name })}</span>
        {arrow && (
          <span className={classes.arrow} aria-hidden="true">
            {arrow}
          </span>
        )}
      </Link>
    );
  };
  return { position, neighbours, beside };
}

function OwnNavigation({ owner, id }: { owner: string; id: string }) {
  const t = useMessages("patient", "way");
  const { language } = usePreferences();
  const { position, neighbours, beside } = useBeside(owner, id);
  const number = new Intl.NumberFormat(language);
  return (
    <nav className={classes.navigation} aria-label={t("way")}>
      <Link to={{ pathname: "/patients", search: position ? viewSearch(position.view) : "" }}>
        {t("backToList")}
      </Link>
      {neighbours && (
        <span>
          {t("place", { n: number.format(neighbours.index + 1), of: number.format(neighbours.total) })}
        </span>
      )}
      {beside("previous")}
      {beside("next")}
    </nav>
  );
}
