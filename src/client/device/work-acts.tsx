import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DeviceRow } from "#contract/device-worklist.ts";
import { formatAge, formatShortDateTime } from "#words/time.ts";
import { deviceWorklistMutations } from "../api/device-worklist.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { useLetterKeys } from "../ui/letter-keys.ts";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { viewerZone } from "../ui/viewer-zone.ts";
import { PutOffChoices, Receivers } from "./work-act-forms.tsx";
import { type DoneAct, RecallStays, TakeBack } from "./work-done.tsx";
import { Said } from "./work-said.tsx";
import { isUntold } from "./work-words.ts";

interface WorkActsProps {
  row: DeviceRow;
  nowMs: number;
  onDone: (done: DoneAct) => void;
  onTakenBack: () => void;
}

/** What can be done with a row as it stands. */
export function WorkActs({ row, nowMs, onDone, onTakenBack }: WorkActsProps) {
  if (row.state === "reviewed") return <Reviewed row={row} nowMs={nowMs} onTakenBack={onTakenBack} />;
  if (row.state === "snoozed") return <PutOff row={row} onTakenBack={onTakenBack} />;
  return <Open row={row} nowMs={nowMs} onDone={onDone} onTakenBack={onTakenBack} />;
}

function Open({ row, nowMs, onDone, onTakenBack }: WorkActsProps) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const [choice, setChoice] = useState<"putOff" | "handOver" | null>(null);
  const areKeysOn = useLetterKeys();
  const review = useMutation(deviceWorklistMutations.review(row.patientId));
  const { name, handOver } = row;
  const deal = () =>
    review.mutate(undefined, {
      onSuccess: ({ atMs }) => {
        announce(t("dealtWith", { name }));
        onDone({ kind: "review", atMs });
      },
    });
  const toggle = (one: "putOff" | "handOver") => setChoice(choice === one ? null : one);
  return (
    <div className={layout.column} data-gap="xs">
      {row.review && isUntold(row.reasons) && (
        <>
          <p className={prose.note}>
            {t("dealtBy", {
              name: row.review.by.name ?? t("someone"),
              age: formatAge(nowMs - row.review.atMs, language),
            })}
          </p>
          <RecallStays row={row} />
          <Said row={row} />
        </>
      )}
      <div className={layout.row} data-gap="xs">
        <Button
          size="xs"
          variant="light"
          loading={review.isPending}
          aria-label={t("dealOf", { name })}
          aria-keyshortcuts={areKeysOn ? "r" : undefined}
          onClick={deal}
        >
          {t("deal")}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t("putOffOf", { name })}
          aria-keyshortcuts={areKeysOn ? "s" : undefined}
          aria-expanded={choice === "putOff"}
          onClick={() => toggle("putOff")}
        >
          {t("putOff")}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t("handOverOf", { name })}
          aria-keyshortcuts={areKeysOn ? "h" : undefined}
          aria-expanded={choice === "handOver"}
          onClick={() => toggle("handOver")}
        >
          {t("handOver")}
        </Button>
      </div>
      {choice === "putOff" && <PutOffChoices row={row} onDone={onDone} />}
      {choice === "handOver" && <Receivers row={row} onDone={onDone} />}
      {handOver && handOver.to !== "support" && (
        <TakeBack
          row={row}
          done={{ kind: "handOver", atMs: handOver.atMs }}
          words="takeBack"
          onTakenBack={onTakenBack}
        />
      )}
      {review.isError && <PlainFailure error={review.error} />}
    </div>
  );
}

function Reviewed({ row, nowMs, onTakenBack }: Omit<WorkActsProps, "onDone">) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const { review } = row;
  if (!review) return null;
  return (
    <div className={layout.column} data-gap="xs">
      <p className={prose.note} data-dealt="">
        {t("dealtBy", {
          name: review.by.name ?? t("someone"),
          age: formatAge(nowMs - review.atMs, language),
        })}
      </p>
      <Said row={row} />
      <TakeBack
        row={row}
        done={{ kind: "review", atMs: review.atMs }}
        words="takeBack"
        onTakenBack={onTakenBack}
      />
    </div>
  );
}

function PutOff({ row, onTakenBack }: Pick<WorkActsProps, "row" | "onTakenBack">) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const { snooze } = row;
  if (!snooze) return null;
  const by = snooze.by.name ?? t("someone");
  return (
    <div className={layout.column} data-gap="xs">
      <p className={prose.note}>
        {snooze.untilMs === null
          ? t("putOffUntilWorse", { name: by })
          : t(snooze.untilWorse ? "putOffUntilOrWorse" : "putOffUntil", {
              name: by,
              time: formatShortDateTime(snooze.untilMs, viewerZone, language),
            })}
      </p>
      <TakeBack
        row={row}
        done={{ kind: "snooze", atMs: snooze.atMs }}
        words="lookAgain"
        onTakenBack={onTakenBack}
      />
    </div>
  );
}
