import { useState } from "react";
import { newNote, noteMaxLength } from "#contract/worklist-acts.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { CheckedForm } from "../ui/checked-form.tsx";
import { useDraft } from "../ui/draft.ts";
import layout from "../ui/layout.module.css";
import { RestoredDraft } from "../ui/restored-draft.tsx";
import { TextArea } from "../ui/text-area.tsx";
import type { ActForm } from "./act-dialog.tsx";
import classes from "./acts.module.css";
import { FormEnd } from "./form-end.tsx";

/** What is typed stays until it has been sent, through a failure, a closed dialog and a session's end. */
export function NoteForm({ owner, subject, isPending, failure, onAct, onClose }: ActForm) {
  const t = useMessages("acts");
  const { language } = usePreferences();
  const [text, setText, forget, wasKept] = useDraft(`note-${subject.id}`, owner, "");
  const [isAttempted, setIsAttempted] = useState(false);
  const number = (count: number) => count.toLocaleString(language);
  // As the contract counts: a character beyond U+FFFF is one.
  const count = [...text.trim()].length;
  const over = count - noteMaxLength;
  const reason = newNote.safeParse({ text }).error?.issues[0]?.message;
  const fault =
    over > 0
      ? t("tooLong", { over: number(over), count: over })
      : isAttempted && reason
        ? t(reason === "characters" ? "refusal.characters" : "noteNeeded")
        : null;
  const clear = () => {
    setText("");
    forget();
  };
  return (
    <CheckedForm
      onSubmit={() => {
        setIsAttempted(true);
        if (!reason && !isPending) onAct({ kind: "note", text }, clear);
      }}
    >
      <div className={layout.column} data-gap="sm">
        <RestoredDraft fields={wasKept && text ? [t("noteLabel")] : []} onDiscard={clear} />
        <TextArea
          label={t("noteLabel")}
          description={t("noteHint")}
          rows={5}
          value={text}
          readOnly={isPending}
          error={fault}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
        />
        <p className={classes.count} data-over={over > 0 || undefined}>
          {t("count", { count: number(count), most: number(noteMaxLength) })}
        </p>
        <FormEnd words={t("sendNote")} isPending={isPending} failure={failure} onClose={onClose} />
      </div>
    </CheckedForm>
  );
}
