import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { dayMs } from "#glucose/time.ts";
import type { AppEnv } from "../app-env.ts";
import { Failure } from "../failure.ts";
import { createPlaces, type Places } from "./places.ts";

/** Of one person; as many as a browser opens connections. */
const mostAtOnce = 6;
const mostWaiting = 200;
/**
 * A read of more days takes tens of megabytes until it is sent: so many at
 * once of one person, and of all together.
 */
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

export type LimitReads = MiddlewareHandler<AppEnv>;

interface OwnPlaces {
  all: Places;
  long: Places;
}

/** Aborts when a request has waited too long, or nobody waits for its answer any more. */
function createPatience(request: Request) {
  let timer: NodeJS.Timeout | undefined;
  let signal: AbortSignal | undefined;
  return {
    signal: (): AbortSignal => {
      if (signal) return signal;
      const late = new AbortController();
      timer = setTimeout(() => late.abort(tooMany()), longestWaitMs);
      signal = AbortSignal.any([late.signal, request.signal]);
      return signal;
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * Reads of the platform by one person: six at once, of more than a hundred days one; the
 * others wait their turn, and fail with a reason when it does not come. Forty of them at once
 * hold up their own reader, no colleague.
 */
export function createLimitReads(): LimitReads {
  const everybody = createPlaces(mostLong);
  /** Of each member of staff. */
  const places = new Map<string, OwnPlaces>();

  function placesOf(staffId: string): OwnPlaces {
    const known = places.get(staffId);
    if (known) return known;
    const own = { all: createPlaces(mostAtOnce), long: createPlaces(mostLongOfOne) };
    places.set(staffId, own);
    return own;
  }

  return createMiddleware<AppEnv>(async function limitReads(c, next) {
    const { id } = c.get("staff");
    const own = placesOf(id);
    const days = (Number(c.req.query("end")) - Number(c.req.query("start"))) / dayMs;
    const asked = days > longDays ? [own.long, own.all, everybody] : [own.all];
    const held: Places[] = [];
    const patience = createPatience(c.req.raw);
    try {
      for (const one of asked) {
        if (!one.tryEnter()) {
          if (one.waiting >= mostWaiting) throw tooMany();
          await one.enter(patience.signal());
        }
        held.push(one);
      }
      patience.end();
      await next();
    } finally {
      patience.end();
      for (const one of held) one.leave();
    }
  });
}
