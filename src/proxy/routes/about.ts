import { Hono } from "hono";
import { type About, about } from "#contract/staff.ts";
import type { Config } from "../config.ts";
import type { Platform } from "../platform/types.ts";
import { describe } from "./openapi.ts";

/** `GET /api/about`, for everybody. */
export const createAboutRoute = (options: {
  config: Pick<Config, "idleSignOutMinutes" | "singleSignOn">;
  isSandbox: boolean;
  now: () => number;
  clockSpeed: () => number;
  platform: Pick<Platform, "health" | "probe">;
}): Hono =>
  new Hono().get("/", describe("What runs here, and its clock", about), (c) => {
    const { config, isSandbox, now, clockSpeed, platform } = options;
    // A page is open: it shows an outage before anything is asked for.
    platform.probe();
    const { answering, lastAnswerMs } = platform.health();
    return c.json({
      platform: isSandbox ? "sandbox" : "partner",
      nowMs: now(),
      clockSpeed: clockSpeed(),
      singleSignOn: config.singleSignOn?.name ?? null,
      notAnsweringSinceMs: answering ? null : lastAnswerMs,
      idleSignOutMinutes: config.idleSignOutMinutes,
    } satisfies About);
  });
