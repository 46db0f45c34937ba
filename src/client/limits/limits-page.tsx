import { useQuery } from "@tanstack/react-query";
import { limitsQuery } from "../api/limits.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { limitsSetWords } from "../ui/limit-words.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import classes from "./limits.module.css";
import { LimitsForm } from "./limits-form.tsx";

/** `/limits`, for administrators: from when on the list names somebody as one to look at. */
export function LimitsPage() {
  const t = useMessages("limits");
  const app = useMessages("app");
  const { language } = usePreferences();
  const owner = useQuery(sessionQuery).data?.user.id;
  const { data, error, refetch } = useQuery(limitsQuery);
  return (
    <div className={classes.page}>
      <Page title={app("limits")} lead={t("lead")}>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height="20rem" label={t("loading")} />}
        {data && <p className={prose.note}>{limitsSetWords(t, data.set, language)}</p>}
        {data && owner && <LimitsForm kept={data} owner={owner} />}
      </Page>
    </div>
  );
}
