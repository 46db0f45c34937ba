import { useEffect } from "react";
import type { ListedPatient } from "#contract/roster.ts";
import { now } from "../clock.ts";
import { useMessages } from "../i18n.ts";
import { usePreferences } from "../preferences.ts";
import { Button } from "../ui/button.tsx";
import { hasDraft } from "../ui/draft.ts";
import { nameApart } from "../ui/identity-words.ts";
import { useLetterKeys } from "../ui/letter-keys.ts";
import classes from "./acts.module.css";
import type { Subject } from "./acts.ts";
import { canUndo } from "./can-undo.ts";
import { Standing } from "./standing.tsx";
import { hearOther, useActState } from "./store.ts";
import { useActs } from "./use-acts.ts";

type Row = Pick<
  ListedPatient,
  "id" | "name" | "partnerUid" | "hasNamesake" | "marks" | "archivedAtMs" | "worklist"
>;

/** In the last cell of a patient's row: what can be done. Below an `ActsRegion`. */
export function RowActs({ row }: { row: Row }) {
  const t = useMessages("acts");
  const acts = useActs();
  const areKeysOn = useLetterKeys();
  const { pending } = useActState();
  const { language } = usePreferences();
  if (!acts) return null;
  const { id, marks } = row;
  const name = nameApart(row, language);
  const subject: Subject = { id, name, marks };
  const onItsWay = pending.get(id);
  const own = canUndo(marks, acts.me, now()) && marks.review.by === acts.me.id;
  // One that is open again after a review is to be reviewed again.
  const offersUndo = onItsWay?.kind === "review" || (own && row.worklist?.state !== "open");
  return (
    <div className={classes.row} data-acts="" ref={(element) => acts.register(element, subject)}>
      {row.archivedAtMs === null && (
        <div className={classes.buttons}>
          {offersUndo ? (
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label={t("undoOf", { name })}
              onClick={() => acts.undoReview(subject)}
            >
              {t("action.undo")}
            </Button>
          ) : (
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t("reviewOf", { name })}
              aria-keyshortcuts={areKeysOn ? "r" : undefined}
              onClick={() => acts.review(subject)}
            >
              {t("review")}
            </Button>
          )}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t("moreOf", { name })}
            aria-haspopup="dialog"
            onClick={() => acts.choose("put-off", subject)}
          >
            <span aria-hidden="true">⋯</span>
          </Button>
        </div>
      )}
    </div>
  );
}

/** In a patient's row: what stands, by whom and since when. */
export function RowMarks({ row }: { row: Row }) {
  const { id, name, marks } = row;
  const { language } = usePreferences();
  const acts = useActs();
  const { pending } = useActState();
  useHearOther({ id, name, marks });
  if (!acts) return null;
  return (
    <Standing
      marks={marks}
      pending={pending.get(id)}
      hasDraft={hasDraft(`note-${id}`, acts.me.id)}
      onNotes={() => acts.choose("note", { id, name: nameApart(row, language), marks }, true)}
    />
  );
}

/** Of the last review that was done here, that a colleague has reviewed since. */
export function useHearOther({ id, marks }: Subject): void {
  const review = marks?.review ?? null;
  useEffect(() => hearOther(id, review), [id, review]);
}
