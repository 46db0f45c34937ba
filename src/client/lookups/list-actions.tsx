import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import type { LookupList } from "#contract/lookups.ts";
import { type ListAction, lookupMutations } from "../api/lookups.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import print from "../ui/print.module.css";
import { useNextButton } from "../ui/use-next-button.ts";

/** What can be done with the list in its state. */
export function ListActions({ list: { id, state, counts } }: { list: LookupList }) {
  const t = useMessages("lookups");
  const navigate = useNavigate();
  const buttons = useNextButton();
  const act = useMutation(lookupMutations.act(id));
  const remove = useMutation(lookupMutations.remove(id));
  const isBusy = act.isPending || remove.isPending;
  const button = (action: ListAction, words: string, variant: "filled" | "default" = "filled") => (
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
        {state === "paused" && button("start", t("resume"))}
        {(state === "done" || state === "paused") &&
          counts.failed > 0 &&
          button("retry", t("retry", { count: counts.failed }), "default")}
        <ConfirmButton
          words={t("remove")}
          sure={t("removeSure")}
          consequence={t("removeMeaning")}
          keep={t("action.keep")}
          disabled={isBusy}
          onConfirm={() => remove.mutate(undefined, { onSuccess: () => navigate("/look-ups") })}
        />
      </div>
      {error && <Failure error={error} title={t("actionFailed")} />}
    </div>
  );
}
