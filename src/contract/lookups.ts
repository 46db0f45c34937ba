import * as z from "zod/mini";
import { device, deviceStates } from "./device.ts";
import { headlineCodes } from "./headline.ts";
import { importStates, importTrouble } from "./import.ts";

export const largestListBytes = 5_000_000;
export const longestListName = 200;
export const listKeptDays = 90;

/**
 * `new`: not asked yet. `unknown`: the platform has no such sensor. `refused`: it does not tell us. `failed`: it
 * could not be asked.
 */
const lookupOutcomes = ["new", "told", "unknown", "refused", "failed"] as const;
export type LookupOutcome = (typeof lookupOutcomes)[number];

/**
 * Told from data: `worn` where the last reading is recent and before the end, `silent` where it should be worn and
 * nothing comes, `no` where it is not worn.
 */
const wornStates = ["worn", "silent", "no"] as const;
export type Worn = (typeof wornStates)[number];

/** What rows can be chosen by; `undocumented` is a state that the platform's documentation does not have. */
export const lookupFilters = [
  "all",
  "worn",
  "silent",
  "activated",
  "bound",
  "unbound",
  "ended",
  "undocumented",
  "unknown",
  "refused",
  "failed",
  "new",
] as const;
export type LookupFilter = (typeof lookupFilters)[number];
export const lookupSorts = ["given", "serial", "state", "end", "last-data"] as const;
export type LookupSort = (typeof lookupSorts)[number];

const summary = {
  id: z.string(),
  name: z.string(),
  state: z.enum(importStates),
  total: z.number(),
  createdAtMs: z.number(),
};

/** `GET /api/look-ups`: the lists of everybody here, the newest first. */
export const lookupLists = z.object({ lists: z.array(z.object(summary)) });
export type LookupLists = z.infer<typeof lookupLists>;

/** What of the text that was given is not among the rows; of the lines without a serial number the first ones. */
export const lookupLeftOut = z.object({
  repeated: z.number(),
  overLimit: z.number(),
  rejected: z.number(),
  lines: z.array(
    z.object({
      line: z.number(),
      text: z.string(),
      /** What stands on it in the list's own columns; of a list from before they were kept, nothing. */
      cells: z._default(z.array(z.string()), []),
    }),
  ),
});
export type LookupLeftOut = z.infer<typeof lookupLeftOut>;

/** `GET /api/look-ups/{id}`, and the answer of everything that is done to it. */
export const lookupList = z.object({
  ...summary,
  /** The names of the list's own columns. */
  columns: z.array(z.string()),
  leftOut: lookupLeftOut,
  counts: z.record(z.enum(lookupFilters), z.number()),
  asOfMs: z.number(),
  rowsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  trouble: z.nullable(importTrouble),
  waitUntilMs: z.nullable(z.number()),
});
export type LookupList = z.infer<typeof lookupList>;

const time = z.nullable(z.number());

const lookupRow = z.object({
  row: z.number(),
  serial: z.string(),
  /** What stands beside it in the list's own columns. */
  cells: z.array(z.string()),
  /** As the list or the code of the box has it, else as we know it. */
  lot: z.nullable(z.string()),
  /** The lot on our record of the sensor, where it is another one. */
  otherLot: z.nullable(z.string()),
  outcome: z.enum(lookupOutcomes),
  attempts: z.number(),
  /** Of one that was told, why its data could not be read. */
  trouble: z.nullable(importTrouble),
  state: z.nullable(z.enum(deviceStates)),
  statusCode: z.nullable(z.number()),
  activatedAtMs: time,
  estimatedEndAtMs: time,
  endedAtMs: time,
  /** By its dates, or by data from after its end, at the look that the verdict is of. */
  isInDoubt: z.boolean(),
  lastDataAtMs: time,
  worn: z.nullable(z.enum(wornStates)),
  /** The verdict's code and how long it has been so; null where it could not be reached. */
  headline: z.nullable(z.enum(headlineCodes)),
  headlineMs: time,
  askedAtMs: time,
  /** Whether a recall that is kept here has it, as of now. */
  isRecalled: z.boolean(),
  /** Of one that is unknown: sensors we know whose serial numbers are easily mistaken for it, the likeliest first. */
  likely: z.array(z.string()),
  owner: z.nullable(device.shape.owner),
});
export type LookupRow = z.infer<typeof lookupRow>;

export const mostLookupRows = 500;
const whole = (least: number) => z.coerce.number().check(z.int(), z.gte(least));

/** The query of `GET /api/look-ups/{id}/rows`, and its answer; `total` counts all that were chosen. */
export const lookupRowsQuery = z.object({
  show: z._default(z.enum(lookupFilters), "all"),
  sort: z._default(z.enum(lookupSorts), "given"),
  offset: z._default(whole(0), 0),
  limit: z._default(whole(1).check(z.lte(mostLookupRows)), mostLookupRows),
});
export const lookupRows = z.object({ rows: z.array(lookupRow), total: z.number() });
export type LookupRows = z.infer<typeof lookupRows>;
