import { setImmediate as nextTurn } from "node:timers/promises";
import { promisify } from "node:util";
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from "node:zlib";
import { type ReadingColumns, toColumns, toReadings } from "#contract/readings.ts";
import type { Clock } from "../clock.ts";
import { createRangeCache, keptMs, type RangeEntry, reaches } from "./range-cache.ts";
import type { PlatformReadings, Range } from "./types.ts";

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

const maxBytes = 64 * 1024 * 1024;
/** More than a month of them, or so many bytes when packed. */
const largeReadings = 15_000;
/** What an entry takes besides its readings. */
const overheadBytes = 500;

interface Entry extends RangeEntry {
  packed: Buffer;
  rest: Omit<PlatformReadings, "readings">;
}

/** The last whole reads, for when the platform cannot be read. Readings of Unix ms, end exclusive. */
export interface KeptReads {
  /** `begunMs`: when the read began, by the steady clock. */
  keep(subject: string, range: Range, read: PlatformReadings, begunMs: number): Promise<void>;
  /** The newest read that reaches as far back as `range`; it may end earlier, and then tells that part as unread. */
  find(subject: string, range: Range): Promise<PlatformReadings | null>;
  forget(subject: string): void;
}

/**
 * Packed to about two bytes a reading, because a clinic's reads of half an hour are millions of readings. In memory only, half an hour,
 * and 64 MB at most; the oldest go first.
 */
export function createKeptReads(clock: Pick<Clock, "steadyMs">, maxSize = maxBytes): KeptReads {
  const cache = createRangeCache<Entry>(clock, { lifeMs: keptMs, maxSize });
  /** How often something was to be forgotten. */
  let forgotten = 0;

  return {
    keep: async (subject, range, { readings, ...rest }, readAtSteadyMs) => {
      const before = forgotten;
      const columns = toColumns(readings);
      // Of 400 days each of these takes a while: others have their turn in between.
      const isLarge = readings.length > largeReadings;
      if (isLarge) await nextTurn();
      const text = JSON.stringify(columns);
      const packed = isLarge ? await pack(text, { level: 1 }) : deflateRawSync(text, { level: 1 });
      // Refused meanwhile, to this one or to another: what is read next is kept again.
      if (forgotten !== before) return;
      const entry: Entry = {
        ...range,
        readAtMs: rest.asOfMs,
        readAtSteadyMs,
        size: packed.byteLength + overheadBytes,
        packed,
        rest,
      };
      // Whatever asks for these again begins later by then, as "the last 14 days" do, or just there.
      const isReplaced = (other: Entry) =>
        other.startMs >= entry.startMs - keptMs &&
        other.endMs <= entry.endMs &&
        other.readAtSteadyMs <= entry.readAtSteadyMs;
      const kept = cache.of(subject).filter((other) => !isReplaced(other));
      cache.put(
        subject,
        [...kept, entry].sort((a, b) => b.readAtSteadyMs - a.readAtSteadyMs),
      );
    },
    find: async (subject, range) => {
      const found = cache
        .of(subject)
        .find((entry) => entry.startMs <= range.startMs && reaches(entry, range));
      if (!found) return null;
      const isLarge = found.packed.byteLength > largeReadings;
      const text = isLarge ? await unpack(found.packed) : inflateRawSync(found.packed);
      const columns = JSON.parse(String(text)) as ReadingColumns;
      if (isLarge) await nextTurn();
      const readToMs = Math.min(found.endMs, found.readAtMs);
      const missing = { startMs: Math.max(readToMs, range.startMs), endMs: range.endMs };
      const isMissing = Number.isFinite(missing.endMs) && missing.startMs < missing.endMs;
      const unread = isMissing ? [...found.rest.unread, missing] : found.rest.unread;
      return { ...found.rest, readings: toReadings(columns), unread };
    },
    forget: (subject) => {
      forgotten += 1;
      cache.put(subject, []);
    },
  };
}
