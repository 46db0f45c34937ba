import { beginScene, readClock } from "../api/stage.ts";
import { ApiError } from "../http.ts";

/** Empty but in a folder. */
const root = "";
export const addressOf = (path: string): string => root + path;

/** By a page loaded anew: nothing of before is on it. */
export const goTo = (path: string): void => window.location.assign(addressOf(path));

const lookEveryMs = 250;
export const longestWaitMs = 60_000;

export const pause = (ms = lookEveryMs): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Puts the sandbox at a beginning, and resolves when the server is there again. */
export async function setBeginning(beginning: {
  seed: number;
  startMs: number;
  clockMs: number;
}): Promise<void> {
  const { seed, startMs, clockMs } = beginning;
  await beginScene({ ...beginning, speed: 1 });
  const untilMs = performance.now() + longestWaitMs;
  while (performance.now() < untilMs) {
    await pause();
    const clock = await readClock().catch(() => null);
    const isThere = clock?.seed === seed && clock.startMs === startMs;
    if (isThere && clock.nowMs - clockMs < longestWaitMs) return;
  }
  throw new ApiError("proxy-no-answer", undefined);
}
