import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { CloseButton } from "../ui/close-button.tsx";
import { useLetterKeys } from "../ui/letter-keys.ts";
import { Sentences } from "../ui/sentences.tsx";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import { isFinal, useRefusalLine } from "./refusal-words.ts";
import { type Done, dismissDone, dismissFailed, type Failed, performAlone, useActState } from "./store.ts";

interface ActMessagesProps {
  /** The one patient whom the keys mean. */
  only: string | undefined;
  /** Why the last key did nothing. */
  hint: string | undefined;
  onHide: () => void;
}

/** At the foot of the screen: what was done last, with the way back, and what could not be done. */
export function ActMessages({ only, hint, onHide }: ActMessagesProps) {
  const t = useMessages("acts");
  const { done, failed } = useActState();
  return (
    <div className={classes.messages}>
      {failed.map((one) => (
        <FailedMessage key={`${one.subject.id} ${one.act.kind}`} failed={one} />
      ))}
      {done && (
        <DoneMessage
          key={`${done.subject.id} ${done.act.kind} ${done.number}`}
          done={done}
          hasKey={only === undefined || only === done.subject.id}
        />
      )}
      {hint && (
        <div className={classes.message}>
          <p>{hint}</p>
          <CloseButton aria-label={t("dismiss")} onClick={onHide} />
        </div>
      )}
    </div>
  );
}

function DoneMessage({ done, hasKey }: { done: Done; hasKey: boolean }) {
  const { subject, act, undo, others } = done;
  const t = useMessages("acts");
  const words = useActWords();
  const client = useQueryClient();
  const isKeyOn = useLetterKeys() && hasKey;
  const { name } = subject;
  const isAgain = done.number !== null && done.number === subject.marks?.review?.number;
  const person = ({ atMs, by }: Done["others"][number]) => ({
    by: words.nameOf(by.id, by.name),
    time: words.time(atMs),
  });
  const theirs = act.kind === "review" ? others.find(({ number }) => number === done.number) : undefined;
  const said = theirs
    ? t("reviewedByOther", { name, ...person(theirs) })
    : isAgain
      ? t("reviewedAlready", { name })
      : words.done(act, name);
  const also = others.filter((one) => one !== theirs).map((one) => t("alsoReviewed", person(one)));
  const heard = [said, ...also].join(" ");
  useEffect(() => announce(heard), [heard]);
  return (
    <div className={classes.message}>
      <p>
        <Sentences>
          {said}
          {also.map((words) => (
            <strong key={words}>{words}</strong>
          ))}
        </Sentences>
      </p>
      {undo && (
        <Button
          variant="default"
          size="compact-sm"
          aria-keyshortcuts={isKeyOn ? "u" : undefined}
          onClick={() => void performAlone(client, subject, undo)}
        >
          {t("action.undo")}
          {isKeyOn && (
            <span className={classes.key} aria-hidden="true">
              u
            </span>
          )}
        </Button>
      )}
      <CloseButton aria-label={t("dismiss")} onClick={dismissDone} />
    </div>
  );
}

function FailedMessage({ failed }: { failed: Failed }) {
  const t = useMessages("acts");
  const words = useActWords();
  const client = useQueryClient();
  const line = useRefusalLine(failed.error);
  const { subject, act } = failed;
  return (
    <div className={classes.message} role="alert" data-failed="">
      <p>
        <Sentences>
          <strong>{t("notDone", { what: words.done(act, subject.name) })}</strong>
          {line}
        </Sentences>
      </p>
      {!isFinal(failed.error) && (
        <Button variant="default" size="compact-sm" onClick={() => void performAlone(client, subject, act)}>
          {t("failure.retry")}
        </Button>
      )}
      <CloseButton aria-label={t("dismiss")} onClick={() => dismissFailed(failed)} />
    </div>
  );
}
