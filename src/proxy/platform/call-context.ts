import { AsyncLocalStorage } from "node:async_hooks";
import { Failure } from "../failure.ts";

/**
 * Who waits for the platform's answer: a person for this page, a person for a long list, or a background job.
 */
export type Priority = "person" | "list" | "background";

/** The larger goes first. */
const ranks: Record<Priority, number> = { person: 2, list: 1, background: 0 };

interface CallContext {
  readonly priority: Priority;
  /**
   * Aborts with a Failure once the caller has waited long enough; a call that
   * is still queued then leaves the queue.
   */
  readonly deadline: AbortSignal;
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
 * Its signal is made when somebody first looks at it: what is kept is answered without. A class, because
 * literals with a getter are each of a shape of their own, which V8 takes long to clear away.
 */
class Timed implements CallContext {
  readonly priority: Priority;
  readonly #timer: NodeJS.Timeout;
  #failure: DeadlinePassed | undefined;
  #controller: AbortController | undefined;

  constructor(priority: Priority, limitMs: number, passed?: () => void) {
    this.priority = priority;
    this.#timer = setTimeout(() => {
      this.#failure = new DeadlinePassed(limitMs);
      this.#controller?.abort(this.#failure);
      passed?.();
    }, limitMs);
  }

  get deadline(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#failure) this.#controller.abort(this.#failure);
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Runs `work` within `limitMs` of real time, time in the queue included: after
 * that, its calls of the platform fail, and `passed` is told.
 */
export async function withDeadline<T>(
  priority: Priority,
  limitMs: number,
  work: () => Promise<T>,
  passed?: () => void,
): Promise<T> {
  const context = new Timed(priority, limitMs, passed);
  try {
    return await current.run(context, work);
  } finally {
    context.end();
  }
}

/** Runs `work` with another priority and the same deadline. */
export const withPriority = <T>(priority: Priority, work: () => T): T =>
  current.run({ priority, deadline: callContext().deadline }, work);

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
