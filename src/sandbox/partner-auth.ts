import { createMiddleware } from "hono/factory";
import { signatureLifeMs } from "./nonces.ts";
import { type PartnerEnv, type PartnerRouteOptions, reply } from "./partner-env.ts";
import { sameSignature, signatureOf } from "./signature.ts";
import { codes } from "./wire.ts";

export const requireSignature = ({ now, signatureLife, appId, appSecret, nonces }: PartnerRouteOptions) =>
  createMiddleware<PartnerEnv>(async (c, next) => {
    const refuse = (msg: string) => reply(c, codes.unauthorized, msg);
    const header = (name: string) => c.req.header(name) ?? "";
    if (header("X-App-Id") !== appId) return refuse("unknown app");
    const requestMs = /^\d+$/.test(header("X-Timestamp")) ? Number(header("X-Timestamp")) : Number.NaN;
    const lifeMs = signatureLife();
    if (!(now() - requestMs <= lifeMs && requestMs - now() <= signatureLifeMs))
      return refuse("request expired");
    const expected = signatureOf(c.req.raw, new Uint8Array(await c.req.arrayBuffer()), appSecret);
    if (!sameSignature(header("X-Signature"), expected)) return refuse("invalid signature");
    if (header("X-Nonce") === "") return refuse("nonce missing");
    if (!nonces.use(header("X-Nonce"), requestMs, now(), lifeMs)) return refuse("nonce already used");
    await next();
  });

export const requireToken = ({ now, directory, tokens }: PartnerRouteOptions) =>
  createMiddleware<PartnerEnv>(async (c, next) => {
    const token = /^Bearer (.+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    const openId = token && tokens.ownerOf(token, now());
    const caller = openId && directory.user(openId);
    if (!caller) return reply(c, codes.unauthorized, token ? "token invalid" : "token missing");
    c.set("caller", caller);
    await next();
  });
