import * as z from "zod/mini";
import { deviceStates } from "./device.ts";

export const fleetGroupings = ["all", "lot", "gtin", "region", "partner", "week"] as const;
export type FleetGrouping = (typeof fleetGroupings)[number];
/** What the curve counts as an end: every one, or early ones, where a sensor that reached its time is censored then. */
export const fleetEnds = ["any", "early"] as const;

export const fleetExtents = ["first", "all"] as const;
/**
 * So many groups are told first, or all: the lots activated last, the latest weeks, otherwise the largest. Of the
 * others how many they are.
 */
export const mostFleetGroups = { first: 12, all: 1000 } as const;
export const mostFleetSensors = 200;
/** A longer wear is a mistake of the dates. */
export const longestWearHours = 90 * 24;
/** Usual delays are counted up to so many minutes each, or longer. */
export const fleetDelaysMin = [15, 30, 60, 240] as const;

/** The query of `GET /api/fleet`. */
export const fleetQuery = z.object({
  by: z._default(z.enum(fleetGroupings), "all"),
  ends: z._default(z.enum(fleetEnds), "any"),
  extent: z._default(z.enum(fleetExtents), "first"),
});
export type FleetQuery = z.infer<typeof fleetQuery>;

const fleetGroup = z.object({
  /** A lot, GTIN, region or partner's ID, or the Monday (UTC, "2026-11-23"); null where it is not known, and of all. */
  key: z.nullable(z.string()),
  sensors: z.number(),
  /** The platform was not asked about them yet. */
  notAsked: z.number(),
  neverActivated: z.number(),
  /** Their dates contradict each other, are missing or say more than 90 days; they are not in the curve. */
  unclear: z.number(),
  /** And of those that ended the ones two hours or more before their planned end. */
  ended: z.number(),
  endedEarly: z.number(),
  worn: z.number(),
  /** Worn and not past their planned end, without data for a day when they were looked at last. */
  silent: z.number(),
  /** Of those that were activated and whose data was looked at. */
  neverSent: z.number(),
  dataKnown: z.number(),
  received: z.number(),
  expected: z.number(),
  /** How many sensors usually upload within each of `fleetDelaysMin`, or later. */
  delays: z.array(z.number()),
  /** How long those of the curve were to be worn, on average; null where no end was planned. */
  plannedHours: z.nullable(z.number()),
  /** By whole hours of wear: how many ended, how many were last seen worn, and of all of them how many ended early. */
  tally: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
});

/** `GET /api/fleet`: how the sensors that were seen here do; no glucose value. */
export const fleetAnswer = z.object({
  asOfMs: z.number(),
  groups: z.array(fleetGroup),
  others: z.object({ groups: z.number(), sensors: z.number() }),
});
export type FleetAnswer = z.infer<typeof fleetAnswer>;
export type FleetGroup = z.infer<typeof fleetGroup>;

export const fleetChoices = ["ended", "last-worn", "early", "silent", "never-sent", "unclear"] as const;
export type FleetChoice = (typeof fleetChoices)[number];

/** The body of `POST /api/fleet/sensors`. */
export const fleetSensorsQuery = z.strictObject({
  by: z.enum(fleetGroupings),
  key: z.nullable(z.string().check(z.maxLength(120))),
  ends: z.enum(fleetEnds),
  choice: z.enum(fleetChoices),
  /** Of `ended` and `last-worn`: hours of wear, the end not included. */
  fromHours: z._default(z.int().check(z.gte(0), z.lte(longestWearHours)), 0),
  toHours: z._default(z.int().check(z.gte(0), z.lte(longestWearHours + 1)), longestWearHours + 1),
});

/** Those worn shortest first. */
export const fleetSensors = z.object({
  total: z.number(),
  rows: z.array(
    z.object({
      serial: z.string(),
      state: z.nullable(z.enum(deviceStates)),
      activatedAtMs: z.nullable(z.number()),
      endedAtMs: z.nullable(z.number()),
      askedAtMs: z.nullable(z.number()),
      lot: z.nullable(z.string()),
    }),
  ),
});
export type FleetSensorsQuery = z.infer<typeof fleetSensorsQuery>;
export type FleetSensors = z.infer<typeof fleetSensors>;
