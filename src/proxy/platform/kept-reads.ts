import { type SeriesPart, wholeOf } from "#glucose/reading-series.ts";
import type { Clock } from "../clock.ts";
import { type PackedSeries, packSeries, unpackSeries } from "./packed-series.ts";
import { createRangeCache, keptMs, type RangeEntry, reaches } from "./range-cache.ts";
import type { PlatformReadings, Range } from "./types.ts";

const maxBytes = 64 * 1024 * 1024;
/** Of these, as they were read. */
const unpackedShare = 3 / 8;
/** What an entry takes besides its readings, and each record that could not be read. */
const overheadBytes = 500;
const unreadableBytes = 120;

type Rest = Omit<PlatformReadings, keyof SeriesPart>;

interface Recent extends RangeEntry {
  read: PlatformReadings;
}

interface Packed extends RangeEntry {
  packed: PackedSeries;
  rest: Rest;
}

/** The last whole reads, for when the platform cannot be read. Readings of Unix ms, end exclusive. */
export interface KeptReads {
  /** `begunMs`: when the read began, by the steady clock. */
  keep(subject: string, range: Range, read: PlatformReadings, begunMs: number): void;
  /**
   * The newest read that reaches as far back as `range`; it may end
   * earlier, and then tells that part as unread.
   */
  find(subject: string, range: Range): PlatformReadings | null;
  forget(subject: string): void;
}

const sizeOfRest = ({ unreadable }: Pick<Rest, "unreadable">): number =>
  overheadBytes + unreadable.length * unreadableBytes;

function pack({ read, ...entry }: Recent): Packed {
  const { series, from: _from, to: _to, ...rest } = read;
  const packed = packSeries(series);
  const size = packed.bytes.byteLength + (packed.values?.byteLength ?? 0) + sizeOfRest(rest);
  return { ...entry, size, packed, rest };
}

const newestFirst = <E extends RangeEntry>(entries: E[]) =>
  entries.sort((a, b) => b.readAtSteadyMs - a.readAtSteadyMs);

/** As many of one subject's, the newest first, as go into `maxSize`, and the others. */
function splitToFit<E extends RangeEntry>(entries: E[], maxSize: number): [fitting: E[], others: E[]] {
  const fitting: E[] = [];
  const others: E[] = [];
  let room = maxSize - 1;
  for (const entry of newestFirst(entries)) {
    if (entry.size <= room) {
      fitting.push(entry);
      room -= entry.size;
    } else others.push(entry);
  }
  return [fitting, others];
}

/**
 * The newest as they were read, those before them packed to about two bytes a reading,
 * because a clinic's reads of half an hour are millions of readings. In memory only, half an
 * hour, and 64 MB at most; the oldest go first.
 */
export function createKeptReads(clock: Pick<Clock, "steadyMs">, maxSize = maxBytes): KeptReads {
  const maxUnpacked = maxSize * unpackedShare;
  /** Those that wait to be packed: one in each turn, so that nobody waits for them. */
  let waiting: { subject: string; entry: Recent }[] = [];
  const maxPacked = maxSize - maxUnpacked;
  const older = createRangeCache<Packed>(clock, { lifeMs: keptMs, maxSize: maxPacked });
  const recent = createRangeCache<Recent>(clock, {
    lifeMs: keptMs,
    maxSize: maxUnpacked,
    evicted: packLater,
  });

  function packNext(): void {
    const next = waiting.shift();
    if (!next) return;
    const [fitting] = splitToFit([...older.of(next.subject), pack(next.entry)], maxPacked);
    older.put(next.subject, fitting);
    if (waiting.length > 0) setImmediate(packNext);
  }

  function packLater(subject: string, entries: readonly Recent[]): void {
    if (waiting.length === 0 && entries.length > 0) setImmediate(packNext);
    waiting.push(...entries.map((entry) => ({ subject, entry })));
  }

  return {
    keep: (subject, range, read, readAtSteadyMs) => {
      const size = read.series.timeMs.buffer.byteLength + sizeOfRest(read);
      const entry: Recent = { ...range, readAtMs: read.asOfMs, readAtSteadyMs, size, read };
      // Whatever asks for these again begins later by then, as "the last 14 days" do, or just there.
      const isToStay = (other: RangeEntry) =>
        other.startMs < entry.startMs - keptMs ||
        other.endMs > entry.endMs ||
        other.readAtSteadyMs > entry.readAtSteadyMs;
      waiting = waiting.filter((one) => one.subject !== subject || isToStay(one.entry));
      if (older.of(subject).length > 0) older.put(subject, older.of(subject).filter(isToStay));
      const [fitting, others] = splitToFit([...recent.of(subject).filter(isToStay), entry], maxUnpacked);
      packLater(subject, others);
      recent.put(subject, fitting);
    },
    find: (subject, range) => {
      const held = waiting.filter((one) => one.subject === subject).map(({ entry }) => entry);
      const found = newestFirst<Recent | Packed>([...recent.of(subject), ...held, ...older.of(subject)]).find(
        (entry) => entry.startMs <= range.startMs && reaches(entry, range),
      );
      if (!found) return null;
      const read = "read" in found ? found.read : { ...wholeOf(unpackSeries(found.packed)), ...found.rest };
      const readToMs = Math.min(found.endMs, found.readAtMs);
      const missing = { startMs: Math.max(readToMs, range.startMs), endMs: range.endMs };
      const isMissing = Number.isFinite(missing.endMs) && missing.startMs < missing.endMs;
      return isMissing ? { ...read, unread: [...read.unread, missing] } : read;
    },
    forget: (subject) => {
      waiting = waiting.filter((one) => one.subject !== subject);
      recent.put(subject, []);
      older.put(subject, []);
    },
  };
}
