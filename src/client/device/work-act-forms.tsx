import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type DeviceRow, deviceHandOver } from "#contract/device-worklist.ts";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import { handOverWordsMaxLength } from "#contract/worklist-acts.ts";
import { dayMs } from "#glucose/time.ts";
import { deviceWorklistMutations } from "../api/device-worklist.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { PlainFailure } from "../ui/plain-failure.tsx";
import { TextField } from "../ui/text-field.tsx";
import classes from "./work.module.css";
import type { DoneAct } from "./work-done.tsx";
import { isUntold } from "./work-words.ts";

/** Offered for how many days to put a row off. */
const putOffDays = [1, 3, 7] as const;

interface ActFormProps {
  row: DeviceRow;
  onDone: (done: DoneAct) => void;
}

/** For how long a row is put off. */
export function PutOffChoices({ row: { patientId, name, reasons }, onDone }: ActFormProps) {
  const t = useMessages("device", "work");
  const snooze = useMutation(deviceWorklistMutations.snooze(patientId));
  const put = (untilMs: number | null) =>
    snooze.mutate(
      { untilMs, untilWorse: true },
      {
        onSuccess: ({ atMs }) => {
          announce(t("isPutOff", { name }));
          onDone({ kind: "snooze", atMs });
        },
      },
    );
  return (
    <div className={layout.column} data-gap="xs">
      <fieldset
        className={`${layout.row} ${classes.choices}`}
        data-gap="xs"
        aria-label={t("putOffOf", { name })}
      >
        {putOffDays.map((days) => (
          <Button
            key={days}
            size="compact-sm"
            variant="subtle"
            disabled={snooze.isPending}
            onClick={() => put(now() + days * dayMs)}
          >
            {t("forDays", { count: days })}
          </Button>
        ))}
        {!isUntold(reasons) && (
          <Button size="compact-sm" variant="subtle" disabled={snooze.isPending} onClick={() => put(null)}>
            {t("untilWorse")}
          </Button>
        )}
      </fieldset>
      {snooze.isError && <PlainFailure error={snooze.error} />}
    </div>
  );
}

/** To whom a row is handed over, and why. */
export function Receivers({ row, onDone }: ActFormProps) {
  const t = useMessages("device", "work");
  const { patientId, name, handOver: standing } = row;
  const [text, setText] = useState("");
  const [isAttempted, setIsAttempted] = useState(false);
  const said = useMessages("acts", "message");
  const handOver = useMutation(deviceWorklistMutations.handOver(patientId));
  const words = text.trim() ? text : undefined;
  const reason = deviceHandOver.shape.words.safeParse(words).error?.issues[0]?.message;
  const fault =
    reason === "too-long"
      ? said("tooLong", { most: handOverWordsMaxLength })
      : reason &&
        (reason === "glucose" ? said("glucose", { part: glucoseIn(text) ?? "" }) : t("wordsUnusable"));
  const give = (to: "back" | "clinician" | "administrator") => {
    setIsAttempted(true);
    if (reason) return;
    handOver.mutate(
      { to, words },
      {
        onSuccess: ({ atMs }) => {
          announce(t("isHandedOver", { name }));
          onDone({ kind: "handOver", atMs });
        },
      },
    );
  };
  return (
    <div className={layout.column} data-gap="xs">
      <TextField
        label={said("words")}
        autoComplete="off"
        value={text}
        readOnly={handOver.isPending}
        error={isAttempted ? fault : null}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <fieldset
        className={`${layout.row} ${classes.choices}`}
        data-gap="xs"
        aria-label={t("handOverOf", { name })}
      >
        {standing?.to === "support" && standing.by.name !== null && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={handOver.isPending}
            onClick={() => give("back")}
          >
            {t("backTo", { name: standing.by.name })}
          </Button>
        )}
        {(["clinician", "administrator"] as const).map((role) => (
          <Button
            key={role}
            size="compact-sm"
            variant="subtle"
            disabled={handOver.isPending}
            onClick={() => give(role)}
          >
            {t(`to-${role}`)}
          </Button>
        ))}
      </fieldset>
      {handOver.isError && <PlainFailure error={handOver.error} title={t("notHandedOver")} />}
    </div>
  );
}
