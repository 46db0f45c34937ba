import type * as z from "zod";
import type { Exclusively } from "../exclusively.ts";
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

export function createTokens(
  call: Call,
  store: TokenStore,
  now: () => number,
  exclusively: Exclusively,
): Tokens {
  const renewing = new Map<string, Promise<string>>();

  async function keep(data: z.infer<typeof tokenData>) {
    await store.put(data.open_id, {
      accessToken: data.access_token,
      // A token that lives less than ten minutes is refreshed half way, not at every call.
      expiresAtMs: now() + Math.max(data.expire_in * 1000 - refreshBeforeMs, data.expire_in * 500),
    });
  }

  async function fetchToken(openId: string, last: UserToken | null): Promise<string> {
    const path = "/partner/v1/user/token";
    const request = { method: "GET", path, query: { open_id: openId }, first: true } as const;
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

  const isUsable = ({ accessToken, expiresAtMs }: UserToken, refused?: string) =>
    expiresAtMs > now() && accessToken !== refused;

  /** The stored token, if another caller or another server has renewed it meanwhile, else a new one. */
  const renew = (openId: string, refused?: string) =>
    exclusively(`token ${openId}`, async () => {
      const stored = await store.get(openId);
      return stored && isUsable(stored, refused) ? stored.accessToken : fetchToken(openId, stored);
    });

  /** A token other than `refused`. */
  async function tokenFor(openId: string, refused?: string): Promise<string> {
    const stored = await store.get(openId);
    if (stored && isUsable(stored, refused)) return stored.accessToken;
    const key = JSON.stringify([openId, refused]);
    let running = renewing.get(key);
    if (!running) {
      running = renew(openId, refused).finally(() => renewing.delete(key));
      renewing.set(key, running);
    }
    return running;
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
