import { useQuery } from "@tanstack/react-query";
import type { WorklistLimits } from "#contract/limits.ts";
import { limitsQuery } from "../api/limits.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Failure } from "../ui/failure.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import prose from "../ui/prose.module.css";
import { formatDateTime, viewerZone } from "../ui/time.ts";
import classes from "./limits.module.css";
import { LimitsForm } from "./limits-form.tsx";

/** `/limits`, for administrators: from when on the list names somebody as one to look at. */
export function LimitsPage() {
  const t = useMessages("limits");
  const app = useMessages("app");
  const owner = useQuery(sessionQuery).data?.user.id;
  const { data, error, refetch } = useQuery(limitsQuery);
  return (
    <div className={classes.page}>
      <Page title={app("limits")} lead={t("lead")}>
        {error && <Failure error={error} title={t("failed")} onRetry={() => void refetch()} />}
        {!data && !error && <Loading height="20rem" label={t("loading")} />}
        {data && <SetNote set={data.set} />}
        {data && owner && <LimitsForm kept={data} owner={owner} />}
      </Page>
    </div>
  );
}

function SetNote({ set }: Pick<WorklistLimits, "set">) {
  const t = useMessages("limits");
  const { language } = usePreferences();
  if (!set) return <p className={prose.note}>{t("neverSet")}</p>;
  const time = formatDateTime(set.atMs, viewerZone, language);
  const { name } = set.by;
  return (
    <p className={prose.note}>{name === null ? t("setByFormer", { time }) : t("setBy", { name, time })}</p>
  );
}
