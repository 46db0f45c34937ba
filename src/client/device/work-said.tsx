import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deviceWordsMaxLength, saidTogether } from "#contract/device-rows.ts";
import type { DeviceRow } from "#contract/device-worklist.ts";
import { glucoseIn } from "#contract/glucose-in-text.ts";
import { deviceWorklistMutations } from "../api/device-worklist.ts";
import { sessionQuery } from "../api/session.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import layout from "../ui/layout.module.css";
import { PlainFailure } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { TextField } from "../ui/text-field.tsx";
import classes from "./work.module.css";

/** What was done, for the clinicians, who see it with the patient. */
export function SayForm({ patientId, atMs }: { patientId: string; atMs: number }) {
  const t = useMessages("device", "work");
  const said = useMessages("acts", "message");
  const [text, setText] = useState("");
  const [isAttempted, setIsAttempted] = useState(false);
  const say = useMutation(deviceWorklistMutations.say(patientId));
  const [sent, setSent] = useState<string>();
  const left = deviceWordsMaxLength - (sent === undefined ? 0 : [...saidTogether(sent, "")].length);
  const isTooLong = [...text.trim()].length > left;
  // Two halves of one value are refused as well.
  const glucose = glucoseIn(sent === undefined ? text : `${sent} ${text}`);
  const fault = isTooLong
    ? sent === undefined
      ? said("tooLong", { most: left })
      : t("wordsFull", { count: Math.max(0, left) })
    : isAttempted &&
      (text.trim() ? glucose !== null && said("glucose", { part: glucose }) : t("wordsNeeded"));
  const submit = () => {
    setIsAttempted(true);
    if (isTooLong || !text.trim() || glucose !== null || say.isPending) return;
    say.mutate(
      { atMs, words: text },
      {
        onSuccess: () => {
          announce(t("wordsSent"));
          setIsAttempted(false);
          setSent(saidTogether(sent, text.trim()));
          setText("");
        },
      },
    );
  };
  return (
    <form
      className={layout.column}
      data-gap="xs"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {sent !== undefined && (
        <>
          <p className={classes.words}>{t("wordsOf", { words: sent })}</p>
          <p className={prose.note}>{t("wordsSent")}</p>
        </>
      )}
      <TextField
        label={t(sent === undefined ? "words" : "wordsMore")}
        autoComplete="off"
        value={text}
        readOnly={say.isPending}
        error={fault || undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={layout.row} data-gap="xs">
        <Button type="submit" size="xs" variant="default" loading={say.isPending}>
          {t("sendWords")}
        </Button>
      </div>
      {say.isError && <PlainFailure error={say.error} />}
    </form>
  );
}

/** What was said, to whoever reads it, or the field for it for who dealt with it. */
export function Said({ row: { patientId, review } }: { row: DeviceRow }) {
  const t = useMessages("device", "work");
  const me = useQuery(sessionQuery).data?.user.id;
  if (!review) return null;
  if (review.words) return <p className={classes.words}>{t("wordsOf", { words: review.words })}</p>;
  return review.by.id === me ? <SayForm patientId={patientId} atMs={review.atMs} /> : null;
}
