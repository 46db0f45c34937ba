import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import PQueue from "p-queue";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";

const dayMs = 24 * 3_600_000;
/** Of one person; as many as a browser opens connections. */
const mostAtOnce = 6;
const mostWaiting = 200;
/** A read of more days takes tens of megabytes until it is sent: so many at once of one person, and of all together. */
const longDays = 100;
const mostLongOfOne = 1;
const mostLong = 2;
const retryAfterS = 10;
/** So that a read whose turn comes late still has some seconds of a request's twenty-five. */
const longestWaitMs = 20_000;

const tooMany = (): Failure =>
  new Failure("rate-limited", {
    detail:
      "You are reading too much at once: this read waited for your others and did not come to its turn. Try again when they are done, or ask for fewer days.",
    retryAfterS,
  });

/** Waits for a place in a queue; what comes back gives the place up. */
async function enter(queue: PQueue, waiting: AbortSignal): Promise<() => void> {
  if (queue.size >= mostWaiting) throw tooMany();
  waiting.throwIfAborted();
  // Of its own: whoever goes while their read is under way would free a place that the read still takes.
  const inQueue = new AbortController();
  const goAway = () => inQueue.abort(waiting.reason);
  waiting.addEventListener("abort", goAway, { once: true });
  const { promise: left, resolve: leave } = Promise.withResolvers<void>();
  try {
    await new Promise<void>((entered, refused) => {
      const place = async () => {
        waiting.removeEventListener("abort", goAway);
        entered();
        await left;
      };
      queue.add(place, { signal: inQueue.signal }).catch(refused);
    });
  } finally {
    waiting.removeEventListener("abort", goAway);
  }
  return leave;
}

export type LimitReads = MiddlewareHandler<AppEnv>;

interface Queues {
  all: PQueue;
  long: PQueue;
}

/**
 * Reads of the platform by one person: six at once, of more than a hundred days one; the others wait their turn, and are told so when it does
 * not come. Whoever opens forty of them holds up themselves, not their colleagues.
 */
export function createLimitReads(): LimitReads {
  const everybody = new PQueue({ concurrency: mostLong });
  /** One for each member of staff. */
  const queues = new Map<string, Queues>();

  function queuesOf(staffId: string): Queues {
    const known = queues.get(staffId);
    if (known) return known;
    const own = {
      all: new PQueue({ concurrency: mostAtOnce }),
      long: new PQueue({ concurrency: mostLongOfOne }),
    };
    queues.set(staffId, own);
    return own;
  }

  return createMiddleware<AppEnv>(async function limitReads(c, next) {
    const { id } = c.get("staff");
    const own = queuesOf(id);
    const days = (Number(c.req.query("end")) - Number(c.req.query("start"))) / dayMs;
    const asked = days > longDays ? [own.long, everybody, own.all] : [own.all];
    const leave: (() => void)[] = [];
    const waiting = new AbortController();
    const timer = setTimeout(() => waiting.abort(tooMany()), longestWaitMs);
    // Nobody reads for who has gone meanwhile.
    const signal = AbortSignal.any([waiting.signal, c.req.raw.signal]);
    try {
      for (const queue of asked) leave.push(await enter(queue, signal));
      clearTimeout(timer);
      await next();
    } finally {
      clearTimeout(timer);
      for (const give of leave) give();
    }
  });
}
