import { useMutation } from "@tanstack/react-query";
import type { StandingOrder } from "#contract/submissions.ts";
import { formatDateTime } from "#words/time.ts";
import { submissionMutations } from "../api/submissions.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Failure } from "../ui/failure.tsx";
import layout from "../ui/layout.module.css";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";

/** What is sent again and again, and the way to stop it. */
export function ShownOrder({ patientId, order }: { patientId: string; order: StandingOrder }) {
  const t = useMessages("health-links", "submissions");
  const { language } = usePreferences();
  const stop = useMutation(submissionMutations.stop(patientId, order.id));
  const at = (timeMs: number) => formatDateTime(timeMs, viewerZone, language);
  const { receiver, every, days, nextAtMs, byName, createdAtMs } = order;
  return (
    <>
      <p>
        {t(every === "day" ? "eachDay" : "eachWeek", {
          receiver: receiver.name,
          count: Number(days),
          when: at(nextAtMs),
        })}
      </p>
      <p className={prose.note}>{t("orderedBy", { name: byName ?? t("somebody"), time: at(createdAtMs) })}</p>
      <div className={layout.row} data-gap="xs">
        <ConfirmButton
          words={t("stop")}
          consequence={t("stopMeaning")}
          sure={t("stopSure")}
          keep={t("action.keep")}
          disabled={stop.isPending}
          onConfirm={() => stop.mutate()}
        />
      </div>
      {stop.error && <Failure error={stop.error} title={t("nothingChanged")} />}
    </>
  );
}
