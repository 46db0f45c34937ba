import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { keyPrefix } from "#contract/api-key-limits.ts";
import type { ApiKey, Exchange } from "#contract/api-keys.ts";
import { minuteMs } from "#glucose/time.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { Failure } from "../failure.ts";
import type { ApiKeyStore } from "../store/api-keys.ts";
import type { ExchangeStore } from "../store/exchange.ts";
import { createKeyLimits } from "./key-limits.ts";

const bearerKey = new RegExp(`^Bearer +(${keyPrefix}\\S*) *$`, "i");

/** What came as a key. Other bearers are for whatever stands before this server, a proxy that signs people in say. */
export const bearerOf = (headers: Headers): string | null =>
  bearerKey.exec(headers.get("authorization") ?? "")?.[1] ?? null;

/** A key that is known here and does not work now, or one that nobody knows. */
export interface Refusal {
  key: ApiKey | null;
  reason: "unknown" | "revoked" | "expired" | "exchange-off" | "too-many";
  failure: Failure;
}

export interface ApiKeys {
  /** Who a bearer is, if their key works now; `Refusal` says who it was and why it does not. */
  admit(bearer: string, clientAddress: string): Promise<ApiKey | Refusal>;
  /** The key of this ID, if it works now: for what was given out under it. Null where there never was one. */
  working(id: string): Promise<ApiKey | Refusal | null>;
}

const mostKept = 10_000;
const shape = new RegExp(`^${keyPrefix}[0-9a-f]{64}$`);
const refuse = (key: ApiKey | null, reason: Refusal["reason"], detail: string): Refusal => ({
  key,
  reason,
  failure: new Failure(reason === "exchange-off" ? "forbidden" : "not-signed-in", { detail }),
});
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

const slower = (key: ApiKey | null, what: string, retryAfterS: number): Refusal => ({
  key,
  reason: "too-many",
  failure: new Failure("rate-limited", { detail: `${what} Try again in ${retryAfterS} s.`, retryAfterS }),
});

const another = "Ask an administrator of this clinic for another.";

/** Why a key that is known does not work now. */
function trouble(key: ApiKey, isExchangeOn: boolean, nowMs: number): Refusal | null {
  const { revoked, expiresAtMs } = key;
  if (revoked) return refuse(key, "revoked", `This API key was revoked. ${another}`);
  if (expiresAtMs <= nowMs)
    return refuse(key, "expired", `This API key expired on ${dayOf(expiresAtMs)}. ${another}`);
  if (isExchangeOn) return null;
  const detail = "An administrator of this clinic has turned off all exchange with other programs.";
  return refuse(key, "exchange-off", detail);
}

/** Keys of other programs, as known for half a second at most. */
export function createApiKeys(options: {
  store: ApiKeyStore;
  exchange: ExchangeStore;
  brief: BriefCaches;
  now: () => number;
  steadyMs: () => number;
}): ApiKeys {
  const { store, exchange, brief, now, steadyMs } = options;
  const recent = brief.create<ApiKey>();
  const recentById = brief.create<ApiKey>();
  const recentExchange = brief.create<Exchange>();
  const limits = createKeyLimits(steadyMs);
  const isExchangeOn = async () => (await recentExchange("exchange", exchange.read))?.isOn ?? false;
  const usedAtMs = new LRUCache<string, number>({ max: mostKept });

  return {
    admit: async (bearer, clientAddress) => {
      // Looked up whoever else guesses at this address: it costs a hash and an index.
      const key = shape.test(bearer)
        ? await recent(hash("sha256", bearer), () => store.bySecret(bearer))
        : null;
      if (!key) {
        const againS = limits.guessAgainS(clientAddress);
        if (againS > 0) return slower(null, "Too many unknown API keys from your address.", againS);
        limits.countGuess(clientAddress);
        return refuse(key, "unknown", "This is no API key of this clinic. Was it copied whole?");
      }
      const waitS = limits.ask(key.id);
      if (waitS > 0) return slower(key, "This API key asks too much at once.", waitS);
      const refusal = trouble(key, await isExchangeOn(), now());
      if (refusal) return refusal;
      const usedMs = usedAtMs.get(key.id) ?? key.lastUsedAtMs;
      if (usedMs === null || Math.abs(now() - usedMs) >= minuteMs) {
        usedAtMs.set(key.id, now());
        await store.noteUse(key.id);
      }
      return key;
    },
    working: async (id) => {
      const key = await recentById(id, () => store.byId(id));
      return key && (trouble(key, await isExchangeOn(), now()) ?? key);
    },
  };
}
