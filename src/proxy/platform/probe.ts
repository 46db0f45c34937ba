import { pino } from "pino";
import { Failure } from "../failure.ts";
import { createBreaker } from "./breaker.ts";
import { createCall } from "./call.ts";
import type { PlatformRequest } from "./types.ts";

export interface ProbeAnswer {
  /** Null: the platform accepted the signature, even if it refused the unknown user. */
  failure: Failure | null;
  /** How far our clock is ahead of the platform's; null when its answer carries no date. */
  aheadMs: number | null;
}

/**
 * Asks for the token of a user who does not exist: the platform's answer is about them, and changes nothing.
 */
export const askAboutNobody: PlatformRequest = {
  method: "GET",
  path: "/partner/v1/user/token",
  query: { open_id: "trendline-doctor-nobody" },
};

const silent = pino({ level: "silent" });

/** Of our clock against the date of an answer, which has whole seconds. */
function aheadOf(date: string | null, sentMs: number, receivedMs: number): number | null {
  const dateMs = Date.parse(date ?? "");
  return Number.isNaN(dateMs) ? null : (sentMs + receivedMs) / 2 - (dateMs + 500);
}

/**
 * One signed call that changes nothing: it asks for the token of a user who does not exist. Credentials and
 * clock are right when the platform answers about that user and not about us.
 */
export async function probePlatform(options: {
  baseUrl: string;
  appId: string;
  appSecret: string;
  fetch: (request: Request) => Promise<Response>;
  now: () => number;
}): Promise<ProbeAnswer> {
  let aheadMs: number | null = null;
  // One call by itself: there is nothing to wait for, and nothing that has failed before it.
  const clock = { now: options.now, steadyMs: () => performance.now() };
  const guards = { enqueue: <T>(work: () => Promise<T>) => work(), breaker: createBreaker(clock, silent) };
  const call = createCall(
    {
      ...options,
      fetch: async (request) => {
        const sentMs = options.now();
        const response = await options.fetch(request);
        aheadMs = aheadOf(response.headers.get("date"), sentMs, options.now());
        return response;
      },
    },
    guards,
  );
  try {
    await call(askAboutNobody);
    return { failure: null, aheadMs };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { failure: error.code === "platform-error" ? null : error, aheadMs };
  }
}
