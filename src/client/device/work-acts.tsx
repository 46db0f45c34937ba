import { useMutation } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { type DeviceRow, deviceHandOver } from "#contract/device-worklist.ts";
import { handOverWordsMaxLength } from "#contract/worklist-acts.ts";
import { dayMs } from "#glucose/time.ts";
import { formatAge, formatShortDateTime } from "#words/time.ts";
import { deviceWorklistMutations } from "../api/device-worklist.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { useLetterKeys } from "../ui/letter-keys.ts";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import { viewerZone } from "../ui/viewer-zone.ts";
import classes from "./work.module.css";
import { Said, SayForm } from "./work-said.tsx";
import { isUntold } from "./work-words.ts";

/** What is said of an act, and of taking it back. */
const wordsOf = {
  review: { done: "dealtWith", takenBack: "reviewTakenBack" },
  snooze: { done: "isPutOff", takenBack: "snoozeTakenBack" },
  handOver: { done: "isHandedOver", takenBack: "handOverTakenBack" },
} as const;

/** Offered for how many days to put a row off. */
const putOffDays = [1, 3, 7] as const;

/** Of who was not told of a recall, what is done here is no end. */
function RecallStays({ row: { reasons } }: Pick<WorkActsProps, "row">) {
  const t = useMessages("device", "work");
  return isUntold(reasons) ? <p className={prose.note}>{t("recallStays")}</p> : null;
}

/** What was done with a row on this page. */
export interface DoneAct {
  readonly kind: "review" | "snooze" | "handOver";
  readonly atMs: number;
}

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

interface DoneHereProps extends Pick<WorkActsProps, "row" | "onTakenBack"> {
  done: DoneAct;
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

function TakeBack({ row: { patientId, name }, done, words, onTakenBack }: TakeBackProps) {
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

function PutOffChoices({ row: { patientId, name, reasons }, onDone }: Pick<WorkActsProps, "row" | "onDone">) {
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

function Receivers({ row, onDone }: Pick<WorkActsProps, "row" | "onDone">) {
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
      : reason && (reason === "glucose" ? said("glucose") : t("wordsUnusable"));
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
