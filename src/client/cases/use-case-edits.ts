import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { CaseChange, SensorCase } from "#contract/cases.ts";
import { caseMutations } from "../api/cases.ts";
import { now } from "../clock.ts";
import { ApiError } from "../http.ts";
import { useDraft } from "../ui/draft.ts";
import { serverReasons } from "./case-failure.tsx";
import { useClosing } from "./closing-question.tsx";
import { changesIn, clashesIn, type Edits, type Field, reasonsIn, type Typed, without } from "./edits.ts";
import { replacementDoubt } from "./replacement-question.tsx";

const none: Edits = { edits: {}, from: {} };

/**
 * What is edited of a case, and how it is saved: only what was edited is sent, with what it was, so that a colleague's
 * edit of the rest stays and none of the same is written over unseen.
 */
export function useCaseEdits(kept: SensorCase, owner: string, onSaved: () => void) {
  const [draft, setDraft, forget, wasKept] = useDraft<Edits>(`case-edits-${kept.id}`, owner, none);
  const { edits, from } = draft;
  const [isAttempted, setAttempted] = useState(false);
  const changes = changesIn(edits, kept);
  const changed = Object.keys(changes) as Field[];
  const wrong = reasonsIn(changes, kept.serial, now());
  const clashes = clashesIn(draft, kept);
  const values: Typed = { ...kept, ...edits };
  const closing = useClosing(values, kept.state !== "closed" && !kept.isUnreadable);
  const discard = () => {
    setDraft(none);
    forget();
  };
  const save = useMutation({
    ...caseMutations.change(kept.id),
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (saved) => {
      if (!saved) return;
      discard();
      onSaved();
    },
  });
  const change = (next: Edits) => {
    save.reset();
    setDraft(next);
  };
  const isToldByClash =
    clashes.length > 0 && save.error instanceof ApiError && save.error.code === "changed-meanwhile";
  return {
    values,
    changes,
    closing,
    restored: wasKept ? changed : [],
    isChanged: changed.length > 0,
    clashes,
    reasons: { ...(isAttempted && wrong), ...serverReasons(save.error) },
    edit: (edited: Typed) => {
      const began = Object.keys(edited).map((field) => [field, kept[field as Field]]);
      change({ edits: { ...edits, ...edited }, from: { ...Object.fromEntries(began), ...from } });
    },
    /** Keeps one's own, now that the other's is known. */
    keep: (field: Field) => change({ edits, from: { ...from, [field]: kept[field] } }),
    take: (field: Field) => change({ edits: without(edits, field), from: without(from, field) }),
    discard,
    /** `isSure`: although something is missing in the record that is closed. */
    submit: (isSure: boolean, isReplacementSure = false) => {
      setAttempted(true);
      if (changed.length === 0 || clashes.length > 0 || Object.keys(wrong).length > 0 || save.isPending)
        return;
      if (!isSure && !isReplacementSure && closing.asks()) return;
      const began = Object.fromEntries(changed.map((field) => [field, from[field] ?? null]));
      save.mutate({ ...changes, from: began, ...(isReplacementSure && { isReplacementSure }) } as CaseChange);
    },
    doubt: replacementDoubt(save.error),
    drop: save.reset,
    isPending: save.isPending,
    failure: isToldByClash ? null : save.error,
  };
}
