import * as z from "zod/mini";
import { staleOrNull } from "./problem.ts";

/**
 * Readings by column, in time order, without duplicates. `timeMs` and `packet` hold the first value and then
 * the difference from the one before, so that 90 days compress to a couple of bytes a reading. `sensors` and
 * `warmUp` are runs over the same indices.
 */
const readingColumns = z.object({
  timeMs: z.array(z.number()),
  valueMmolL: z.array(z.number()),
  /** Null where the platform sent none. */
  trend: z.array(z.nullable(z.number())),
  /** Differences count from the last known number of the same list; null where the platform sent none. */
  packet: z.array(z.nullable(z.number())),
  uploadDelayMin: z.array(z.nullable(z.number())),
  sensors: z.array(z.object({ serial: z.string(), count: z.number() })),
  warmUp: z.array(z.object({ from: z.number(), count: z.number() })),
});
export type ReadingColumns = z.infer<typeof readingColumns>;

/** Platform records that are not among the readings, counted so that the screen can say so. */
export const leftOut = z.object({
  /** They could not be read, or are of a time that cannot be. */
  malformed: z.number(),
  /** Sent again, with the same value or an older one. */
  duplicates: z.number(),
  /** Of one measurement and of one arrival, with different values: none of them counts. */
  contradicting: z.number(),
});
export type LeftOut = z.infer<typeof leftOut>;

/**
 * `GET /api/patients/{id}/readings?start=&end=` and `GET
 * /api/devices/{serial}/readings?start=&end=`, Unix ms.
 */
export const readingsResponse = z.object({
  /** When the platform was read. */
  asOfMs: z.number(),
  stale: staleOrNull,
  leftOut,
  /**
   * What the unreadable records say they are about: no gap of theirs is a
   * loss. In time order, the first 2,000.
   */
  unreadable: z.array(z.object({ timeMs: z.number(), sensor: z.string(), packet: z.nullable(z.number()) })),
  /** Parts of the range that the platform could not be asked about this time; nothing is known of them. */
  unread: z.array(z.object({ startMs: z.number(), endMs: z.number() })),
  readings: readingColumns,
});
export type ReadingsResponse = z.infer<typeof readingsResponse>;
