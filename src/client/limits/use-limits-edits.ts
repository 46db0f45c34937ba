import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type LimitKey, limitKeys, limits, type WorklistLimits } from "#contract/limits.ts";
import type { Limits } from "#glucose/limits.ts";
import { setLimits } from "../api/limits.ts";
import { ApiError } from "../http.ts";
import { useDraft } from "../ui/draft.ts";

/** What was typed, and what each limit was when that began. */
interface Edits {
  readonly typed: Partial<Record<LimitKey, string>>;
  readonly from: Partial<Limits>;
}

const none: Edits = { typed: {}, from: {} };

/** NaN for what is not a whole number. */
function numberIn(typed: string): number {
  const plain = typed.normalize("NFKC").trim();
  return /^\d+$/.test(plain) ? Number(plain) : Number.NaN;
}

const without = (parts: Edits["typed"] | Edits["from"], key: LimitKey) =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => name !== key));

/**
 * What is edited of the limits, and how it is saved: with what they were, so that a colleague's change is
 * not saved over unseen.
 */
export function useLimitsEdits({ limits: kept, usual }: WorklistLimits, owner: string) {
  const [draft, setDraft, forget, wasKept] = useDraft<Edits>("limits", owner, none);
  const { typed, from } = draft;
  const [attempted, setAttempted] = useState(false);
  const values = { ...kept };
  for (const key of limitKeys) if (typed[key] !== undefined) values[key] = numberIn(typed[key]);
  const isWrong = (key: LimitKey) => !limits.shape[key].safeParse(values[key]).success;
  const edited = limitKeys.filter((key) => values[key] !== kept[key]);
  const clashes = edited.filter((key) => from[key] !== undefined && from[key] !== kept[key]);
  const save = useMutation({
    ...setLimits,
    // Here, so that the draft is forgotten even when the page was left meanwhile.
    onSettled: (saved) => {
      if (!saved) return;
      setDraft(none);
      forget();
      setAttempted(false);
    },
  });
  const change = (next: Edits) => {
    save.reset();
    setDraft(next);
  };
  const discard = () => {
    change(none);
    forget();
    setAttempted(false);
  };
  return {
    textOf: (key: LimitKey) => typed[key] ?? String(kept[key]),
    values,
    isWrong,
    isShownWrong: (key: LimitKey) => attempted && isWrong(key),
    restored: wasKept ? edited : [],
    isEdited: edited.length > 0,
    isUsual: limitKeys.every((key) => values[key] === usual[key]),
    clashes,
    type: (key: LimitKey, text: string) =>
      change({ typed: { ...typed, [key]: text }, from: { [key]: kept[key], ...from } }),
    useUsual: () =>
      change({
        typed: Object.fromEntries(limitKeys.map((key) => [key, String(usual[key])])),
        from: { ...kept, ...from },
      }),
    discard,
    /** Keeps one's own, now that the other's is known. */
    keep: (key: LimitKey) => change({ typed, from: { ...from, [key]: kept[key] } }),
    take: (key: LimitKey) => change({ typed: without(typed, key), from: without(from, key) }),
    submit: () => {
      setAttempted(true);
      // The server would refuse what clashes: it is decided first.
      if (edited.length > 0 && clashes.length === 0 && !limitKeys.some(isWrong) && !save.isPending)
        save.mutate({ limits: values, from: kept });
    },
    isPending: save.isPending,
    isSaved: save.isSuccess && edited.length === 0,
    // What clashes stands below the fields, with both values.
    failure:
      clashes.length > 0 && save.error instanceof ApiError && save.error.code === "changed-meanwhile"
        ? null
        : save.error,
  };
}

export type LimitsEdits = ReturnType<typeof useLimitsEdits>;
