import type { Clock } from "../clock.ts";
import { isPassing } from "./breaker.ts";
import { withinDeadline } from "./call-context.ts";
import { createKeptReads } from "./kept-reads.ts";
import { createSharedReads } from "./shared-reads.ts";
import type { PlatformReadings, Range } from "./types.ts";

export type ReadOrRemember = (
  subject: string,
  range: Range,
  read: () => Promise<PlatformReadings>,
) => Promise<PlatformReadings>;

/** A shared read; when the platform cannot be read, the last good one, marked as stale. */
export function createReadOrRemember(clock: Clock): ReadOrRemember {
  const share = createSharedReads<PlatformReadings>(clock);
  const kept = createKeptReads(clock);

  return async (subject, range, read) => {
    const readAndKeep = async () => {
      const begunMs = clock.steadyMs();
      const answer = await read();
      if (answer.unread.length === 0) await kept.keep(subject, range, answer, begunMs);
      return answer;
    };
    try {
      return await withinDeadline(share(subject, range, readAndKeep));
    } catch (error) {
      if (!isPassing(error)) {
        kept.forget(subject);
        throw error;
      }
      const old = await kept.find(subject, range);
      if (!old) throw error;
      return { ...old, stale: { code: error.code } };
    }
  };
}
