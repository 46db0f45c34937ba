import { useEffect, useState } from "react";
import type { About } from "#contract/staff.ts";
import { minuteMs } from "#glucose/time.ts";

/**
 * Milliseconds since this page began by a clock that nobody can set: how long something took, or has not
 * happened. Some machines stop it while they sleep.
 */
export const steadyMs = (): number => performance.now();

interface Moment {
  readonly steadyMs: number;
  readonly wallMs: number;
}

const thisMoment = (): Moment => ({ steadyMs: steadyMs(), wallMs: Date.now() });

/** Two clocks of one machine differ by less while it is awake and nobody sets either. */
const agreeWithinMs = 3000;

/**
 * How long ago a moment was: by the steady clock, and by the wall clock where that has moved on so much
 * more that the machine may have slept.
 */
function since(moment: Moment): number {
  const { steadyMs: steady, wallMs: wall } = thisMoment();
  const [bySteady, byWall] = [steady - moment.steadyMs, wall - moment.wallMs];
  return byWall - bySteady > agreeWithinMs ? byWall : bySteady;
}

/** What the server last said; until it has said anything there is only this machine's own clock. */
let serverMs: number | null = null;
let setAt = thisMoment();
let speed = 1;
const listeners = new Set<() => void>();
const renewAll = () => {
  for (const listener of listeners) listener();
};

/** A clock that is set by less changes no age on screen. */
const shownMs = 1000;
/** What is on screen is of before, where the server's clock goes ahead by more than a minute and some seconds of its own. */
const jumpMs = minuteMs;
const jumpRealMs = 10_000;
let onJump = () => {};

/**
 * Takes the time of asking, so that an answer that was under way while the machine slept does
 * not set the clock back by the sleep.
 */
export function clockSetter(): (about: Pick<About, "nowMs" | "clockSpeed">) => void {
  const askedAt = thisMoment();
  return ({ nowMs, clockSpeed }) => {
    const tookMs = since(askedAt);
    const before = { nowMs: now(), speed, isKnown: serverMs !== null };
    serverMs = nowMs + (tookMs > agreeWithinMs ? tookMs * clockSpeed : 0);
    setAt = thisMoment();
    speed = clockSpeed;
    const byMs = now() - before.nowMs;
    if (Math.abs(byMs) > shownMs || speed !== before.speed) renewAll();
    if (before.isKnown && byMs > jumpMs + jumpRealMs * Math.max(speed, before.speed)) onJump();
  };
}

/**
 * The server's time now, Unix ms: what it last said and the time elapsed since. Ages on screen never depend
 * on a workstation's own clock being right; after a sleep, or where somebody set that clock, they are the
 * larger ones until the server has been asked again, which is at once.
 */
export const now = (): number =>
  serverMs === null ? Date.now() : Math.round(serverMs + since(setAt) * speed);

/** Milliseconds of real time in which `durationMs` pass on the server's clock. */
export const exactRealMs = (durationMs: number): number => durationMs / speed;

/** As `exactRealMs`, never under two seconds: how often to ask again. */
export const realMs = (durationMs: number): number => Math.max(2000, exactRealMs(durationMs));

const beatMs = 1000;
/** A wall clock that was put back by so much keeps answers from ever looking old. */
const putBackMs = minuteMs;
/** A page that was out of sight, or whose timer was late, by this much may show what is no longer so. */
const awayMs = 10_000;

/**
 * Calls `onWake` when this page was asleep or cut off: its two clocks parted, its timer came far too
 * late, it came back into sight, out of the browser's cache or online; or the server's clock has jumped ahead. Ages on screen are
 * renewed before. Returns what ends the watch.
 */
export function watchWaking(onWake: () => void): () => void {
  let last = thisMoment();
  let hiddenAt: Moment | null = document.visibilityState === "hidden" ? last : null;
  const wake = () => {
    last = thisMoment();
    renewAll();
    onWake();
  };
  const beat = () => {
    const { steadyMs: steady, wallMs: wall } = thisMoment();
    const [bySteady, byWall] = [steady - last.steadyMs, wall - last.wallMs];
    const isLate = document.visibilityState !== "hidden" && bySteady > awayMs;
    const isParted = byWall - bySteady > agreeWithinMs || bySteady - byWall > putBackMs;
    if (isLate || isParted) wake();
    else last = { steadyMs: steady, wallMs: wall };
  };
  const onVisibility = () => {
    if (document.visibilityState === "hidden") hiddenAt = thisMoment();
    else if (hiddenAt && since(hiddenAt) > awayMs) wake();
    else renewAll();
  };
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) wake();
  };
  const timer = setInterval(beat, beatMs);
  onJump = wake;
  document.addEventListener("visibilitychange", onVisibility);
  addEventListener("pageshow", onPageShow);
  addEventListener("online", wake);
  return () => {
    clearInterval(timer);
    onJump = () => {};
    document.removeEventListener("visibilitychange", onVisibility);
    removeEventListener("pageshow", onPageShow);
    removeEventListener("online", wake);
  };
}

const renewEveryMs = 15_000;

/**
 * The server's time, renewed every quarter of its minutes and whenever the clock is set, so that ages on screen count
 * up, and all of them at once: two of one page never lie in two minutes.
 */
export function useNow(): number {
  const [timeMs, setTimeMs] = useState(now);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const schedule = () => {
      timer = setTimeout(renew, realMs(renewEveryMs) - exactRealMs(now() % renewEveryMs));
    };
    const renew = () => {
      clearTimeout(timer);
      setTimeMs(now());
      schedule();
    };
    schedule();
    listeners.add(renew);
    return () => {
      clearTimeout(timer);
      listeners.delete(renew);
    };
  }, []);
  return timeMs;
}
