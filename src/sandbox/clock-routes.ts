import { Hono } from "hono";
import { type Clock, fastest, isSpeed, slowest } from "./clock.ts";
import type { Low } from "./next-low.ts";

const dayMs = 86_400_000;
const longestJumpDays = 90;
/** Beyond it no state is kept. */
const latestMs = Date.UTC(2190, 0, 1);
const longestUid = 200;

export interface ClockRouteOptions {
  now: () => number;
  /** Without one it is somebody else's, and only shown. */
  clock: Clock | undefined;
  seed: number;
  startMs: number;
  nextLow(partnerUid: string | null): Low | null;
  changed(): void;
}

interface Turn {
  speed?: number;
  jumpMs?: number;
  low?: Low | null;
}

/** Checks what the clock is to do; a text says what is wrong with it. */
function parseTurn(data: unknown, { now, nextLow }: ClockRouteOptions): Turn | string {
  const { speed, forwardMs, toMs, toNextLow, ...rest } = (data ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return `the clock knows no "${unknown.slice(0, longestUid)}"`;
  const given = [speed, forwardMs, toMs, toNextLow].filter((one) => one !== undefined);
  if (given.length !== 1) return "give one of speed, forwardMs, toMs, toNextLow";
  if (speed !== undefined)
    return isSpeed(speed) ? { speed } : `speed must be a number from ${slowest} to ${fastest}`;
  if (toNextLow !== undefined) {
    const isOf = typeof toNextLow === "string" && toNextLow !== "" && toNextLow.length <= longestUid;
    if (!isOf && toNextLow !== null) return "toNextLow must be a partner_uid, or null for anybody";
    const low = nextLow(toNextLow as string | null);
    return low ? { low, jumpMs: Math.max(0, low.atMs - now()) } : { low };
  }
  const jumpMs = toMs === undefined ? forwardMs : Number.isSafeInteger(toMs) ? Number(toMs) - now() : null;
  if (!Number.isSafeInteger(jumpMs)) return "forwardMs and toMs must be whole numbers of milliseconds";
  if (Number(jumpMs) < 0) return "the clock goes forward only";
  if (Number(jumpMs) > longestJumpDays * dayMs) return `at most ${longestJumpDays} days at once`;
  if (now() + Number(jumpMs) > latestMs) return "the clock ends with the year 2189";
  return { jumpMs: Number(jumpMs) };
}

/** The clock, and how it is set: never back. */
export function clockRoutes(options: ClockRouteOptions): Hono {
  const { now, clock, seed, startMs, changed } = options;
  const shown = () => ({ nowMs: now(), speed: clock?.speed ?? 1, seed, startMs });
  return new Hono()
    .get("/", (c) => c.json(shown()))
    .post("/", async (c) => {
      if (!clock) return c.json({ error: "this clock cannot be set" }, 409);
      const turn = parseTurn(await c.req.json().catch(() => null), options);
      if (typeof turn === "string") return c.json({ error: turn }, 400);
      if (turn.low === null) return c.json({ error: "nobody is low within 60 days" }, 404);
      if (turn.speed !== undefined) clock.setSpeed(turn.speed);
      if (turn.jumpMs) clock.jump(turn.jumpMs);
      changed();
      return c.json({ ...shown(), ...(turn.low && { low: turn.low }) });
    });
}
