import { randomUUID } from "node:crypto";
import type { ApiKey } from "#contract/api-keys.ts";
import type { NewEmbedToken } from "#contract/embed.ts";
import { type EmbedRefusal, embedLifeMs, embedPassPrefix, embedTokenPrefix } from "#contract/embed-limits.ts";
import { Failure } from "../failure.ts";
import type { EmbedOpenings } from "../store/embed-openings.ts";
import type { Sealer } from "../store/seal.ts";
import type { ApiKeys, Refusal } from "./api-keys.ts";
import { createKeyLimits } from "./key-limits.ts";

/** What a token is for, sealed in it: nothing is kept of one until it is used. */
export interface EmbedClaims extends Pick<NewEmbedToken, "parentOrigin" | "language" | "unit" | "scheme"> {
  id: string;
  keyId: string;
  of: { kind: "patient"; patientId: string } | { kind: "sensor"; serial: string };
  expiresAtMs: number;
}

/** What is known of whoever was refused, and why. */
interface EmbedRefused {
  claims: EmbedClaims | null;
  key: ApiKey | null;
  reason: EmbedRefusal | "too-many";
  failure: Failure;
}
interface Admitted {
  claims: EmbedClaims;
  key: ApiKey;
}

export interface Embeds {
  issue(claims: Omit<EmbedClaims, "id" | "expiresAtMs">): string;
  /** Uses a token up: what its view may ask with from now on. */
  open(
    token: string,
    parentOrigin: string,
    address: string,
  ): Promise<(Admitted & { pass: string }) | EmbedRefused>;
  /** Whose pass this is, if it still works. */
  admit(pass: string, address: string): Promise<Admitted | EmbedRefused>;
}

const codes = {
  unknown: "not-signed-in",
  expired: "not-signed-in",
  used: "not-signed-in",
  key: "not-signed-in",
  "other-origin": "forbidden",
  "exchange-off": "forbidden",
  gone: "patient-unknown",
} as const satisfies Record<EmbedRefusal, string>;
const sayings: Record<EmbedRefusal, string> = {
  unknown: "This is no token of this server. Was it handed over whole?",
  expired: "This token has run out. Ask for another.",
  used: "This token was used already: each opens one view, once. Ask for another.",
  key: "The API key that this was made under works no more.",
  "other-origin": "This token is for a page of another origin.",
  "exchange-off": "An administrator of this clinic has turned off all exchange with other programs.",
  gone: "This patient's record was archived, or became a part of another one. Ask for another token.",
};
export const embedFailure = (reason: EmbedRefusal): Failure =>
  new Failure(codes[reason], { detail: sayings[reason], fields: [{ field: "token", reason }] });

const slower = (detail: string, retryAfterS: number) =>
  new Failure("rate-limited", { detail: `${detail} Try again in ${retryAfterS} s.`, retryAfterS });

export function createEmbeds(options: {
  sealer: Pick<Sealer, "seal" | "open">;
  apiKeys: Pick<ApiKeys, "working">;
  openings: EmbedOpenings;
  embedOrigins: readonly string[];
  now: () => number;
  steadyMs: () => number;
}): Embeds {
  const { sealer, apiKeys, openings, embedOrigins, now, steadyMs } = options;
  /** Of each view, and of addresses from which comes what is none of ours. */
  const limits = createKeyLimits(steadyMs);

  const seal = (prefix: string, claims: EmbedClaims) =>
    prefix + sealer.seal(JSON.stringify([prefix, claims]));
  function claimsIn(prefix: string, text: string): EmbedClaims | null {
    const content = text.startsWith(prefix) ? sealer.open(text.slice(prefix.length)) : null;
    const [of, claims] = content === null ? [] : JSON.parse(content);
    return of === prefix ? claims : null;
  }

  async function check(prefix: string, text: string, address: string): Promise<Admitted | EmbedRefused> {
    const claims = claimsIn(prefix, text);
    const refuse = (reason: EmbedRefusal, key: ApiKey | null = null): EmbedRefused => ({
      claims,
      key,
      reason,
      failure: embedFailure(reason),
    });
    const tooMany = (failure: Failure): EmbedRefused => ({ claims, key: null, reason: "too-many", failure });
    if (!claims) {
      const againS = limits.guessAgainS(address);
      if (againS > 0) return tooMany(slower("Too many unknown tokens from your address.", againS));
      limits.countGuess(address);
      return refuse("unknown");
    }
    const waitS = limits.ask(claims.id);
    if (waitS > 0) return tooMany(slower("This view asks too much at once.", waitS));
    const found: ApiKey | Refusal | null = await apiKeys.working(claims.keyId);
    if (!found) return refuse("key");
    if ("failure" in found)
      return refuse(found.reason === "exchange-off" ? "exchange-off" : "key", found.key);
    // Whoever runs the server may have taken it out since.
    if (!embedOrigins.includes(claims.parentOrigin)) return refuse("other-origin", found);
    return claims.expiresAtMs <= now() ? refuse("expired", found) : { claims, key: found };
  }

  return {
    issue: (claims) =>
      seal(embedTokenPrefix, { ...claims, id: randomUUID(), expiresAtMs: now() + embedLifeMs }),
    open: async (token, parentOrigin, address) => {
      const admitted = await check(embedTokenPrefix, token, address);
      if ("failure" in admitted) return admitted;
      const { claims, key } = admitted;
      const refuse = (reason: EmbedRefusal) => ({ claims, key, reason, failure: embedFailure(reason) });
      if (claims.parentOrigin !== parentOrigin) return refuse("other-origin");
      if (!(await openings.use(claims.id, claims.expiresAtMs))) return refuse("used");
      return { ...admitted, pass: seal(embedPassPrefix, claims) };
    },
    admit: (pass, address) => check(embedPassPrefix, pass, address),
  };
}
