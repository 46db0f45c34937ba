import { useQuery } from "@tanstack/react-query";
import { useLocation } from "react-router";
import { sessionQuery } from "../api/session.ts";
import { useNow } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import classes from "./device-page.module.css";
import { PersonSearch } from "./person-search.tsx";
import { RecentList } from "./recent-list.tsx";
import { SerialForm } from "./serial-form.tsx";

/**
 * The look-up with nothing found yet. `typed` is what an address asked for that cannot be a serial number.
 */
export function DeviceSearch({ typed }: { typed: string }) {
  const t = useMessages("device", "search");
  const nowMs = useNow();
  const user = useQuery(sessionQuery).data?.user;
  const isForPerson = (useLocation().state as { person?: string } | null)?.person !== undefined;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <div className={layout.row}>
          {user?.role === "administrator" && (
            <Link className={prose.link} to="/work">
              {t("work.title")}
            </Link>
          )}
          <Link className={prose.link} to="/cases">
            {t("allCases")}
          </Link>
          <Link className={prose.link} to="/look-ups">
            {t("many")}
          </Link>
        </div>
      }
    >
      <div className={`${layout.column} ${classes.search}`} data-gap="xl">
        <SerialForm key={typed} initial={typed} takeFocus={!isForPerson} />
        <PersonSearch nowMs={nowMs} />
        {user && <RecentList account={user.id} nowMs={nowMs} />}
      </div>
    </Page>
  );
}

/** `/devices`: one field. */
export const DeviceSearchPage = () => <DeviceSearch typed="" />;
