import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useLocation } from "react-router";
import { sessionQuery } from "../api/session.ts";
import { readRowNow } from "../api/worklist-acts.ts";
import { now } from "../clock.ts";
import { type Letter, pressedEarly, useLetters } from "../ui/letter-keys.ts";
import { ActDialog } from "./act-dialog.tsx";
import { ActMessages } from "./act-messages.tsx";
import type { Subject } from "./acts.ts";
import { canUndo } from "./can-undo.ts";
import { dismissDone, performAlone, useActState } from "./store.ts";
import { ActsContext, type Choice } from "./use-acts.ts";
import { useKeyHint } from "./use-key-hint.ts";

const KeysHelp = lazy(async () => ({ default: (await import("./keys-help.tsx")).KeysHelp }));

interface ActsRegionProps {
  /** The one patient of the page, whom the keys mean wherever the focus is; without it that of the row with the focus. */
  only?: Subject;
  children: ReactNode;
}

const choices = { s: "put-off", h: "hand-over", n: "note" } as const;

/** Where patients can be marked: with the keys, the dialogs, and what was done last. */
export function ActsRegion({ only, children }: ActsRegionProps) {
  const client = useQueryClient();
  const me = useQuery(sessionQuery).data?.user;
  const region = useRef<HTMLDivElement>(null);
  const subjects = useRef(new WeakMap<Element, Subject>());
  const [open, setOpen] = useState<{ choice: Choice; subject: Subject; isReading: boolean } | null>(null);
  const [isHelping, setIsHelping] = useState(false);
  const { done, lastOf, pending } = useActState();
  const { hint, say, hide } = useKeyHint(only !== undefined);
  const here = useLocation().pathname;
  // What was done is said until the page is another one; what comes in later, on that one.
  useEffect(() => dismissDone, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page that it was too early for is there
  useEffect(() => {
    if (only && pressedEarly.current) say("hint.tooEarly");
    pressedEarly.current = false;
  }, []);

  const subjectAt = (target: Element) => {
    if (only) return only;
    const row = target.closest("tr, li, article")?.querySelector("[data-acts]");
    return (row && subjects.current.get(row)) ?? null;
  };
  const acts = useMemo(
    () =>
      me && {
        me,
        review: (subject: Subject) => void performAlone(client, subject, { kind: "review" }),
        undoReview: (subject: Subject) => {
          if (canUndo(subject.marks, me, now()))
            void performAlone(client, subject, { kind: "undo-review", number: subject.marks.review.number });
        },
        choose: (choice: Choice, subject: Subject, isReading = false) =>
          setOpen({ choice, subject, isReading }),
        showKeys: () => setIsHelping(true),
        register: (element: HTMLElement | null, subject: Subject) => {
          if (element) subjects.current.set(element, subject);
        },
      },
    [me, client],
  );

  const onLetter = (letter: Letter, target: Element): boolean => {
    if (letter === "?") {
      setIsHelping(true);
      return true;
    }
    // On the way to another page it is no longer somebody of this one who is meant.
    if (location.pathname !== here || (only && here !== `/patients/${only.id}`)) {
      // A patient's page says so itself.
      if (only) return false;
      pressedEarly.current = true;
      say("hint.tooEarly");
      return true;
    }
    hide();
    const subject = subjectAt(target);
    if (!acts) return false;
    if (subject && pending.has(subject.id) && (letter === "r" || letter === "u"))
      say("hint.pending", { name: subject.name });
    else if (letter === "u") undo(subject);
    else if (!subject) say("hint.noRow", { key: letter });
    else if (letter === "r") acts.review(subject);
    else acts.choose(choices[letter], subject);
    return true;
  };
  const undo = (subject: Subject | null) => {
    const last = subject ? lastOf.get(subject.id) : done;
    if (last?.undo) void performAlone(client, last.subject, last.undo);
    else if (!subject) say("hint.nothingDone");
    else if (!last && me && canUndo(subject.marks, me, now())) acts?.undoReview(subject);
    else void undoAsItIs(subject, !last);
  };
  /** A colleague may have taken a review back meanwhile: what stands now is what is answered about. */
  const undoAsItIs = async (subject: Subject, isNew: boolean) => {
    const marks = await readRowNow(client, subject.id).then(
      (read) => read.marks,
      () => subject.marks,
    );
    if (me && marks?.review?.by === me.id && canUndo(marks, me, now()))
      acts?.undoReview({ ...subject, marks });
    else say(isNew && marks?.review ? "hint.notYours" : "hint.nothingToUndo", { name: subject.name });
  };
  const isHere = (target: Element) =>
    target === document.body ||
    (only ? target.closest("main") !== null : (region.current?.contains(target) ?? false));
  useLetters(isHere, onLetter);

  return (
    <ActsContext value={acts ?? null}>
      <div ref={region}>
        {children}
        <ActMessages only={only?.id} hint={hint} onHide={hide} />
      </div>
      {open && me && (
        <ActDialog
          key={open.subject.id}
          owner={me.id}
          {...open}
          onChoice={(choice) => setOpen({ ...open, choice })}
          onClose={() => setOpen(null)}
        />
      )}
      {isHelping && (
        <Suspense>
          <KeysHelp isOfList={!only} onClose={() => setIsHelping(false)} />
        </Suspense>
      )}
    </ActsContext>
  );
}
