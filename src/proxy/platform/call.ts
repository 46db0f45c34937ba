import pRetry from "p-retry";
import { type Answer, dataOf } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { type Breaker, isPassing } from "./breaker.ts";
import { callContext } from "./call-context.ts";
import { exchange } from "./exchange.ts";
import { createReadRecords, type ReadRecords } from "./read-records.ts";
import type { Enqueue } from "./request-queue.ts";
import type { CallOptions, ObserveCall, PlatformRequest } from "./types.ts";

/** What every call passes on its way out. */
export interface CallGuards {
  enqueue: Enqueue;
  breaker: Breaker;
}

/** Sends signed requests. Rejects with a Failure. */
export interface Call {
  /** One whose answer is small; answers with the envelope's `data`. */
  (request: PlatformRequest): Promise<unknown>;
  /** One that is answered with glucose records. */
  records(request: PlatformRequest, asked: Asked): ReturnType<ReadRecords>;
}

const kilobyte = 1024;
/** A token, a device or a word of regret. */
const mostBytes = 256 * kilobyte;
/** Thirty days of a sensor that a new phone has uploaded again some five times. */
const mostRecordBytes = 24 * kilobyte * kilobyte;

/** While the platform is left alone (`retryAfterS` says how long), trying again is of no use. */
const worthRetrying = (error: unknown): boolean =>
  isPassing(error) && error.details.retryAfterS === undefined && !error.details.isFinal;

const unobserved: ObserveCall = (_, run) => run();

/**
 * The one place requests leave for the platform: each queued, with ten seconds to answer, and signed again
 * at every try. Reads are tried three times on a fault of the line, an HTTP 5xx, 408, 425 or 429; a
 * business error is an answer and is not retried, and neither is one that came with a time before which
 * the platform does not want to be asked.
 */
export function createCall(options: CallOptions, { enqueue, breaker }: CallGuards): Call {
  const { observe = unobserved, retryPauseMs = 250 } = options;
  const readRecords = createReadRecords();

  function ask<T>(
    request: PlatformRequest,
    largest: number,
    use: (answer: Answer) => T | Promise<T>,
  ): Promise<T> {
    const once = () =>
      observe(request.path, () => exchange(options, request, largest, use, breaker.pauseFor));
    const attempt = async () => {
      breaker.check();
      return enqueue(() => breaker.run(once), { first: request.first ?? false });
    };
    if (request.method !== "GET") return attempt();
    return pRetry(attempt, {
      retries: 2,
      minTimeout: retryPauseMs,
      randomize: true,
      signal: callContext().deadline,
      shouldRetry: ({ error }) => worthRetrying(error),
    });
  }

  return Object.assign((request: PlatformRequest) => ask(request, mostBytes, dataOf), {
    records: (request: PlatformRequest, asked: Asked) =>
      ask(request, mostRecordBytes, (answer) => readRecords(answer, asked)),
  });
}
