import type { Context } from "hono";
import type { Directory, User } from "./directory.ts";
import type { Nonces } from "./nonces.ts";
import type { Tokens } from "./tokens.ts";
import type { Envelope } from "./wire.ts";

export interface PartnerRouteOptions {
  now: () => number;
  /** How old a request may be: five minutes of the machine's, whatever the clock did meanwhile. */
  signatureLife: () => number;
  appId: string;
  appSecret: string;
  directory: Directory;
  tokens: Tokens;
  nonces: Nonces;
}

export interface PartnerEnv {
  /** Per request: the faults that its answer has, and where its code is logged. */
  Bindings: { badRecords: boolean; stranger: boolean; answered(code: number): void };
  Variables: { caller: User };
}

export type PartnerContext = Context<PartnerEnv>;

export function reply(c: PartnerContext, code: number, msg: string, data: object = {}) {
  c.env.answered(code);
  return c.json({ code, msg, data } satisfies Envelope);
}
