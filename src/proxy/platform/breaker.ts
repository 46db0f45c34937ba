import type { Logger } from "pino";
import type { Clock } from "../clock.ts";
import { Failure } from "../failure.ts";
import type { PlatformHealth } from "./types.ts";

export interface Breaker {
  /** Throws while the platform is left alone. */
  check(): void;
  /** Runs one try of a call; while the platform is left alone, throws without trying. */
  run<T>(attempt: () => Promise<T>): Promise<T>;
  /** The platform does not want to be asked for so long. */
  pauseFor(retryAfterS: number): void;
  health(): PlatformHealth;
  /** For how long no try has ended. */
  quietMs(): number;
}

const lastCalls = 20;
const fewestCalls = 10;
const faultyShare = 0.8;
const firstPauseMs = 5_000;
const longestPauseMs = 10_000;
const unansweredMost = 3;

const faults = new Set(["platform-unreachable", "platform-timeout", "platform-malformed"]);

/**
 * No answer, or none that the contract knows. A business error is an answer, and so are being asked for fewer
 * requests (429) and an HTTP status that says that the same would be answered again.
 */
function isFaultOfLine(error: unknown): boolean {
  if (!(error instanceof Failure)) return false;
  const { platform, isFinal } = error.details;
  if (error.code === "platform-error") return (platform?.httpStatus ?? 0) >= 500;
  return faults.has(error.code) && !(platform && isFinal);
}

/**
 * Whether an earlier answer may stand in for the one that failed. Not after a refusal, ours or the user's:
 * access may have been taken away since.
 */
export const isPassing = (error: unknown): error is Failure =>
  isFaultOfLine(error) || (error instanceof Failure && error.code === "platform-busy");

const isUnanswered = (error: unknown): boolean =>
  error instanceof Failure && (error.code === "platform-unreachable" || error.code === "platform-timeout");

const secondsUntil = (untilMs: number, nowMs: number) => Math.max(1, Math.ceil((untilMs - nowMs) / 1000));

/** A pause that the platform itself asked for. */
interface RequestedPause {
  untilMs: number;
  code: Failure["code"];
  platform?: Failure["details"]["platform"];
}

function createRequestedPause(steadyMs: Clock["steadyMs"]) {
  let asked: RequestedPause | null = null;
  return {
    pauseFor(retryAfterS: number): void {
      const untilMs = steadyMs() + retryAfterS * 1000;
      if (untilMs > (asked?.untilMs ?? 0)) asked = { untilMs, code: "platform-busy" };
    },
    /** A fault concerns every call; a decision about one request is never given as the reason for another. */
    nameReason(error: unknown): void {
      if (asked && isPassing(error) && error.details.retryAfterS !== undefined)
        asked = { untilMs: asked.untilMs, code: error.code, platform: error.details.platform };
    },
    check(): void {
      if (!asked || steadyMs() >= asked.untilMs) return;
      const retryAfterS = secondsUntil(asked.untilMs, steadyMs());
      const { code, platform } = asked;
      const detail = `The platform asked not to be called again for a while; it is not asked for ${retryAfterS} s.`;
      throw new Failure(code, { detail, platform, retryAfterS });
    },
  };
}

/**
 * Leaves a platform alone that has not answered more than four in five of its last ten to twenty
 * calls: calls then fail at once. After five seconds (then ten) one call finds out whether it is
 * back. One that asks for a pause (Retry-After) is not asked anything before it is over. A platform
 * is one host: all its calls pass here.
 */
export function createBreaker({ now, steadyMs }: Clock, log: Logger): Breaker {
  let lastAnswerMs = now();
  /** Of the last calls, whether each was a fault. */
  let outcomes: boolean[] = [];
  /** Pauses one after the other without an answer between them; 0 while it answers. */
  let pauses = 0;
  let tryAgainMs = 0;
  let isTrying = false;
  let unansweredInARow = 0;
  let lastTryMs = steadyMs();
  const requested = createRequestedPause(steadyMs);

  function leftAlone(): Failure {
    const retryAfterS = secondsUntil(tryAgainMs, steadyMs());
    return new Failure("platform-unreachable", {
      detail: `The platform has not answered since ${new Date(lastAnswerMs).toISOString()}; it is not asked again for ${retryAfterS} s.`,
      retryAfterS,
    });
  }

  function pause(): void {
    tryAgainMs = steadyMs() + Math.min(longestPauseMs, firstPauseMs * 2 ** pauses);
    if (pauses === 0)
      log.warn({ lastAnswerMs }, "the platform does not answer and is left alone for a while");
    pauses += 1;
  }

  function count(isFault: boolean, isTrial: boolean): void {
    if (isTrial && isFault) pause();
    else if (isTrial) {
      pauses = 0;
      outcomes = [];
      log.warn("the platform answers again");
    } else if (pauses === 0) {
      outcomes = [...outcomes, isFault].slice(-lastCalls);
      const faulty = outcomes.filter(Boolean).length;
      if (isFault && outcomes.length >= fewestCalls && faulty > faultyShare * outcomes.length) pause();
    }
  }

  function check(): void {
    requested.check();
    // One call finds out for all; to wait for it could take as long as a platform that hangs.
    if (isTrying || (pauses > 0 && steadyMs() < tryAgainMs)) throw leftAlone();
  }

  return {
    check,
    pauseFor: requested.pauseFor,
    async run(attempt) {
      check();
      const isTrial = pauses > 0;
      isTrying = isTrial;
      try {
        const value = await attempt();
        lastAnswerMs = now();
        unansweredInARow = 0;
        count(false, isTrial);
        return value;
      } catch (error) {
        requested.nameReason(error);
        const isFault = isFaultOfLine(error);
        unansweredInARow = isUnanswered(error) ? unansweredInARow + 1 : 0;
        if (!isFault) lastAnswerMs = now();
        count(isFault, isTrial);
        throw error;
      } finally {
        lastTryMs = steadyMs();
        if (isTrial) isTrying = false;
      }
    },
    health: () => ({ answering: pauses === 0 && unansweredInARow < unansweredMost, lastAnswerMs }),
    quietMs: () => steadyMs() - lastTryMs,
  };
}
