import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import type { PatientNotes } from "#contract/worklist-acts.ts";
import { sessionQuery } from "../api/session.ts";
import { worklistMutations, worklistQueries } from "../api/worklist-acts.ts";
import { useMessages } from "../i18n.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmButton } from "../ui/confirm-button.tsx";
import { Loading } from "../ui/loading.tsx";
import { useFailureLine } from "../ui/plain-failure.tsx";
import prose from "../ui/prose.module.css";
import { useActWords } from "./act-words.ts";
import classes from "./acts.module.css";
import { useRefusalLine } from "./refusal-words.ts";

type Note = PatientNotes["notes"][number];

/** What colleagues have written, the newest first. Reading them stands in the trail, so they are opened. */
export function NotesList({ id, isArchived }: { id: string; isArchived: boolean }) {
  const t = useMessages("acts");
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    worklistQueries.notes(id),
  );
  const me = useQuery(sessionQuery).data?.user.id;
  const line = useFailureLine(error);
  const notes = data?.pages.flatMap((page) => page.notes) ?? [];
  return (
    <div className={classes.notes}>
      {isPending && <Loading height="1.25rem" rows={2} />}
      {error && <p className={`${prose.fault} ${prose.small}`}>{line}</p>}
      <ul>
        {notes.map((note) => (
          <NoteItem key={note.id} patientId={id} note={note} isOwn={note.by.id === me && !isArchived} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {t("olderNotes")}
        </Button>
      )}
    </div>
  );
}

function NoteItem({ patientId, note, isOwn }: { patientId: string; note: Note; isOwn: boolean }) {
  const t = useMessages("acts");
  const words = useActWords();
  const { mutate, error, isPending } = useMutation({
    ...worklistMutations.removeNote(patientId),
    onSettled: (_marked, failure) => {
      if (!failure) announce(t("noteRemoved"));
    },
  });
  const line = useRefusalLine(error);
  return (
    <li>
      <p className={prose.note}>
        {t("personAndTime", { name: words.nameOf(note.by.id, note.by.name), time: words.time(note.atMs) })}
      </p>
      <p className={classes.text}>{note.text ?? t("noteUnreadable")}</p>
      {isOwn && (
        <div className={classes.remove}>
          <ConfirmButton
            words={t("removeNote")}
            sure={t("removeSure")}
            keep={t("action.keep")}
            consequence={t("removeConsequence")}
            disabled={isPending}
            onConfirm={() => mutate(note.id)}
          />
        </div>
      )}
      {error && (
        <p className={`${prose.fault} ${prose.small}`} role="alert">
          {line}
        </p>
      )}
    </li>
  );
}
