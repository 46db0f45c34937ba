import { useQuery } from "@tanstack/react-query";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { LatestLists } from "./latest-lists.tsx";
import { ListForm } from "./list-form.tsx";

/** `/look-ups`: a list of serial numbers to look up, and the lists of everybody here. */
export function LookupsPage() {
  const t = useMessages("lookups");
  const account = useQuery(sessionQuery).data?.user.id;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <div className={layout.row}>
          <Link className={prose.link} to="/recalls">
            {t("recalls")}
          </Link>
          <Link className={prose.link} to="/devices">
            {t("oneLink")}
          </Link>
        </div>
      }
    >
      <div className={layout.column} data-gap="xl">
        {account && <ListForm key={account} owner={account} />}
        <LatestLists />
      </div>
    </Page>
  );
}
