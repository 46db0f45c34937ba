import { MutationObserver, type QueryClient } from "@tanstack/react-query";
import type { PatientMarks } from "#contract/patient-marks.ts";
import type { NewHandOver } from "#contract/worklist-acts.ts";
import { type Acted, worklistMutations } from "../api/worklist-acts.ts";

/** Whose row it is, and what stood there when something was begun with it. */
export interface Subject {
  id: string;
  name: string;
  marks: PatientMarks | null;
}

interface PutOff {
  untilMs: number | null;
  untilWorse: boolean;
}

export type Act =
  | { kind: "review" }
  | { kind: "undo-review"; number: number }
  | { kind: "put-off"; until: PutOff | null }
  | { kind: "hand-over"; given: NewHandOver | null }
  | { kind: "note"; text: string };

/** Sends it. It goes on when the page that began it is left. */
export function send(client: QueryClient, { id, marks }: Subject, act: Act): Promise<Acted> {
  switch (act.kind) {
    case "review": {
      const seen = marks?.review?.number ?? null;
      return new MutationObserver(client, worklistMutations.review(id)).mutate({ seen });
    }
    case "undo-review":
      return new MutationObserver(client, worklistMutations.undoReview(id)).mutate({ number: act.number });
    case "put-off":
      return new MutationObserver(client, worklistMutations.snooze(id)).mutate(act.until);
    case "hand-over":
      return new MutationObserver(client, worklistMutations.handOver(id)).mutate(act.given);
    case "note":
      return new MutationObserver(client, worklistMutations.addNote(id)).mutate(act.text);
  }
}

/** What takes an act back: what stood before it stands again. Null where nothing does. */
export function undoOf(
  act: Act,
  before: PatientMarks | null,
  after: PatientMarks,
  nowMs: number,
): Act | null {
  if (act.kind === "review") return after.review && { kind: "undo-review", number: after.review.number };
  if (act.kind === "put-off") {
    const snooze = before?.snooze;
    const isOver = !snooze || (snooze.untilMs !== null && snooze.untilMs <= nowMs);
    const until = isOver ? null : { untilMs: snooze.untilMs, untilWorse: snooze.untilWorse };
    return { kind: "put-off", until };
  }
  if (act.kind === "hand-over") {
    const { to, words } = before?.handOver ?? {};
    return { kind: "hand-over", given: to ? { to, words } : null };
  }
  return null;
}
