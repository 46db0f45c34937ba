import { useMutation } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import type { ImportJob } from "#contract/import.ts";
import { type ImportAction, importMutations } from "../api/imports.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import { useNextButton } from "../ui/use-next-button.ts";
import { SaveResult } from "./save-result.tsx";

/** What can be done with the file in its state. */
export function Actions({ job }: { job: ImportJob }) {
  const t = useMessages("imports", "job");
  const { language } = usePreferences();
  const navigate = useNavigate();
  const { search } = useLocation();
  const buttons = useNextButton();
  const { id, state, counts } = job;
  const act = useMutation(importMutations.act(id));
  const remove = useMutation(importMutations.remove(id));
  const removeAndLeave = () =>
    remove.mutate(undefined, { onSuccess: () => navigate({ pathname: "/patients/import", search }) });
  const busy = act.isPending || remove.isPending;
  const button = (action: ImportAction, words: string, variant: "filled" | "default" = "default") => (
    <Button
      variant={variant}
      disabled={busy}
      loading={act.isPending && act.variables === action}
      onClick={() => act.mutate(action)}
    >
      {words}
    </Button>
  );
  const number = new Intl.NumberFormat(language);
  const n = number.format(counts.new);
  const left = counts.new + counts.failed;
  const error = act.error ?? remove.error;
  return (
    <div>
      {state === "checked" && counts.new === 0 && <p className={layout.belowSm}>{t("nothingNew")}</p>}
      <div className={layout.row} data-gap="sm" {...buttons}>
        {state === "checked" &&
          counts.new > 0 &&
          button("start", t("start", { count: counts.new, n }), "filled")}
        {state === "running" && button("pause", t("action.pause"), "filled")}
        {state === "paused" && button("start", t("resume"), "filled")}
        {(state === "running" || state === "paused") && (
          <ConfirmButton
            words={t("cancel")}
            sure={t("sure", { action: t("cancel") })}
            keep={t("keep")}
            disabled={busy}
            onConfirm={() => act.mutate("cancel")}
          />
        )}
        {(state === "done" || state === "paused") && counts.failed > 0 && button("retry", t("retry"))}
        {state !== "checked" && state !== "running" && <SaveResult job={job} />}
        {state === "checked" && (
          <Button variant="default" disabled={busy} onClick={removeAndLeave}>
            {t("action.discard")}
          </Button>
        )}
        {state !== "checked" && state !== "running" && (
          <ConfirmButton
            words={t("remove")}
            sure={t("sure", { action: t("remove") })}
            keep={t("keep")}
            consequence={left > 0 ? t("notRegistered", { count: left, n: number.format(left) }) : undefined}
            disabled={busy}
            onConfirm={removeAndLeave}
          />
        )}
      </div>
      {error && <Failure error={error} title={t("actionFailed")} />}
    </div>
  );
}
