import type { LeftOut } from "#contract/readings.ts";
import type { Clock } from "../clock.ts";
import { callContext, rankOf } from "./call-context.ts";
import type { Range } from "./types.ts";

export const freshMs = 60_000;
/** Some 26 MB; two weeks of thirty patients. */
const maxReadings = 200_000;

/** Whether a read made at `readAtMs` told all of the range that there was to tell then. */
export const reaches = (entry: Range & { readAtMs: number }, { endMs }: Range): boolean =>
  entry.endMs >= endMs || entry.endMs > entry.readAtMs - freshMs;

const leftOutOf = ({ leftOut: { malformed, duplicates, contradicting } }: Shared): number =>
  malformed + duplicates + contradicting;

interface Entry<T> extends Range {
  readAtMs: number;
  /** The same moment on the steady clock: how old the entry is. */
  readAtSteadyMs: number;
  answer: Promise<T>;
  /** Of whoever asked, while it is under way; null once it is answered. */
  rank: number | null;
  size: number;
  /** Records that it left out, of its whole range. */
  leftOut: number;
}

interface Shared {
  readings: readonly unknown[];
  unread: readonly unknown[];
  leftOut: LeftOut;
}

/**
 * Shares reads of the same subject for a minute, those under way included, so that a hundred viewers cost the platform
 * what one does. A read under way is not joined by anybody more urgent than whoever began it: it may wait in a queue. A read answers any later one that lies within it, if it left nothing out: what it counts is of
 * its whole range. One that reached to within a minute of its own "now" also answers for the minute that has passed since. Failures, whole or in part, are not kept. In memory only, at most 200,000 readings.
 */
export function createSharedReads<T extends Shared>({ now, steadyMs }: Clock) {
  const entries = new Map<string, Entry<T>[]>();

  const isFresh = (entry: Entry<T>) => steadyMs() - entry.readAtSteadyMs < freshMs;

  /** A range like "the last 14 days" moves on between two reads of it. */
  const isNearlyAll = (entry: Range, range: Range) =>
    !(range.startMs - entry.startMs > freshMs || entry.endMs - range.endMs > freshMs);

  const covers = (entry: Entry<T>, range: Range) =>
    isFresh(entry) &&
    entry.startMs <= range.startMs &&
    reaches(entry, range) &&
    (entry.leftOut === 0 || isNearlyAll(entry, range)) &&
    (entry.rank === null || entry.rank >= rankOf(callContext().priority));

  function drop(subject: string, entry: Entry<T>) {
    const rest = (entries.get(subject) ?? []).filter((other) => other !== entry);
    if (rest.length > 0) entries.set(subject, rest);
    else entries.delete(subject);
  }

  function makeRoom() {
    const all = [...entries].flatMap(([subject, list]) => list.map((entry) => ({ subject, entry })));
    let held = all.reduce((sum, { entry }) => sum + entry.size, 0);
    for (const { subject, entry } of all.sort((a, b) => a.entry.readAtSteadyMs - b.entry.readAtSteadyMs)) {
      if (isFresh(entry) && held <= maxReadings) continue;
      held -= entry.size;
      drop(subject, entry);
    }
  }

  /** The fresh answer that covers `range`, else what `read` answers. The caller cuts it to its range. */
  return function share(subject: string, range: Range, read: () => Promise<T>): Promise<T> {
    const covering = entries.get(subject)?.find((entry) => covers(entry, range));
    if (covering)
      return covering.answer.then((answer) =>
        covering.leftOut === 0 || isNearlyAll(covering, range) ? answer : share(subject, range, read),
      );
    makeRoom();
    const rank = rankOf(callContext().priority);
    const readAt = { readAtMs: now(), readAtSteadyMs: steadyMs() };
    const entry: Entry<T> = { ...range, ...readAt, answer: read(), rank, size: 0, leftOut: 0 };
    entries.set(subject, [...(entries.get(subject) ?? []), entry]);
    entry.answer.then(
      (answer) => {
        if (answer.unread.length > 0) drop(subject, entry);
        entry.size = answer.readings.length;
        entry.leftOut = leftOutOf(answer);
        entry.rank = null;
      },
      () => drop(subject, entry),
    );
    return entry.answer;
  };
}
