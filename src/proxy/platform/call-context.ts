import { AsyncLocalStorage } from "node:async_hooks";
import { Failure } from "../failure.ts";

/**
 * Who waits for the platform's answer: a person for this page, a person for a long list, or a background job.
 */
export type Priority = "person" | "list" | "background";

/** The larger goes first. */
const ranks: Record<Priority, number> = { person: 2, list: 1, background: 0 };

interface CallContext {
  priority: Priority;
  /**
   * Aborts with a Failure once the caller has waited long enough; a call that
   * is still queued then leaves the queue.
   */
  deadline: AbortSignal;
}

const endless: CallContext = { priority: "person", deadline: new AbortController().signal };
const current = new AsyncLocalStorage<CallContext>();

/** The priority and deadline of this call of the platform: a person's and none unless set otherwise. */
export const callContext = (): CallContext => current.getStore() ?? endless;

class DeadlinePassed extends Failure {
  constructor(limitMs: number) {
    const seconds = limitMs / 1000;
    super("platform-timeout", {
      detail: `The platform's answer did not come within ${seconds} seconds, waiting and retries included.`,
    });
  }
}

/**
 * What work that another caller began answers; what `again` does where it ended with that one's
 * deadline, and this one has time left.
 */
export const joined = <T>(shared: Promise<T>, again: () => Promise<T>): Promise<T> =>
  shared.catch((error: unknown) => {
    if (!(error instanceof DeadlinePassed) || callContext().deadline.aborted) throw error;
    return again();
  });

export const rankOf = (priority: Priority): number => ranks[priority];

/**
 * Runs `work` within `limitMs` of real time, time in the queue included: after
 * that, its calls of the platform fail.
 */
export async function withDeadline<T>(
  priority: Priority,
  limitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const giveUp = () => deadline.abort(new DeadlinePassed(limitMs));
  const timer = setTimeout(giveUp, limitMs);
  try {
    return await current.run({ priority, deadline: deadline.signal }, work);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `work` with another priority and the same deadline. */
export const withPriority = <T>(priority: Priority, work: () => T): T =>
  current.run({ ...callContext(), priority }, work);

/**
 * What `promise` answers, or the deadline's Failure when it passes: work shared with others goes on for them.
 */
export async function withinDeadline<T>(promise: Promise<T>): Promise<T> {
  const { deadline } = callContext();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(deadline.reason);
  if (deadline.aborted) giveUp();
  deadline.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([promise, late]);
  } finally {
    deadline.removeEventListener("abort", giveUp);
  }
}
