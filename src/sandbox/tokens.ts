import { createHmac, randomBytes } from "node:crypto";
import { sameSignature } from "./signature.ts";

export const tokenLifeS = 7200;

/** User tokens say themselves whose they are and until when; who has the key knows those it issued. */
export interface Tokens {
  issue(openId: string, nowMs: number): string;
  /** Whose token it is; null when unknown or expired. */
  ownerOf(token: string, nowMs: number): string | null;
  readonly key: string;
  /** A new key: every token issued so far is unknown. */
  clear(): void;
}

export const newKey = (): string => randomBytes(32).toString("hex");

export function createTokens(key = newKey()): Tokens {
  let current = key;
  const sign = (body: string) => createHmac("sha256", current).update(body).digest("base64url");
  return {
    get key() {
      return current;
    },
    issue(openId, nowMs) {
      const text = `${nowMs + tokenLifeS * 1000} ${randomBytes(6).toString("hex")} ${openId}`;
      const body = Buffer.from(text).toString("base64url");
      return `${body}.${sign(body)}`;
    },
    ownerOf(token, nowMs) {
      const [body = "", signature = ""] = token.split(".");
      if (!sameSignature(signature, sign(body))) return null;
      const [expiresMs, , openId] = Buffer.from(body, "base64url").toString().split(" ");
      return openId && Number(expiresMs) > nowMs ? openId : null;
    },
    clear() {
      current = newKey();
    },
  };
}
