import { deflateRawSync, inflateRawSync } from "node:zlib";
import { type ReadingColumns, toColumns, toReadings } from "#contract/readings.ts";
import type { PlatformReadings } from "./platform.ts";
import { type Range, reaches } from "./shared-reads.ts";

export const keptMs = 30 * 60_000;
const maxBytes = 64 * 1024 * 1024;
/** What an entry takes besides its readings. */
const overheadBytes = 500;

interface Entry extends Range {
  readAtMs: number;
  packed: Buffer;
  rest: Omit<PlatformReadings, "readings">;
}

/** The last whole reads, for when the platform cannot be read. Readings of Unix ms, end exclusive. */
export interface KeptReads {
  keep(subject: string, range: Range, read: PlatformReadings): void;
  /** The newest read that reaches as far back as `range`; it may end earlier, and then tells that part as unread. */
  find(subject: string, range: Range): PlatformReadings | null;
  forget(subject: string): void;
}

/**
 * Packed to about two bytes a reading, because a clinic's reads of half an hour are millions of readings. In memory only, half an hour,
 * and 64 MB at most; the oldest go first.
 */
export function createKeptReads(now: () => number, atMostBytes = maxBytes): KeptReads {
  const entries = new Map<string, Entry[]>();
  let heldBytes = 0;

  const sizeOf = ({ packed }: Entry) => packed.byteLength + overheadBytes;

  function put(subject: string, list: Entry[]) {
    // Deleted first, so that the map's order is that of the last read.
    entries.delete(subject);
    if (list.length > 0) entries.set(subject, list);
  }

  function replace(subject: string, list: Entry[]) {
    const before = entries.get(subject) ?? [];
    heldBytes += list.reduce((sum, entry) => sum + sizeOf(entry), 0);
    heldBytes -= before.reduce((sum, entry) => sum + sizeOf(entry), 0);
    put(subject, list);
  }

  const isOld = ({ readAtMs }: Entry) => now() - readAtMs >= keptMs;

  function makeRoom() {
    for (const [subject, list] of entries) {
      const young = list.filter((entry) => !isOld(entry));
      if (young.length === list.length && heldBytes <= atMostBytes) return;
      if (young.length < list.length) replace(subject, young);
      if (heldBytes > atMostBytes) replace(subject, []);
    }
  }

  return {
    keep: (subject, range, { readings, ...rest }) => {
      const packed = deflateRawSync(JSON.stringify(toColumns(readings)), { level: 1 });
      const entry = { ...range, readAtMs: rest.asOfMs, packed, rest };
      // Whatever asks for these again begins later by then, as "the last 14 days" do, or just there.
      const isReplaced = (other: Entry) =>
        other.startMs >= entry.startMs - keptMs &&
        other.endMs <= entry.endMs &&
        other.readAtMs <= entry.readAtMs;
      const others = (entries.get(subject) ?? []).filter((other) => !isReplaced(other));
      replace(
        subject,
        [...others, entry].sort((a, b) => b.readAtMs - a.readAtMs),
      );
      makeRoom();
    },
    find: (subject, range) => {
      const found = entries
        .get(subject)
        ?.find((entry) => !isOld(entry) && entry.startMs <= range.startMs && reaches(entry, range));
      if (!found) return null;
      const columns = JSON.parse(String(inflateRawSync(found.packed))) as ReadingColumns;
      const readToMs = Math.min(found.endMs, found.readAtMs);
      const missing = { startMs: Math.max(readToMs, range.startMs), endMs: range.endMs };
      const isMissing = Number.isFinite(missing.endMs) && missing.startMs < missing.endMs;
      const unread = isMissing ? [...found.rest.unread, missing] : found.rest.unread;
      return { ...found.rest, readings: toReadings(columns), unread };
    },
    forget: (subject) => replace(subject, []),
  };
}
