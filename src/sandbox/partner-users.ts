import { Hono } from "hono";
import { requireToken } from "./partner-auth.ts";
import { type PartnerEnv, type PartnerRouteOptions, reply } from "./partner-env.ts";
import { sendRecords, timeOf } from "./partner-records.ts";
import { tokenLifeS } from "./tokens.ts";
import { codes } from "./wire.ts";

const maxSpanMs = 30 * 86_400_000;
const clockSlackMs = 600_000;

export function userRoutes(options: PartnerRouteOptions) {
  const { now, appId, directory, tokens } = options;
  const grant = (openId: string) => ({
    open_id: openId,
    access_token: tokens.issue(openId, now()),
    expire_in: tokenLifeS,
  });

  return new Hono<PartnerEnv>()
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
    .get("/user/glucose", requireToken(options), (c) => {
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
      return sendRecords(c, { wearer: user.wearer, wears: worn, appId }, { startMs, endMs }, now());
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
