import type { LeftOut } from "#contract/readings.ts";
import type { Clock } from "../clock.ts";
import { isPassing } from "./breaker.ts";
import { callContext, joined, rankOf, withinDeadline } from "./call-context.ts";
import { createKeptReads } from "./kept-reads.ts";
import { createRangeCache, freshMs, keptMs, type RangeEntry, reaches } from "./range-cache.ts";
import type { PlatformDevice, PlatformReadings, Range } from "./types.ts";

/** Some 29 MB; two weeks of a hundred and fifty patients. */
const maxReadings = 1_000_000;
/** Some 10 MB. */
const maxDevices = 20_000;
const always: Range = { startMs: Number.NEGATIVE_INFINITY, endMs: Number.POSITIVE_INFINITY };

interface Shared<T> extends RangeEntry {
  /** What it is once it is known. */
  answer: T | Promise<T>;
  /** Of the caller, while it runs; null once it is answered. */
  rank: number | null;
  /** Records that it left out, of its whole range. */
  leftOut: number;
}

/** What matters here of an answer. One that is not whole is not kept. */
interface Measure {
  size: number;
  leftOut: number;
  isWhole: boolean;
}

/** A range like "the last 14 days" moves on between two reads of it. */
const isNearlyAll = (entry: Range, range: Range) =>
  !(range.startMs - entry.startMs > freshMs || entry.endMs - range.endMs > freshMs);

const isAnswerTo = (entry: Range & { leftOut: number }, range: Range) =>
  entry.leftOut === 0 || isNearlyAll(entry, range);

/**
 * Shares reads of the same subject for a minute, those that run included, so that a hundred viewers cost the
 * platform what one does. One that runs is not joined by a more urgent caller: it may be queued. A read
 * answers any later one that lies within it, if it left nothing out: what it counts is of its whole range.
 * One that reached to within a minute of its own "now" also answers for the minute that has passed since.
 * Failures, whole or in part, are not kept. In memory only.
 */
export function createSharedReads<T>(
  clock: Clock,
  maxSize: number,
  measure: (answer: T) => Measure,
): (subject: string, range: Range, read: () => Promise<T>) => T | Promise<T> {
  const cache = createRangeCache<Shared<T>>(clock, { lifeMs: freshMs, maxSize });
  const others = (subject: string, entry: Shared<T>) => cache.of(subject).filter((one) => one !== entry);

  /** The fresh answer that covers `range`, else what `read` answers. The caller cuts it to its range. */
  return function share(subject, range, read): T | Promise<T> {
    const rank = rankOf(callContext().priority);
    const known = cache.of(subject);
    const covering = known.find(
      (entry) =>
        entry.startMs <= range.startMs &&
        reaches(entry, range) &&
        isAnswerTo(entry, range) &&
        (entry.rank === null || entry.rank >= rank),
    );
    const again = async () => share(subject, range, read);
    if (covering?.answer instanceof Promise)
      return joined(covering.answer, again).then((answer) =>
        isAnswerTo(covering, range) ? answer : again(),
      );
    if (covering) return covering.answer;
    const begun = { readAtMs: clock.now(), readAtSteadyMs: clock.steadyMs() };
    const running = read();
    const entry: Shared<T> = { ...range, ...begun, answer: running, rank, size: 0, leftOut: 0 };
    cache.put(subject, [...known, entry]);
    running.then(
      (answer) => {
        const { size, leftOut, isWhole } = measure(answer);
        entry.answer = answer;
        entry.size = size;
        entry.leftOut = leftOut;
        entry.rank = null;
        cache.put(subject, isWhole ? [...others(subject, entry), entry] : others(subject, entry));
      },
      () => cache.put(subject, others(subject, entry)),
    );
    return running;
  };
}

export const measureReadings = ({
  series,
  unreadable,
  unread,
  leftOut: { malformed, duplicates, contradicting },
}: {
  series: { readonly length: number };
  unreadable: readonly unknown[];
  unread: readonly unknown[];
  leftOut: LeftOut;
}): Measure => ({
  // One that could not be read takes the room of four.
  size: series.length + 4 * unreadable.length,
  leftOut: malformed + duplicates + contradicting,
  isWhole: unread.length === 0,
});

/**
 * What was read, or the last good answer marked as stale while the platform cannot
 * be read. A refusal forgets that one.
 */
async function orStale<T extends PlatformReadings | PlatformDevice>(
  answer: T | Promise<T>,
  find: () => T | null,
  forget: () => void,
): Promise<T> {
  if (!(answer instanceof Promise)) return answer;
  try {
    return await withinDeadline(answer);
  } catch (error) {
    if (!isPassing(error)) {
      forget();
      throw error;
    }
    const old = find();
    if (!old) throw error;
    return { ...old, stale: { code: error.code } };
  }
}

export interface ReadCache {
  readings(subject: string, range: Range, read: () => Promise<PlatformReadings>): Promise<PlatformReadings>;
  device(serial: string, read: () => Promise<PlatformDevice>): Promise<PlatformDevice>;
}

/** Reads for everybody for a minute, and for half an hour while the platform cannot be read. */
export function createReadCache(clock: Clock): ReadCache {
  const { steadyMs } = clock;
  const shareReadings = createSharedReads<PlatformReadings>(clock, maxReadings, measureReadings);
  const shareDevice = createSharedReads<PlatformDevice>(clock, maxDevices, () => ({
    size: 1,
    leftOut: 0,
    isWhole: true,
  }));
  const keptReadings = createKeptReads(clock);
  const keptDevices = createRangeCache<RangeEntry & { device: PlatformDevice }>(clock, {
    lifeMs: keptMs,
    maxSize: maxDevices,
  });

  return {
    readings: (subject, range, read) => {
      const readAndKeep = async () => {
        const begunMs = steadyMs();
        const answer = await read();
        if (answer.unread.length === 0) keptReadings.keep(subject, range, answer, begunMs);
        return answer;
      };
      return orStale(
        shareReadings(subject, range, readAndKeep),
        () => keptReadings.find(subject, range),
        () => keptReadings.forget(subject),
      );
    },
    device: (serial, read) => {
      const readAndKeep = async () => {
        const readAtSteadyMs = steadyMs();
        const device = await read();
        const entry = { ...always, device, readAtMs: device.asOfMs, readAtSteadyMs, size: 0 };
        keptDevices.put(serial, [entry]);
        return device;
      };
      return orStale(
        shareDevice(serial, always, readAndKeep),
        () => keptDevices.of(serial)[0]?.device ?? null,
        () => keptDevices.put(serial, []),
      );
    },
  };
}
