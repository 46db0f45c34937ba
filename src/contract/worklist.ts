import * as z from "zod/mini";
import { bands } from "#glucose/bands.ts";
import { dataCauses, reasonKeys } from "#glucose/reason-keys.ts";

/** Why somebody should be looked at, with what was found and what it is held against; see `glucose/reasons.ts`. */
const reason = z.object({
  key: z.enum(reasonKeys),
  value: z.number(),
  limit: z.number(),
  isBorderline: z.optional(z.boolean()),
  sinceMs: z.optional(z.number()),
  isAtLeast: z.optional(z.boolean()),
  trend: z.optional(z.nullable(z.number())),
  /** Of what is or was last: where glucose is heading in 15 minutes, in steps, by which those of one reason are ordered. */
  projectedMmolL: z.optional(z.number()),
  days: z.optional(z.number()),
  cause: z.optional(z.enum(dataCauses)),
  explainedBy: z.optional(z.enum(reasonKeys)),
  /** When it was first found. */
  aroseMs: z.optional(z.number()),
  /** New or worse since the last review, by anybody; false where there was none. */
  isNew: z.optional(z.boolean()),
});

/** To be looked at; put off; reviewed with nothing new or worse since; without a reason. */
export const rowStates = ["open", "snoozed", "reviewed", "none"] as const;

/** The days that a published list looks at; only Tidepool's has a choice. */
export const publishedDays = [1, 7, 14, 30] as const;

/** Where a published list puts somebody; `percent` is of what the reason is about, or points. */
const publishedPlace = z.object({
  group: z.string(),
  reasons: z.array(z.object({ key: z.string(), percent: z.number() })),
  /** Of the days that the list looks at, on the edges of most adults; null without a reading. */
  inRangePercent: z._default(z.nullable(z.number()), null),
  days: z._default(z.number(), 7),
  /** There is no earlier period to tell a fall by. */
  noEarlier: z.boolean(),
});
export type PublishedPlace = z.infer<typeof publishedPlace>;

/** What the list says of somebody's glucose without asking the platform; shares are 0 to 1. */
export const worklistEntry = z.object({
  asOfMs: z.number(),
  /** False before their days were read: only what is known of sensors is among the reasons. */
  isRead: z._default(z.boolean(), true),
  state: z.enum(rowStates),
  /** The most urgent first. */
  reasons: z.array(reason),
  /** Of today and the thirteen days before, on the patient's own targets; null without a reading. */
  timeIn: z.nullable(z.record(z.enum(bands), z.number())),
  /** Of today and the six days before. */
  lowest: z.nullable(z.object({ valueMmolL: z.number(), timeMs: z.number() })),
  nightsWithLows: z.number(),
  /**
   * Points by which the share in range rose since the week before; null where one of them has none, and not judged
   * where one has too little data.
   */
  inRangeChange: z.nullable(z.union([z.number(), z.literal("not-judged")])),
  /** Where a published list was asked for. */
  published: z.optional(publishedPlace),
});
export type WorklistEntry = z.infer<typeof worklistEntry>;
