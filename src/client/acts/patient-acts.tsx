import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PatientMarks } from "#contract/patient-marks.ts";
import { worklistQueries } from "../api/worklist-acts.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { Button } from "../ui/button.tsx";
import { hasDraft } from "../ui/draft.ts";
import { type letters, useLetterKeys } from "../ui/letter-keys.ts";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import type { Subject } from "./acts.ts";
import { ActsRegion } from "./acts-region.tsx";
import { canUndo } from "./can-undo.ts";
import { KeysButton } from "./keys-button.tsx";
import { NotesList } from "./notes-list.tsx";
import { useHearOther } from "./row-acts.tsx";
import { Standing } from "./standing.tsx";
import { useActState } from "./store.ts";
import { useActs } from "./use-acts.ts";

interface PatientActsProps {
  patient: { id: string; name: string; archivedAtMs: number | null };
}

/** On the patient's own page: the same as in their row, and the notes. */
export function PatientActs({ patient: { id, name, archivedAtMs } }: PatientActsProps) {
  const { data, error } = useQuery(worklistQueries.marks(id));
  // What is to be reviewed has to be on the page first.
  const { isPending } = useQuery(worklistQueries.reasons(id));
  const line = useFailureLine(error);
  if (!data) return error && <p className={`${prose.fault} ${prose.small}`}>{line}</p>;
  if (isPending) return null;
  const subject: Subject = { id, name, marks: data.marks };
  return (
    <ActsRegion key={id} only={subject}>
      <Bar subject={subject} marks={data.marks} isArchived={archivedAtMs !== null} />
    </ActsRegion>
  );
}

interface BarProps {
  subject: Subject;
  marks: PatientMarks;
  isArchived: boolean;
}

function Bar({ subject, marks, isArchived }: BarProps) {
  const t = useMessages("acts");
  const acts = useActs();
  const words = useActWords();
  const { pending } = useActState();
  const [isReading, setIsReading] = useState(false);
  useHearOther(subject);
  if (!acts) return null;
  const onItsWay = pending.get(subject.id);
  const notes = words.notes(marks.notes);
  const offersUndo =
    onItsWay?.kind === "review" || (canUndo(marks, acts.me, now()) && marks.review.by === acts.me.id);
  return (
    <section aria-label={t("acts")} className={classes.bar}>
      <div className={classes.buttons}>
        {!isArchived && (
          <>
            <BarButton letter="r" words={t("review")} onClick={() => acts.review(subject)} />
            {offersUndo && (
              <BarButton letter="u" words={t("action.undo")} onClick={() => acts.undoReview(subject)} />
            )}
            <BarButton
              letter="s"
              words={t("choice.put-off")}
              onClick={() => acts.choose("put-off", subject)}
            />
            <BarButton
              letter="h"
              words={t("choice.hand-over")}
              onClick={() => acts.choose("hand-over", subject)}
            />
            <BarButton letter="n" words={t("choice.note")} onClick={() => acts.choose("note", subject)} />
          </>
        )}
        <KeysButton />
      </div>
      <Standing
        marks={marks}
        pending={onItsWay}
        hasDraft={hasDraft(`note-${subject.id}`, acts.me.id)}
        withNotes={false}
      />
      {notes && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={isReading}
          onClick={() => setIsReading(!isReading)}
        >
          {notes}
        </Button>
      )}
      {notes && isReading && <NotesList id={subject.id} isArchived={isArchived} />}
    </section>
  );
}

interface BarButtonProps {
  letter: (typeof letters)[number];
  words: string;
  onClick: () => void;
}

function BarButton({ letter, words, onClick }: BarButtonProps) {
  const areKeysOn = useLetterKeys();
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-keyshortcuts={areKeysOn ? letter : undefined}
      onClick={onClick}
    >
      {words}{" "}
      {areKeysOn && (
        <span className={classes.key} aria-hidden="true">
          {letter}
        </span>
      )}
    </Button>
  );
}
