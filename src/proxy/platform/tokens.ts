import { LRUCache } from "lru-cache";
import type * as z from "zod";
import type { Clock } from "../clock.ts";
import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { Call } from "./call.ts";
import type { TokenStore, UserToken } from "./types.ts";
import { isToken, longestTokenLifeS, parseData, tokenData } from "./wire.ts";

/** Keeps users' tokens and calls the platform with them. */
export interface Tokens {
  /** Stores the token that came with a registration or a refresh. */
  keep(data: z.infer<typeof tokenData>): Promise<void>;
  /** Runs `use` with this user's token; once more with a new one when the platform answers 1001. */
  with<T>(openId: string, use: (accessToken: string) => Promise<T>): Promise<T>;
}

const refreshBeforeMs = 5 * 60_000;
const mostLives = 10_000;
/** A 1001 that does not say that the request itself, its signature or its time, is refused. */
const isAboutToken = (error: unknown) =>
  error instanceof Failure && error.details.platform?.code === 1001 && !error.details.isFinal;

/**
 * Asks the token endpoint. The contract leaves open whether it wants the old token: the first request goes
 * without, and once more with it when that is refused; what worked is kept.
 */
function createTokenRequest(call: Call) {
  /** Null until the token endpoint has answered. */
  let wantsOld: boolean | null = null;
  return async (openId: string, last: string | null): Promise<unknown> => {
    const path = "/partner/v1/user/token";
    const request = { method: "GET", path, query: { open_id: openId }, first: true } as const;
    try {
      const data = await call(wantsOld && last ? { ...request, accessToken: last } : request);
      wantsOld ??= false;
      return data;
    } catch (error) {
      if (!isAboutToken(error) || wantsOld !== null || !last) throw error;
      const data = await call({ ...request, accessToken: last });
      wantsOld = true;
      return data;
    }
  };
}

export function createTokens(
  call: Call,
  store: TokenStore,
  { now, steadyMs }: Clock,
  withLock: WithLock,
): Tokens {
  const renewOnce = createSingleFlight<string>();
  /** Of tokens that this process was issued itself, until when they live by the steady clock. */
  const lives = new LRUCache<string, { accessToken: string; untilMs: number }>({ max: mostLives });
  const askForToken = createTokenRequest(call);

  async function keep({ open_id: openId, access_token: accessToken, expire_in }: z.infer<typeof tokenData>) {
    // A token that lives less than ten minutes is refreshed half way, not at every call.
    const lifeMs = Math.max(expire_in * 1000 - refreshBeforeMs, expire_in * 500);
    lives.set(openId, { accessToken, untilMs: steadyMs() + lifeMs });
    await store.put(openId, { accessToken, expiresAtMs: now() + lifeMs });
  }

  async function fetchToken(openId: string, last: UserToken | null, refused?: string): Promise<string> {
    // One that was refused a moment ago opens nothing.
    const old = last && last.accessToken !== refused && isToken(last.accessToken) ? last.accessToken : null;
    const data = await askForToken(openId, old);
    const token = parseData(tokenData, data, "token answer");
    if (token.open_id !== openId)
      throw new Failure("platform-malformed", { detail: "The platform issued another user's token." });
    await keep(token);
    return token.access_token;
  }

  const isAlive = (openId: string, { accessToken, expiresAtMs }: UserToken): boolean => {
    const own = lives.get(openId);
    if (own?.accessToken === accessToken) return steadyMs() < own.untilMs;
    const leftMs = expiresAtMs - now();
    // One that lives longer than any was issued before the clock was set.
    return leftMs > 0 && leftMs <= longestTokenLifeS * 1000;
  };
  const isUsable = (openId: string, token: UserToken, refused?: string) =>
    token.accessToken !== refused && isToken(token.accessToken) && isAlive(openId, token);

  /** The stored token, if another caller or another server has renewed it meanwhile, else a new one. */
  const renew = (openId: string, refused?: string) =>
    withLock(`token ${openId}`, async () => {
      const stored = await store.get(openId);
      return stored && isUsable(openId, stored, refused)
        ? stored.accessToken
        : fetchToken(openId, stored, refused);
    });

  /** A token other than `refused`. */
  async function tokenFor(openId: string, refused?: string): Promise<string> {
    const stored = await store.get(openId);
    if (stored && isUsable(openId, stored, refused)) return stored.accessToken;
    return renewOnce(() => renew(openId, refused), JSON.stringify([openId, refused]));
  }

  return {
    keep,
    with: async (openId, use) => {
      const accessToken = await tokenFor(openId);
      try {
        return await use(accessToken);
      } catch (error) {
        if (!isAboutToken(error)) throw error;
        return use(await tokenFor(openId, accessToken));
      }
    },
  };
}
