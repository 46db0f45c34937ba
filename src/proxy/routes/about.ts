import { Hono } from "hono";
import { type About, about } from "#contract/staff.ts";
import type { OidcSettings } from "../auth/oidc-settings.ts";
import type { Platform } from "../platform/types.ts";
import { describe } from "./openapi.ts";

/** `GET /api/about`, for everybody. */
export const createAboutRoute = (options: {
  sandbox: boolean;
  now: () => number;
  clockSpeed: number;
  idleSignOutMinutes: number;
  singleSignOn: Pick<OidcSettings, "name"> | null;
  platform: Pick<Platform, "health" | "probe">;
}): Hono =>
  new Hono().get("/", describe("What runs here, and its clock", about), (c) => {
    const { sandbox, now, clockSpeed, idleSignOutMinutes, singleSignOn, platform } = options;
    // Somebody is looking at a page: they are to be told of an outage before they ask for anything.
    platform.probe();
    const { answering, lastAnswerMs } = platform.health();
    return c.json({
      platform: sandbox ? "sandbox" : "partner",
      nowMs: now(),
      clockSpeed,
      singleSignOn: singleSignOn?.name ?? null,
      notAnsweringSinceMs: answering ? null : lastAnswerMs,
      idleSignOutMinutes,
    } satisfies About);
  });
