import { randomBytes } from "node:crypto";

export const tokenLifeS = 7200;

/** User tokens live in memory: like the platform's own after an incident, none survives a restart. */
export interface Tokens {
  issue(openId: string, nowMs: number): string;
  /** Whose token it is; null when unknown or expired. */
  ownerOf(token: string, nowMs: number): string | null;
  clear(): void;
}

export function createTokens(): Tokens {
  const issued = new Map<string, { openId: string; expiresMs: number }>();
  return {
    issue(openId, nowMs) {
      for (const [token, { expiresMs }] of issued) {
        // Tokens are kept in the order they expire.
        if (expiresMs > nowMs) break;
        issued.delete(token);
      }
      const token = randomBytes(24).toString("base64url");
      issued.set(token, { openId, expiresMs: nowMs + tokenLifeS * 1000 });
      return token;
    },
    ownerOf(token, nowMs) {
      const found = issued.get(token);
      return found && found.expiresMs > nowMs ? found.openId : null;
    },
    clear: () => issued.clear(),
  };
}
