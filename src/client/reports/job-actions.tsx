import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { ReportsJob } from "#contract/reports.ts";
import { type ReportsAction, type ReportsFile, readReports, reportMutations } from "../api/report-jobs.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import { useNextButton } from "../ui/use-next-button.ts";

/** What can be done with a job in its state. */
export function JobActions({ job }: { job: ReportsJob }) {
  const { id, state, counts } = job;
  const t = useMessages("reports");
  const navigate = useNavigate();
  const buttons = useNextButton();
  const act = useMutation(reportMutations.act(id));
  const remove = useMutation(reportMutations.remove(id));
  const isBusy = act.isPending || remove.isPending;
  const isResting = state === "done" || state === "paused";
  const button = (action: ReportsAction, words: string, variant: "filled" | "default" = "filled") => (
    <Button
      variant={variant}
      disabled={isBusy}
      loading={act.isPending && act.variables === action}
      onClick={() => act.mutate(action)}
    >
      {words}
    </Button>
  );
  const error = act.error ?? remove.error;
  return (
    <div className={print.screenOnly}>
      <div className={layout.row} data-gap="sm" {...buttons}>
        {state === "running" && button("pause", t("action.pause"))}
        {state === "paused" && button("start", t("goOn"))}
        {isResting && counts.made + counts.empty > 0 && <Downloads job={job} />}
        {isResting && counts.failed > 0 && button("retry", t("retry", { count: counts.failed }), "default")}
        <ConfirmButton
          words={t(state === "running" ? "cancel" : "remove")}
          sure={t("removeSure")}
          consequence={t("removeMeaning")}
          keep={t("action.keep")}
          disabled={isBusy}
          onConfirm={() => remove.mutate(undefined, { onSuccess: () => navigate("/reports") })}
        />
      </div>
      {error && <Failure error={error} title={t("notChanged")} />}
    </div>
  );
}

/** What is made, as one file or several. */
function Downloads({ job: { id, createdAtMs } }: { job: ReportsJob }) {
  const t = useMessages("reports");
  const download = useMutation({
    mutationFn: async (file: ReportsFile) => {
      const [{ saveBlob }, content] = await Promise.all([import("../ui/csv.ts"), readReports(id, file)]);
      const day = new Date(createdAtMs).toISOString().slice(0, 10);
      saveBlob(`glucose-reports-${day}${file.slice(-4)}`, content);
    },
  });
  const { error, variables } = download;
  const button = (file: ReportsFile, words: string) => (
    <Button
      disabled={download.isPending}
      loading={download.isPending && variables === file}
      onClick={() => download.mutate(file)}
    >
      {words}
    </Button>
  );
  return (
    <>
      {button("reports.pdf", t("onePdf"))}
      {button("reports.zip", t("zip"))}
      {download.isPending && <p role="status">{t("writing")}</p>}
      {error && variables && (
        <Failure error={error} title={t("notDownloaded")} onRetry={() => download.mutate(variables)} />
      )}
    </>
  );
}
