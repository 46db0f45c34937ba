import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link, useSearchParams } from "react-router";
import { usePreferences } from "../preferences.ts";
import { sessionQuery } from "../session.ts";
import classes from "./patient-way.module.css";
import { viewSearch } from "./view.ts";
import { useKeptWay, useNeighbours } from "./way.ts";
import { useWayMessages } from "./way-messages.ts";

/** From a patient's page back to the list they were opened from, and on to the one before or after in it. */
export function PatientWay({ id }: { id: string }) {
  const owner = useQuery(sessionQuery).data?.user.id;
  return owner ? <OwnWay key={owner} owner={owner} id={id} /> : null;
}

/** The same to the patient before and after alone, for a bar that stays in sight. */
export function Beside({ id }: { id: string }) {
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
  const t = useWayMessages();
  const [way, setWay] = useKeptWay(owner);
  const neighbours = useNeighbours(way, id);
  const days = useSearchParams()[0].get("days");
  useEffect(() => {
    if (way && neighbours && neighbours.index !== way.index) setWay({ ...way, index: neighbours.index });
  });
  /** An arrow stands in place of the words where there is no room for them. */
  const beside = (side: "previous" | "next", arrow?: string) => {
    const found = neighbours?.[side];
    if (!way || !found) return null;
    return (
      <Link
        to={{ pathname: `/patients/${found.patient.id}`, search: days ? `?days=${days}` : "" }}
        rel={side === "previous" ? "prev" : "next"}
        onClick={() => setWay({ ...way, index: found.index })}
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
  return { way, neighbours, beside };
}

function OwnWay({ owner, id }: { owner: string; id: string }) {
  const t = useWayMessages();
  const { language } = usePreferences();
  const { way, neighbours, beside } = useBeside(owner, id);
  const number = new Intl.NumberFormat(language);
  return (
    <nav className={classes.way} aria-label={t("way")}>
      <Link to={{ pathname: "/patients", search: way ? viewSearch(way.view) : "" }}>{t("backToList")}</Link>
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
