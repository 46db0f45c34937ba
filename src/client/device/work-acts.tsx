import { useMutation } from "@tanstack/react-query";
import { useLayoutEffect, useRef, useState } from "react";
import { type DeviceRow, deviceHandOver } from "#contract/device-worklist.ts";
import { handOverWordsMaxLength } from "#contract/worklist-acts.ts";
import { dayMs } from "#glucose/time.ts";
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
import { formatAge, formatShortDateTime, viewerZone } from "../ui/time.ts";
import classes from "./work.module.css";
import { Said, SayForm } from "./work-said.tsx";

/** Offered for how many days to put a row off. */
const putOffDays = [1, 3, 7] as const;

interface WorkActsProps {
  row: DeviceRow;
  nowMs: number;
  onReviewed: (atMs: number) => void;
}

/** What can be done with a row as it stands. */
export function WorkActs({ row, nowMs, onReviewed }: WorkActsProps) {
  if (row.state === "reviewed") return <Reviewed row={row} nowMs={nowMs} />;
  if (row.state === "snoozed") return <PutOff row={row} />;
  return <Open row={row} onReviewed={onReviewed} />;
}

function Open({ row, onReviewed }: Omit<WorkActsProps, "nowMs">) {
  const t = useMessages("device", "work");
  const [choice, setChoice] = useState<"putOff" | "handOver" | null>(null);
  const areKeysOn = useLetterKeys();
  const review = useMutation(deviceWorklistMutations.review(row.patientId));
  const { name } = row;
  const deal = () =>
    review.mutate(undefined, {
      onSuccess: ({ atMs }) => {
        announce(t("dealtWith", { name }));
        onReviewed(atMs);
      },
    });
  const toggle = (one: "putOff" | "handOver") => setChoice(choice === one ? null : one);
  return (
    <div className={layout.column} data-gap="xs">
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
      {choice === "putOff" && <PutOffChoices row={row} />}
      {choice === "handOver" && <Receivers row={row} onDone={() => setChoice(null)} />}
      {review.isError && <PlainFailure error={review.error} />}
    </div>
  );
}

/** In place of the acts, once it was dealt with here. */
export function DealtWith({
  row: { patientId, name },
  atMs,
  onTakenBack,
}: {
  row: DeviceRow;
  atMs: number;
  onTakenBack: () => void;
}) {
  const t = useMessages("device", "work");
  const areKeysOn = useLetterKeys();
  const undo = useMutation(deviceWorklistMutations.undoReview(patientId));
  const said = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; a second press of the same key does nothing here.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) said.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={layout.column} data-gap="xs">
      <p ref={said} tabIndex={-1}>
        {t("dealtWith", { name })}
      </p>
      <div className={layout.row}>
        <Button
          size="xs"
          variant="default"
          loading={undo.isPending}
          aria-label={t("takeBackOf", { name })}
          aria-keyshortcuts={areKeysOn ? "u" : undefined}
          onClick={() => undo.mutate({ atMs }, { onSuccess: onTakenBack })}
        >
          {t("takeBack")}
        </Button>
      </div>
      {undo.isError && <PlainFailure error={undo.error} />}
      <SayForm patientId={patientId} atMs={atMs} />
    </div>
  );
}

function PutOffChoices({ row: { patientId, name } }: { row: DeviceRow }) {
  const t = useMessages("device", "work");
  const snooze = useMutation(deviceWorklistMutations.snooze(patientId));
  const put = (untilMs: number | null) =>
    snooze.mutate(
      { untilMs, untilWorse: untilMs === null },
      { onSuccess: () => announce(t("isPutOff", { name })) },
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
        <Button size="compact-sm" variant="subtle" disabled={snooze.isPending} onClick={() => put(null)}>
          {t("untilWorse")}
        </Button>
      </fieldset>
      {snooze.isError && <PlainFailure error={snooze.error} />}
    </div>
  );
}

function Receivers({ row, onDone }: { row: DeviceRow; onDone: () => void }) {
  const t = useMessages("device", "work");
  const { patientId, name, handOver: standing } = row;
  const [text, setText] = useState("");
  const [isAttempted, setIsAttempted] = useState(false);
  const said = useMessages("app", "handOver");
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
        onSuccess: () => {
          announce(t("isHandedOver", { name }));
          onDone();
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

function Reviewed({ row, nowMs }: { row: DeviceRow; nowMs: number }) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const { patientId, name, review } = row;
  const areKeysOn = useLetterKeys();
  const undo = useMutation(deviceWorklistMutations.undoReview(patientId));
  if (!review) return null;
  return (
    <div className={layout.column} data-gap="xs">
      <p className={prose.note}>
        {t("dealtBy", {
          name: review.by.name ?? t("someone"),
          age: formatAge(nowMs - review.atMs, language),
        })}
      </p>
      <Said row={row} />
      <div className={layout.row}>
        <Button
          size="xs"
          variant="default"
          loading={undo.isPending}
          aria-label={t("takeBackOf", { name })}
          aria-keyshortcuts={areKeysOn ? "u" : undefined}
          onClick={() => undo.mutate({ atMs: review.atMs })}
        >
          {t("takeBack")}
        </Button>
      </div>
      {undo.isError && <PlainFailure error={undo.error} />}
    </div>
  );
}

function PutOff({ row: { patientId, name, snooze } }: { row: DeviceRow }) {
  const t = useMessages("device", "work");
  const { language } = usePreferences();
  const areKeysOn = useLetterKeys();
  const end = useMutation(deviceWorklistMutations.snooze(patientId));
  if (!snooze) return null;
  const by = snooze.by.name ?? t("someone");
  return (
    <div className={layout.column} data-gap="xs">
      <p className={prose.note}>
        {snooze.untilMs === null
          ? t("putOffUntilWorse", { name: by })
          : t("putOffUntil", { name: by, time: formatShortDateTime(snooze.untilMs, viewerZone, language) })}
      </p>
      <div className={layout.row}>
        <Button
          size="xs"
          variant="default"
          loading={end.isPending}
          aria-label={t("lookAgainOf", { name })}
          aria-keyshortcuts={areKeysOn ? "u" : undefined}
          onClick={() => end.mutate(null)}
        >
          {t("lookAgain")}
        </Button>
      </div>
      {end.isError && <PlainFailure error={end.error} />}
    </div>
  );
}
