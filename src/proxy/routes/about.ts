import { Hono } from "hono";
import { type About, about } from "#contract/staff.ts";
import type { OidcSettings } from "../auth/oidc-settings.ts";
import type { PlatformHealth } from "../vendor/breaker.ts";
import { describe } from "./openapi.ts";

/** `GET /api/about`, for everybody. */
export const createAboutRoute = (options: {
  sandbox: boolean;
  now: () => number;
  clockSpeed: number;
  idleSignOutMinutes: number;
  singleSignOn: Pick<OidcSettings, "name"> | null;
  health: () => PlatformHealth;
}): Hono =>
  new Hono().get("/", describe("What runs here, and its clock", about), (c) => {
    const { sandbox, now, clockSpeed, idleSignOutMinutes, singleSignOn, health } = options;
    const { answering, lastAnswerMs } = health();
    return c.json({
      platform: sandbox ? "sandbox" : "partner",
      nowMs: now(),
      clockSpeed,
      singleSignOn: singleSignOn?.name ?? null,
      notAnsweringSinceMs: answering ? null : lastAnswerMs,
      idleSignOutMinutes,
    } satisfies About);
  });
