import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearchParams } from "react-router";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Link } from "../ui/link.tsx";
import { useKeys } from "../ui/use-keys.ts";
import classes from "./list-navigation.module.css";
import { useNeighbours } from "./list-position.ts";
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

const keys = { previous: "[", next: "]" } as const;

function useBeside(owner: string, id: string) {
  const t = useMessages("patient", "way");
  const { singleKeys } = usePreferences();
  const { position, neighbours } = useNeighbours(owner, id);
  const days = useSearchParams()[0].get("days");
  const addressOf = (side: "previous" | "next") => {
    const found = neighbours?.[side];
    return found && { pathname: `/patients/${found.id}`, search: days ? `?days=${days}` : "" };
  };
  /** An arrow stands in place of the words where there is no room for them. */
  const beside = (side: "previous" | "next", arrow?: string) => {
    const to = addressOf(side);
    if (!to) return null;
    const name = neighbours?.[side]?.name;
    return (
      <Link
        to={to}
        rel={side === "previous" ? "prev" : "next"}
        aria-keyshortcuts={singleKeys ? keys[side] : undefined}
        title={singleKeys ? t("key", { key: keys[side] }) : undefined}
      >
        <span className={arrow && classes.words}>
          {name === undefined ? t(`${side}Unnamed`) : t(side, { name })}
        </span>
        {singleKeys && !arrow && (
          <>
            {" "}
            <span className={classes.key} aria-hidden="true">
              {keys[side]}
            </span>
          </>
        )}
        {arrow && (
          <span className={classes.arrow} aria-hidden="true">
            {arrow}
          </span>
        )}
      </Link>
    );
  };
  return { position, neighbours, beside, addressOf };
}

function OwnNavigation({ owner, id }: { owner: string; id: string }) {
  const t = useMessages("patient", "way");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const { position, neighbours, beside, addressOf } = useBeside(owner, id);
  const time = position?.times?.[id];
  const go = (side: "previous" | "next") => {
    const to = addressOf(side);
    if (to) void navigate(to);
  };
  useKeys({
    ...(neighbours?.previous && { [keys.previous]: () => go("previous") }),
    ...(neighbours?.next && { [keys.next]: () => go("next") }),
  });
  const number = new Intl.NumberFormat(language);
  return (
    <nav className={classes.navigation} aria-label={t("way")} data-total={neighbours?.total}>
      <Link to={{ pathname: "/patients", search: position ? viewSearch(position.view) : "" }}>
        {t("backToList")}
      </Link>
      {neighbours && (
        <span>
          {t("place", { n: number.format(neighbours.index + 1), of: number.format(neighbours.total) })}
          {time && ` · ${time}`}
        </span>
      )}
      {beside("previous")}
      {beside("next")}
      {neighbours?.hasChanged && <span className={classes.changed}>{t("listChanged")}</span>}
    </nav>
  );
}
