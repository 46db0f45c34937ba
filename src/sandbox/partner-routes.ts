import { type Context, Hono } from "hono";
import { createMiddleware } from "hono/factory";
import type { Directory, User } from "./directory.ts";
import { withBadRecords } from "./faults.ts";
import { fixedDevices } from "./fixed-devices.ts";
import type { Nonces } from "./nonces.ts";
import { signatureLifeMs } from "./nonces.ts";
import { sameSignature, signatureOf } from "./signature.ts";
import { type Tokens, tokenLifeS } from "./tokens.ts";
import type { Wear } from "./wear.ts";
import type { Wearer } from "./wearer.ts";
import { codes, type Envelope, type Owner, toDeviceInfo, toRecords, unboundDevice } from "./wire.ts";

const maxSpanMs = 30 * 86_400_000;
const clockSlackMs = 600_000;

export interface PartnerRouteOptions {
  now: () => number;
  appId: string;
  appSecret: string;
  directory: Directory;
  tokens: Tokens;
  nonces: Nonces;
}

export interface PartnerEnv {
  /** Per request: what the routes are told and what they tell the log. */
  Bindings: { badRecords: boolean; stranger: boolean; answered(code: number): void };
  Variables: { caller: User };
}

type PartnerContext = Context<PartnerEnv>;

/** The vendor's five endpoints. */
export function partnerRoutes({
  now,
  appId,
  appSecret,
  directory,
  tokens,
  nonces,
}: PartnerRouteOptions): Hono<PartnerEnv> {
  const reply = (c: PartnerContext, code: number, msg: string, data: object = {}) => {
    c.env.answered(code);
    return c.json({ code, msg, data } satisfies Envelope);
  };
  const ownerOf = (wearer: Wearer): Owner => ({
    openId: wearer.openId,
    appId: wearer.ours ? appId : "app_990017",
    partnerId: wearer.ours ? "partner_10001" : "partner_20417",
  });
  const grant = (openId: string) => ({
    open_id: openId,
    access_token: tokens.issue(openId, now()),
    expire_in: tokenLifeS,
  });

  const signed = createMiddleware<PartnerEnv>(async (c, next) => {
    const refuse = (msg: string) => reply(c, codes.unauthorized, msg);
    const header = (name: string) => c.req.header(name) ?? "";
    if (header("X-App-Id") !== appId) return refuse("unknown app");
    const requestMs = /^\d+$/.test(header("X-Timestamp")) ? Number(header("X-Timestamp")) : Number.NaN;
    if (!(Math.abs(now() - requestMs) <= signatureLifeMs)) return refuse("request expired");
    const expected = signatureOf(c.req.raw, new Uint8Array(await c.req.arrayBuffer()), appSecret);
    if (!sameSignature(header("X-Signature"), expected)) return refuse("invalid signature");
    if (header("X-Nonce") === "") return refuse("nonce missing");
    if (!nonces.use(header("X-Nonce"), requestMs, now())) return refuse("nonce already used");
    await next();
  });

  const withToken = createMiddleware<PartnerEnv>(async (c, next) => {
    const token = /^Bearer (.+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
    const openId = token && tokens.ownerOf(token, now());
    const caller = openId && directory.user(openId);
    if (!caller) return reply(c, codes.unauthorized, token ? "token invalid" : "token missing");
    c.set("caller", caller);
    await next();
  });

  const mayRead = (caller: User, { wearer, wear }: { wearer: Wearer; wear: Wear }) => {
    if (wear.access === "nobody") return false;
    if (wearer.openId === caller.openId) return true;
    return caller.service && wear.access !== "wearer-only";
  };

  /** Undefined when absent, NaN when no time. */
  const timeOf = (c: PartnerContext, name: string) => {
    const text = c.req.query(name);
    return text === undefined ? undefined : /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  };

  const sendRecords = (
    c: PartnerContext,
    wearer: Wearer,
    wears: readonly Wear[],
    startMs: number,
    endMs: number,
  ) => {
    const own = ownerOf(wearer);
    const owner = c.env.stranger ? { ...own, openId: `${own.openId}-stranger` } : own;
    const records = wears.flatMap((wear) =>
      toRecords(wearer.recording(wear), wear.serial, owner, { startMs, endMs }, now()),
    );
    const sent = c.env.badRecords ? withBadRecords(records) : records;
    return reply(c, codes.ok, "success", { open_id: owner.openId, records: sent });
  };

  const isLoose = (serial: string) =>
    fixedDevices.some((one) => one.serial === serial && one.wearer === null);

  return new Hono<PartnerEnv>()
    .use(signed)
    .post("/user/register", async (c) => {
      const body = parseObject(await c.req.text());
      const partnerUid = body?.partner_uid;
      const region = body?.region ?? "CN";
      if (typeof partnerUid !== "string" || partnerUid === "") {
        return reply(c, codes.badParameter, "invalid parameter: partner_uid");
      }
      if (typeof region !== "string") return reply(c, codes.badParameter, "invalid parameter: region");
      return reply(c, codes.ok, "success", grant(directory.register(partnerUid, region, now()).openId));
    })
    .get("/user/token", (c) => {
      const openId = c.req.query("open_id");
      if (!openId) return reply(c, codes.badParameter, "invalid parameter: open_id");
      if (!directory.user(openId)) return reply(c, codes.userNotFound, "user not found");
      return reply(c, codes.ok, "success", grant(openId));
    })
    .get("/user/glucose", withToken, (c) => {
      const openId = c.req.query("open_id");
      const startMs = timeOf(c, "start_time") ?? Number.NaN;
      const endMs = timeOf(c, "end_time") ?? Number.NaN;
      if (!openId) return reply(c, codes.badParameter, "invalid parameter: open_id");
      if (!(startMs < endMs)) return reply(c, codes.badParameter, "invalid parameter: start_time, end_time");
      if (endMs - startMs > maxSpanMs) return reply(c, codes.spanTooLong, "time span exceeds 30 days");
      const user = directory.user(openId);
      if (!user) return reply(c, codes.userNotFound, "user not found");
      if (user.openId !== c.var.caller.openId) return reply(c, codes.denied, "permission denied");
      if (!user.wearer) return reply(c, codes.ok, "success", { open_id: openId, records: [] });
      const worn = user.wearer
        .wears(now())
        .filter((wear) => wear.activatedMs <= endMs && wear.endedMs >= startMs - clockSlackMs);
      return sendRecords(c, user.wearer, worn, startMs, endMs);
    })
    .get("/device/info", withToken, (c) => {
      const serial = c.req.query("device_sn");
      if (!serial) return reply(c, codes.badParameter, "invalid parameter: device_sn");
      if (isLoose(serial)) return reply(c, codes.ok, "success", unboundDevice(serial));
      const device = directory.device(serial, now());
      if (!device) return reply(c, codes.deviceNotFound, "device not found");
      if (!mayRead(c.var.caller, device)) return reply(c, codes.denied, "permission denied");
      return reply(c, codes.ok, "success", toDeviceInfo(device.wear, ownerOf(device.wearer), now()));
    })
    .get("/device/glucose", withToken, (c) => {
      const serial = c.req.query("device_sn");
      if (!serial) return reply(c, codes.badParameter, "invalid parameter: device_sn");
      const startMs = timeOf(c, "start_time") ?? 0;
      const endMs = timeOf(c, "end_time") ?? Number.MAX_SAFE_INTEGER;
      if (!(startMs < endMs)) return reply(c, codes.badParameter, "invalid parameter: start_time, end_time");
      if (isLoose(serial)) return reply(c, codes.ok, "success", { open_id: "", records: [] });
      const device = directory.device(serial, now());
      if (!device) return reply(c, codes.deviceNotFound, "device not found");
      if (!mayRead(c.var.caller, device)) return reply(c, codes.denied, "permission denied");
      return sendRecords(c, device.wearer, [device.wear], startMs, endMs);
    });
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
