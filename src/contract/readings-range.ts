import * as z from "zod/mini";
import { dayMs } from "#glucose/time.ts";

/** The year 2100: beyond it there is nothing to ask for, and not far beyond it there are no dates. */
const lastMs = 4_102_444_800_000;
export const rangeTime = z.coerce
  .number("number")
  .check(z.int("number"), z.gte(0, "number"), z.lte(lastMs, "number"));
export const longestRangeMs = 400 * dayMs;

/** The query of a readings call: start inclusive, end exclusive, at most 400 days. */
export const readingsRange = z.object({ start: rangeTime, end: rangeTime }).check(
  z.refine(({ start, end }) => start < end, { error: "start-before-end", path: ["end"] }),
  z.refine(({ start, end }) => end - start <= longestRangeMs, { error: "too-long", path: ["end"] }),
);

/** A device's readings may be asked for without a range: all its history. */
export const optionalReadingsRange = z.union([z.strictObject({}), readingsRange]);
