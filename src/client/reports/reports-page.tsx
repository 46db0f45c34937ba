import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "react-router";
import type { ListView } from "../api/patients.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import layout from "../ui/layout.module.css";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { JobPage } from "./job-page.tsx";
import { JobsList } from "./jobs-list.tsx";
import { ReportsForm } from "./reports-form.tsx";

/** What the link to this page says: a list of patients, and whose it is. */
interface ListState {
  readonly list?: { readonly owner: string; readonly view: ListView; readonly q: string };
}

/** `/reports`: reports of a list of patients, and the jobs of this person; `/reports/:id`: one of them. */
export function ReportsPage() {
  const { id } = useParams();
  return id ? <JobPage key={id} id={id} /> : <Begin />;
}

function Begin() {
  const t = useMessages("reports");
  const owner = useQuery(sessionQuery).data?.user.id;
  const { list } = (useLocation().state ?? {}) as ListState;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className={layout.column} data-gap="xl">
        {/* Who signed in after somebody else finds their own place only. */}
        {list && list.owner === owner ? (
          <ReportsForm view={list.view} q={list.q} />
        ) : (
          <p className={prose.dimmed}>{t("chooseList")}</p>
        )}
        <JobsList />
      </div>
    </Page>
  );
}
