import * as z from "zod/mini";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { recencies, rosterSorts, sensorStates, stages } from "./roster-view.ts";
import { publishedDays, rowStates } from "./worklist.ts";

/** What the roster can be narrowed to; an absent one does not narrow. */
const rosterFilter = z.object({
  region: z.optional(z.string().check(z.maxLength(2))),
  stage: z.optional(z.enum([...stages, "unchecked"])),
  recency: z.optional(z.enum(recencies)),
  sensor: z.optional(z.enum(sensorStates)),
  tag: z.optional(z.string().check(z.maxLength(40))),
  /** Only those to be looked at for this reason. */
  reason: z.optional(z.enum(reasonKeys)),
  /** Only those who were below their edge of very low today or in the six days before. */
  wentVeryLow: z.optional(z.boolean()),
  /** Only those who are low or very low by a reading that speaks for now. */
  lowNow: z.optional(z.boolean()),
  /** Only those in this state of the worklist. */
  state: z.optional(z.enum(rowStates)),
  /** Only those handed over to the asking person or their role. */
  handedToMe: z.optional(z.boolean()),
  /** Only those with something new or worse since they were last reviewed, by anybody. */
  isNew: z.optional(z.boolean()),
  /** Only those whose care team the asking person is in. */
  mine: z.optional(z.boolean()),
  /** Only those whom the asking person has appointments with today. */
  appointments: z.optional(z.boolean()),
  /** Only the archived ones; without it only the others. */
  archived: z.optional(z.boolean()),
});
export type RosterFilter = z.infer<typeof rosterFilter>;

/**
 * The body of `POST /api/patients/search`, a POST so that no name stands in an address. Every word
 * of `q` must begin a word of the name (pinyin and its initials for Chinese), of the partner user
 * ID, the hospital number, the platform ID or a serial number, be the date of birth, or end the phone number.
 */
export const rosterQuery = z.strictObject({
  q: z._default(z.string().check(z.maxLength(200, "too-long")), ""),
  filter: z._default(rosterFilter, {}),
  sort: z._default(z.enum(rosterSorts), "name"),
  down: z._default(z.boolean(), false),
  /** Of Tidepool's list. */
  days: z._default(z.union(publishedDays.map((days) => z.literal(days))), 14),
  limit: z._default(z.number().check(z.int(), z.gte(1), z.lte(200)), 100),
  offset: z._default(z.number().check(z.int(), z.gte(0)), 0),
});
export type RosterQuery = z.infer<typeof rosterQuery>;
