import { useQuery } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import layout from "../ui/layout.module.css";
import { Link } from "../ui/link.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { ListForm } from "./list-form.tsx";
import type { ParsedSerials } from "./parse-serials.ts";
import { Progress } from "./progress.tsx";
import { ResultsTable } from "./results-table.tsx";
import { runOf } from "./run.ts";

/** `/look-ups`: a list of serial numbers in, a state or a reason for each out. */
export function LookupsPage() {
  const account = useQuery(sessionQuery).data?.user.id;
  return account ? <Lookups key={account} account={account} /> : null;
}

function Lookups({ account }: { account: string }) {
  const t = useMessages("lookups");
  const store = runOf(account);
  const [hasBegun, setHasBegun] = useState(false);
  const begin = ({ serials, repeated, overLimit, rejected }: ParsedSerials) => {
    setHasBegun(true);
    store.begin(serials, { repeated, overLimit, unusable: rejected.map(({ text }) => text) });
  };
  const run = useSyncExternalStore(store.subscribe, store.get);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Link className={prose.link} to="/devices">
          {t("oneLink")}
        </Link>
      }
    >
      <div className={layout.column} data-gap="lg">
        {run.rows.length === 0 ? (
          <ListForm onStart={begin} />
        ) : (
          <>
            <Progress run={run} store={store} takesFocus={hasBegun} />
            <ResultsTable rows={run.rows} />
          </>
        )}
      </div>
    </Page>
  );
}
