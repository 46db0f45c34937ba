import { AsyncLocalStorage } from "node:async_hooks";
import { Failure } from "../failure.ts";

/** Who waits for the platform's answer: a person for this page, a person for a long list, or nobody in particular. */
export type Urgency = "person" | "list" | "background";

/** The larger goes first. */
const ranks: Record<Urgency, number> = { person: 2, list: 1, background: 0 };

interface Errand {
  urgency: Urgency;
  /** Aborts with a Failure when whoever asked has waited long enough; what still waits for its turn then leaves the queue. */
  deadline: AbortSignal;
}

const endless: Errand = { urgency: "person", deadline: new AbortController().signal };
const current = new AsyncLocalStorage<Errand>();

/** What this call of the platform is for: a person without a limit unless an errand says otherwise. */
export const errand = (): Errand => current.getStore() ?? endless;

export const rankOf = (urgency: Urgency): number => ranks[urgency];

/** Does `work` within `limitMs` of real time, waiting for a turn included: after that, its calls of the platform fail. */
export async function onErrand<T>(urgency: Urgency, limitMs: number, work: () => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const giveUp = () =>
    deadline.abort(
      new Failure("platform-timeout", {
        detail: `The platform's answer did not come within ${limitMs / 1000} seconds, waiting and retries included.`,
      }),
    );
  const timer = setTimeout(giveUp, limitMs);
  try {
    return await current.run({ urgency, deadline: deadline.signal }, work);
  } finally {
    clearTimeout(timer);
  }
}

/** The same errand with another urgency. */
export const asUrgent = <T>(urgency: Urgency, work: () => T): T =>
  current.run({ ...errand(), urgency }, work);

/** What `promise` answers, or the errand's Failure when its time is up: work shared with others goes on for them. */
export async function inTime<T>(promise: Promise<T>): Promise<T> {
  const { deadline } = errand();
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
