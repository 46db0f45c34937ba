import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import type { Review } from "#contract/patient-marks.ts";
import type { ReviewedPatient } from "#contract/worklist-acts.ts";
import { now } from "../clock.ts";
import { onClear } from "../local-data.ts";
import { type Act, type Subject, send, undoOf } from "./acts.ts";

/** What was done last. */
export interface Done {
  subject: Subject;
  act: Act;
  undo: Act | null;
  /** The number of a review. */
  number: number | null;
  /** Who has reviewed as well, before or since, unknown to this screen when the key was pressed. */
  others: ReviewedPatient["others"];
}

export interface Failed {
  subject: Subject;
  act: Act;
  error: unknown;
}

interface State {
  /** What is on its way, by patient. */
  pending: ReadonlyMap<string, Act>;
  done: Done | null;
  /** What was done last with each, by patient. */
  lastOf: ReadonlyMap<string, Done>;
  /** They stay until somebody has seen to them. */
  failed: readonly Failed[];
}

const empty: State = { pending: new Map(), done: null, lastOf: new Map(), failed: [] };
let state = empty;
const listeners = new Set<() => void>();

function set(change: Partial<State>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

onClear(() => set(empty));

/** Of all pages: what was done on the list is undone on the patient's page too. */
export const useActState = (): State => useSyncExternalStore(subscribe, () => state);

export const dismissDone = (): void => set({ done: null });
export const dismissFailed = (one: Failed): void =>
  set({ failed: state.failed.filter((other) => other !== one) });
export const addFailed = (one: Failed): void => set({ failed: [...state.failed, one] });

/** Does it and says so. The answer is why it was not done; a second one for a patient waits for the first. */
export async function perform(client: QueryClient, subject: Subject, act: Act): Promise<unknown> {
  if (state.pending.has(subject.id)) return null;
  const withoutThis = () => new Map([...state.pending].filter(([id]) => id !== subject.id));
  set({
    pending: new Map([...state.pending, [subject.id, act]]),
    failed: state.failed.filter((one) => one.subject.id !== subject.id || one.act.kind !== act.kind),
  });
  try {
    const { marks, others = [] } = await send(client, subject, act);
    const isTheirs = act.kind === "review" && others.some((one) => one.number === marks.review?.number);
    const undo = isTheirs ? null : undoOf(act, subject.marks, marks, now());
    const number = act.kind === "review" ? (marks.review?.number ?? null) : null;
    const done = { subject, act, undo, number, others };
    set({ pending: withoutThis(), done, lastOf: new Map([...state.lastOf, [subject.id, done]]) });
    return null;
  } catch (error) {
    set({ pending: withoutThis() });
    return error;
  }
}

/** Where nothing else shows the failure, it is shown with those that wait. */
export async function performAlone(client: QueryClient, subject: Subject, act: Act): Promise<void> {
  const error = await perform(client, subject, act);
  if (error) addFailed({ subject, act, error });
}

/** A colleague has reviewed after the review that was done here last with them: both are told. */
export function hearOther(id: string, review: Review | null): void {
  const done = state.lastOf.get(id);
  if (!done || done.number === null || !review) return;
  if (review.number <= done.number || done.others.some(({ number }) => number === review.number)) return;
  const other = { number: review.number, atMs: review.atMs, by: { id: review.by, name: null } };
  // What is taken back now would be theirs.
  const told = { ...done, undo: null, others: [other, ...done.others] };
  set({
    done: state.done === done ? told : state.done,
    lastOf: new Map([...state.lastOf, [id, told]]),
  });
}
