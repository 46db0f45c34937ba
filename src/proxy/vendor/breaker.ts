import {
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleAll,
} from "cockatiel";
import type { Logger } from "pino";
import { Failure } from "../failure.ts";

export interface PlatformHealth {
  /** False while calls fail at once instead of being tried. */
  answering: boolean;
  /** When it last answered anything, or when we began to ask. */
  lastAnswerMs: number;
}

export interface Breaker {
  /** Throws while the platform is left alone. */
  check(): void;
  /** Runs one try of a call; while the platform is left alone, throws without trying. */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  health(): PlatformHealth;
}

const lastCalls = 20;
const fewestCalls = 10;
const faultyShare = 0.8;
const firstPauseMs = 5_000;
const longestPauseMs = 30_000;

const faults = new Set(["platform-unreachable", "platform-timeout", "platform-malformed"]);

/** No answer, or none that the contract knows. A business error is an answer, and so is being asked for fewer requests (429). */
export const isFaultOfLine = (error: unknown): boolean =>
  error instanceof Failure &&
  (faults.has(error.code) ||
    (error.code === "platform-error" && (error.details.platform?.httpStatus ?? 0) >= 500));

/**
 * Leaves a platform alone that has not answered more than four in five of its last ten to twenty calls: calls then fail at once.
 * After five seconds (then ten, twenty, thirty at most) one call finds out whether it is back.
 */
export function createBreaker(now: () => number, log: Logger): Breaker {
  let lastAnswerMs = now();
  let tryAgainMs = 0;
  const policy = circuitBreaker(handleAll, {
    breaker: new CountBreaker({
      threshold: faultyShare,
      size: lastCalls,
      minimumNumberOfCalls: fewestCalls,
    }),
    halfOpenAfter: new DelegateBackoff(({ attempt }: { attempt: number }) => {
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
      tryAgainMs = Date.now() + pauseMs;
      return pauseMs;
    }),
  });
  policy.onBreak(() =>
    log.warn({ lastAnswerMs }, "the platform does not answer and is left alone for a while"),
  );
  policy.onReset(() => log.warn("the platform answers again"));

  const leftAlone = () => {
    const retryAfterS = Math.max(1, Math.ceil((tryAgainMs - Date.now()) / 1000));
    return new Failure("platform-unreachable", {
      detail: `The platform has not answered since ${new Date(lastAnswerMs).toISOString()}; it is not asked again for ${retryAfterS} s.`,
      retryAfterS,
    });
  };
  const isTrying = () => policy.state === CircuitState.HalfOpen;

  return {
    check() {
      const isOpen = policy.state === CircuitState.Open && Date.now() < tryAgainMs;
      if (isOpen || isTrying()) throw leftAlone();
    },
    async run(attempt) {
      // The library would let the others wait for the one try; they would wait as long as a platform that hangs.
      if (isTrying()) throw leftAlone();
      const tried = () =>
        attempt().then(
          (value) => ({ value }),
          (error: unknown) => {
            if (isFaultOfLine(error)) throw error;
            return { error };
          },
        );
      try {
        const outcome = await policy.execute(tried);
        lastAnswerMs = now();
        if ("error" in outcome) throw outcome.error;
        return outcome.value;
      } catch (error) {
        throw error instanceof BrokenCircuitError ? leftAlone() : error;
      }
    },
    health: () => ({ answering: policy.state === CircuitState.Closed, lastAnswerMs }),
  };
}
