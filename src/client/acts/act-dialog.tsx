import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import type { Act, Subject } from "./acts.ts";
import { HandOverForm } from "./hand-over-form.tsx";
import { NoteForm } from "./note-form.tsx";
import { NotesList } from "./notes-list.tsx";
import { PutOffForm } from "./put-off-form.tsx";
import { useRefusalLine } from "./refusal-words.ts";
import { Standing } from "./standing.tsx";
import { addFailed, perform } from "./store.ts";
import type { Choice } from "./use-acts.ts";

interface ActDialogProps {
  owner: string;
  subject: Subject;
  choice: Choice;
  /** The notes there are stand open. */
  isReading: boolean;
  onChoice: (choice: Choice) => void;
  onClose: () => void;
}

/** What each of the forms is given. */
export interface ActForm {
  owner: string;
  subject: Subject;
  isPending: boolean;
  /** Why it was not done, in words. */
  failure: string | null;
  /** `after` is called once it is done, wherever one is by then. */
  onAct: (act: Act, after?: () => void) => void;
  onClose: () => void;
}

/** Put off, hand over, note: one dialog, whichever it was opened for. It stays until it is done. */
export function ActDialog({ owner, subject, choice, isReading, onChoice, onClose }: ActDialogProps) {
  const t = useMessages("acts");
  const client = useQueryClient();
  const words = useActWords();
  const [reads, setReads] = useState(isReading);
  const notes = subject.marks && words.notes(subject.marks.notes);
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const line = useRefusalLine(error);
  const onAct = async (act: Act, after?: () => void) => {
    setIsPending(true);
    setError(null);
    const failure = await perform(client, subject, act);
    if (!failure) after?.();
    // A note that was not sent waits as a draft, and says so in its row.
    else if (!isHere.current && act.kind !== "note") addFailed({ subject, act, error: failure });
    setIsPending(false);
    setError(failure);
    if (!failure) onClose();
  };
  const form: ActForm = {
    owner,
    subject,
    isPending,
    failure: error ? line : null,
    onAct: (act, after) => void onAct(act, after),
    onClose,
  };
  return (
    <Dialog title={subject.name} onClose={onClose}>
      <Standing marks={subject.marks} pending={undefined} hasDraft={false} withNotes={false} />
      {notes && (
        <Button variant="subtle" size="compact-sm" aria-expanded={reads} onClick={() => setReads(!reads)}>
          {notes}
        </Button>
      )}
      {notes && reads && <NotesList id={subject.id} isArchived={false} />}
      <Segmented
        aria-label={t("what")}
        fullWidth
        className={classes.choices}
        value={choice}
        onChange={(next) => {
          setError(null);
          onChoice(next);
        }}
        options={(["put-off", "hand-over", "note"] as const).map((value) => ({
          value,
          label: t(`choice.${value}`),
        }))}
      />
      {choice === "put-off" && <PutOffForm {...form} />}
      {choice === "hand-over" && <HandOverForm {...form} />}
      {choice === "note" && <NoteForm {...form} />}
    </Dialog>
  );
}
