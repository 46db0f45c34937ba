import type { Clock } from "../clock.ts";
import { isPassing } from "./breaker.ts";
import { callContext, rankOf, withinDeadline } from "./call-context.ts";
import { keptMs } from "./kept-reads.ts";
import { freshMs } from "./shared-reads.ts";
import type { PlatformDevice } from "./types.ts";

/** Some 10 MB. */
const maxDevices = 20_000;

interface Entry {
  /** By the steady clock. */
  readAtMs: number;
  answer: Promise<PlatformDevice>;
  /** Of whoever asked, while it is under way; null once it is answered. */
  rank: number | null;
}

/**
 * What devices are: asked for once a minute, shared by all who ask meanwhile. When the platform cannot be read, what it said in the
 * last half hour, marked as stale. In memory only.
 */
export function createRememberedDevices(
  read: (serial: string) => Promise<PlatformDevice>,
  { steadyMs }: Pick<Clock, "steadyMs">,
): (serial: string) => Promise<PlatformDevice> {
  const entries = new Map<string, Entry>();
  /** The oldest first. */
  const lastGood = new Map<string, { device: PlatformDevice; readAtMs: number }>();
  const isOld = ({ readAtMs }: { readAtMs: number }) => steadyMs() - readAtMs >= keptMs;

  function keep(serial: string, device: PlatformDevice, readAtMs: number) {
    lastGood.delete(serial);
    lastGood.set(serial, { device, readAtMs });
    for (const [oldest, good] of lastGood) {
      if (lastGood.size <= maxDevices && !isOld(good)) break;
      lastGood.delete(oldest);
    }
  }

  function ask(serial: string): Promise<PlatformDevice> {
    const rank = rankOf(callContext().priority);
    for (const [key, { readAtMs }] of entries) {
      if (steadyMs() - readAtMs < freshMs) break;
      entries.delete(key);
    }
    const shared = entries.get(serial);
    if (shared && (shared.rank === null || shared.rank >= rank)) return shared.answer;
    const entry: Entry = { readAtMs: steadyMs(), answer: read(serial), rank };
    entries.delete(serial);
    entries.set(serial, entry);
    entry.answer.then(
      (device) => {
        entry.rank = null;
        keep(serial, device, entry.readAtMs);
      },
      () => {
        if (entries.get(serial) === entry) entries.delete(serial);
      },
    );
    return entry.answer;
  }

  return async (serial) => {
    try {
      return await withinDeadline(ask(serial));
    } catch (error) {
      if (!isPassing(error)) {
        lastGood.delete(serial);
        throw error;
      }
      const old = lastGood.get(serial);
      if (!old || isOld(old)) throw error;
      return { ...old.device, stale: { code: error.code } };
    }
  };
}
