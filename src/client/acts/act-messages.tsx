import { useQueryClient } from "@tanstack/react-query";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { CloseButton } from "../ui/close-button.tsx";
import { Sentences } from "../ui/sentences.tsx";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import { useLetterKeys } from "./letter-keys.ts";
import { useRefusalLine } from "./refusal-words.ts";
import { type Done, dismissDone, dismissFailed, type Failed, performAlone, useActState } from "./store.ts";

/** At the foot of the screen: what was done last, with the way back, and what could not be done. */
export function ActMessages() {
  const { done, failed } = useActState();
  return (
    <div className={classes.messages}>
      {failed.map((one) => (
        <FailedMessage key={`${one.subject.id} ${one.act.kind}`} failed={one} />
      ))}
      <div role="status">{done && <DoneMessage done={done} />}</div>
    </div>
  );
}

function DoneMessage({ done: { subject, act, undo, others } }: { done: Done }) {
  const t = useMessages("acts");
  const words = useActWords();
  const client = useQueryClient();
  const areKeysOn = useLetterKeys();
  return (
    <div className={classes.message}>
      <p>
        <Sentences>
          {words.done(act, subject.name)}
          {others.map(({ number, atMs, by }) => (
            <strong key={number}>
              {t("alsoReviewed", { name: words.nameOf(by.id, by.name), time: words.time(atMs) })}
            </strong>
          ))}
        </Sentences>
      </p>
      {undo && (
        <Button
          variant="default"
          size="compact-sm"
          aria-keyshortcuts={areKeysOn ? "u" : undefined}
          onClick={() => void performAlone(client, subject, undo)}
        >
          {t("undo")}
          {areKeysOn && (
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
      <Button variant="default" size="compact-sm" onClick={() => void performAlone(client, subject, act)}>
        {t("again")}
      </Button>
      <CloseButton aria-label={t("dismiss")} onClick={() => dismissFailed(failed)} />
    </div>
  );
}
