import type * as z from "zod";
import { Failure } from "../failure.ts";
import type { Call } from "./call.ts";
import { parseData, tokenData } from "./wire.ts";

export interface UserToken {
  accessToken: string;
  expiresAtMs: number;
}

export interface TokenStore {
  get(openId: string): Promise<UserToken | null>;
  put(openId: string, token: UserToken): Promise<void>;
}

/** Keeps users' tokens and calls the platform with them. */
export interface Tokens {
  /** Stores the token that came with a registration or a refresh. */
  keep(data: z.infer<typeof tokenData>): Promise<void>;
  /** Runs `use` with this user's token; once more with a new one when the platform answers 1001. */
  with<T>(openId: string, use: (accessToken: string) => Promise<T>): Promise<T>;
}

const refreshBeforeMs = 5 * 60_000;
const is1001 = (error: unknown) => error instanceof Failure && error.details.platform?.code === 1001;

export function createTokens(call: Call, store: TokenStore, now: () => number): Tokens {
  const refreshing = new Map<string, Promise<string>>();

  async function keep(data: z.infer<typeof tokenData>) {
    await store.put(data.open_id, {
      accessToken: data.access_token,
      // A token that lives less than ten minutes is refreshed half way, not at every call.
      expiresAtMs: now() + Math.max(data.expire_in * 1000 - refreshBeforeMs, data.expire_in * 500),
    });
  }

  async function fetchToken(openId: string): Promise<string> {
    const path = "/partner/v1/user/token";
    const request = { method: "GET", path, query: { open_id: openId }, first: true } as const;
    const last = await store.get(openId);
    // Whether this endpoint wants the old token is open: without it first, with it when that is refused.
    const data = await call(request).catch((error: unknown) => {
      if (!is1001(error) || !last) throw error;
      return call({ ...request, accessToken: last.accessToken });
    });
    const token = parseData(tokenData, data, "token answer");
    if (token.open_id !== openId)
      throw new Failure("platform-malformed", { detail: "The platform issued another user's token." });
    await keep(token);
    return token.access_token;
  }

  function refresh(openId: string): Promise<string> {
    let running = refreshing.get(openId);
    if (!running) {
      running = fetchToken(openId).finally(() => refreshing.delete(openId));
      refreshing.set(openId, running);
    }
    return running;
  }

  /** A token other than `refused`: the stored one if another caller has renewed it meanwhile, else a new one. */
  async function tokenFor(openId: string, refused?: string): Promise<string> {
    const stored = await store.get(openId);
    const usable = stored && stored.expiresAtMs > now() && stored.accessToken !== refused;
    return usable ? stored.accessToken : refresh(openId);
  }

  return {
    keep,
    with: async (openId, use) => {
      const accessToken = await tokenFor(openId);
      try {
        return await use(accessToken);
      } catch (error) {
        if (!is1001(error)) throw error;
        return use(await tokenFor(openId, accessToken));
      }
    },
  };
}
