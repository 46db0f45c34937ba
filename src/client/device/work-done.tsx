import { useMutation } from "@tanstack/react-query";
import { useLayoutEffect, useRef } from "react";
import type { DeviceRow } from "#contract/device-worklist.ts";
import { deviceWorklistMutations } from "../api/device-worklist.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { useLetterKeys } from "../ui/letter-keys.ts";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { SayForm } from "./work-said.tsx";
import { isUntold } from "./work-words.ts";

/** What was done with a row on this page. */
export interface DoneAct {
  readonly kind: "review" | "snooze" | "handOver";
  readonly atMs: number;
}

/** What is said of an act, and of taking it back. */
const wordsOf = {
  review: { done: "dealtWith", takenBack: "reviewTakenBack" },
  snooze: { done: "isPutOff", takenBack: "snoozeTakenBack" },
  handOver: { done: "isHandedOver", takenBack: "handOverTakenBack" },
} as const;

/** Of who was not told of a recall, what is done here is no end. */
export function RecallStays({ row: { reasons } }: { row: DeviceRow }) {
  const t = useMessages("device", "work");
  return isUntold(reasons) ? <p className={prose.note}>{t("recallStays")}</p> : null;
}

interface DoneHereProps {
  row: DeviceRow;
  done: DoneAct;
  onTakenBack: () => void;
}

/** In place of the acts, once something was done with it here. */
export function DoneHere({ row, done, onTakenBack }: DoneHereProps) {
  const t = useMessages("device", "work");
  const isDealtWith = done.kind === "review";
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; a second press of the same key does nothing here.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) said.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={layout.column} data-gap="xs">
      <p ref={said} tabIndex={-1} data-dealt={isDealtWith || undefined}>
        {t(wordsOf[done.kind].done, { name: row.name })}
      </p>
      <TakeBack row={row} done={done} words="takeBack" onTakenBack={onTakenBack} />
      {isDealtWith && <RecallStays row={row} />}
      {isDealtWith && <SayForm patientId={row.patientId} atMs={done.atMs} />}
    </div>
  );
}

interface TakeBackProps extends DoneHereProps {
  words: "takeBack" | "lookAgain";
}

export function TakeBack({ row: { patientId, name }, done, words, onTakenBack }: TakeBackProps) {
  const t = useMessages("device", "work");
  const areKeysOn = useLetterKeys();
  const part = done.kind === "handOver" ? "hand-over" : done.kind;
  const undo = useMutation(deviceWorklistMutations.takeBack(patientId, part));
  const takeBack = () =>
    undo.mutate(
      { atMs: done.atMs },
      {
        onSuccess: () => {
          announce(t(wordsOf[done.kind].takenBack, { name }));
          onTakenBack();
        },
      },
    );
  return (
    <>
      <div className={layout.row}>
        <Button
          size="xs"
          variant="default"
          loading={undo.isPending}
          aria-label={t(`${words}Of`, { name })}
          aria-keyshortcuts={areKeysOn ? "u" : undefined}
          onClick={takeBack}
        >
          {t(words)}
        </Button>
      </div>
      {undo.isError && <PlainFailure error={undo.error} />}
    </>
  );
}
