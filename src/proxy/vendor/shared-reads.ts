const freshMs = 60_000;
const maxReadings = 2_000_000;

interface Range {
  startMs: number;
  endMs: number;
}

interface Entry<T> extends Range {
  readAtMs: number;
  answer: Promise<T>;
  size: number;
}

/**
 * Shares reads of the same subject for a minute, those under way included, so that a hundred viewers cost the platform
 * what one does. A read answers any later one that lies within it; one that reached to within a minute of its own "now" also answers for the
 * minute that has passed since. Failures, whole or in part, are not kept. In memory only, at most two million readings.
 */
export function createSharedReads<T extends { readings: readonly unknown[]; unread: readonly unknown[] }>(
  now: () => number,
) {
  const entries = new Map<string, Entry<T>[]>();

  const covers = (entry: Entry<T>, { startMs, endMs }: Range) =>
    now() - entry.readAtMs < freshMs &&
    entry.startMs <= startMs &&
    (entry.endMs >= endMs || entry.endMs > entry.readAtMs - freshMs);

  function drop(subject: string, entry: Entry<T>) {
    const rest = (entries.get(subject) ?? []).filter((other) => other !== entry);
    if (rest.length > 0) entries.set(subject, rest);
    else entries.delete(subject);
  }

  function makeRoom() {
    const all = [...entries].flatMap(([subject, list]) => list.map((entry) => ({ subject, entry })));
    let held = all.reduce((sum, { entry }) => sum + entry.size, 0);
    for (const { subject, entry } of all.sort((a, b) => a.entry.readAtMs - b.entry.readAtMs)) {
      const stale = now() - entry.readAtMs >= freshMs;
      if (!stale && held <= maxReadings) continue;
      held -= entry.size;
      drop(subject, entry);
    }
  }

  /** The fresh answer that covers `range`, else what `read` answers. The caller cuts it to its range. */
  return function share(subject: string, range: Range, read: () => Promise<T>): Promise<T> {
    const covering = entries.get(subject)?.find((entry) => covers(entry, range));
    if (covering) return covering.answer;
    makeRoom();
    const entry: Entry<T> = { ...range, readAtMs: now(), answer: read(), size: 0 };
    entries.set(subject, [...(entries.get(subject) ?? []), entry]);
    entry.answer.then(
      (answer) => {
        if (answer.unread.length > 0) drop(subject, entry);
        entry.size = answer.readings.length;
      },
      () => drop(subject, entry),
    );
    return entry.answer;
  };
}
