import { LRUCache } from "lru-cache";
import { networkOf } from "../http/client-address.ts";

/** Of one key on one server: so many requests a second, and so many at once after a pause. */
const perSecond = 10;
const mostAtOnce = 200;

/** Of one address: so many keys that nobody knows, in a minute. */
const guessesAllowed = 20;
const guessWindowMs = 60_000;
const mostKept = 10_000;

/** By the steady clock. Each answers with for how many more seconds there is nothing; 0 lets in. */
export function createKeyLimits(steadyMs: () => number) {
  const paces = new LRUCache<string, { left: number; atMs: number }>({ max: mostKept });
  const guesses = new LRUCache<string, { times: number; untilMs: number }>({ max: mostKept });
  const guessesOf = (address: string) => {
    const found = guesses.get(networkOf(address));
    return found && found.untilMs > steadyMs() ? found : { times: 0, untilMs: steadyMs() + guessWindowMs };
  };
  return {
    ask: (keyId: string): number => {
      const nowMs = steadyMs();
      const { left, atMs } = paces.get(keyId) ?? { left: mostAtOnce, atMs: nowMs };
      const filled = Math.min(mostAtOnce, left + ((nowMs - atMs) / 1000) * perSecond);
      const isIn = filled >= 1;
      paces.set(keyId, { left: isIn ? filled - 1 : filled, atMs: nowMs });
      return isIn ? 0 : Math.ceil((1 - filled) / perSecond);
    },
    guessAgainS: (address: string): number => {
      const { times, untilMs } = guessesOf(address);
      return times < guessesAllowed ? 0 : Math.ceil((untilMs - steadyMs()) / 1000);
    },
    countGuess: (address: string): void => {
      const { times, untilMs } = guessesOf(address);
      guesses.set(networkOf(address), { times: times + 1, untilMs });
    },
  };
}
