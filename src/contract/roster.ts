import * as z from "zod/mini";
import { bands } from "#glucose/bands.ts";
import { reasonKeys } from "#glucose/reason-keys.ts";
import { patient } from "./patient.ts";
import { patientMarks } from "./patient-marks.ts";
import { staleOrNull } from "./problem.ts";
import { targetChoice } from "./targets.ts";
import { publishedDays, rowStates, worklistEntry } from "./worklist.ts";

export const stages = ["waiting", "warming-up", "reading"] as const;
/**
 * How old the last reading was when it was last looked for: up to 30 minutes, up to a
 * day, up to 30 days, none in 30 days.
 */
export const recencies = ["current", "day", "older", "none"] as const;
/** The sensor of the last reading: worn; worn, with two days or less to go; ended; none seen in 30 days. */
export const sensorStates = ["worn", "ending", "ended", "none"] as const;
/** The last three are published lists, which have no other direction. */
export const rosterSorts = [
  "who-first",
  "name",
  "last-reading",
  "time-in-range",
  "below-range",
  "very-low",
  "lowest",
  "night-lows",
  "in-range-change",
  "sensor-end",
  "added",
  "unreviewed",
  "tide",
  "surf-tide",
  "tidepool",
] as const;
export type RosterSort = (typeof rosterSorts)[number];

/** A sensor's dates; null where the platform would not tell. */
const wornSensor = z.object({
  serial: z.string(),
  activatedAtMs: z.nullable(z.number()),
  estimatedEndAtMs: z.nullable(z.number()),
  endedAtMs: z.nullable(z.number()),
});
export type WornSensor = z.infer<typeof wornSensor>;

/**
 * `GET /api/patients/{id}/summary`: one roster row's live part, from the last 24 h of readings, or the last
 * 30 days when those are empty, or the last 400. `stage` is how far onboarding has come, as far as the data
 * can tell: the platform has no list of a user's devices, so a bound sensor shows itself by its first record.
 */
export const patientSummary = z.object({
  asOfMs: z.number(),
  stale: staleOrNull,
  /**
   * As they are now: an open page or list has those of when it was opened. Absent from a server of before.
   */
  targets: z.optional(targetChoice),
  stage: z.enum(stages),
  latest: z.nullable(
    z.object({
      timeMs: z.number(),
      valueMmolL: z.number(),
      trend: z.nullable(z.number()),
      warmUp: z.boolean(),
      /** It is the first one after a gap: its trend is not shown as an arrow. */
      afterGap: z.boolean(),
    }),
  ),
  /** The sensor of the latest reading; its dates are null when the platform would not tell. */
  sensor: z.nullable(wornSensor),
});
export type PatientSummary = z.infer<typeof patientSummary>;

/** `GET /api/patients/{id}/ranges`: time in ranges of the last 14 days, with what it rests on. */
export const patientRanges = z.object({
  startMs: z.number(),
  endMs: z.number(),
  /** Which the shares were reckoned for. */
  targets: targetChoice,
  n: z.number(),
  activeShare: z.number(),
  /** Share of the 14 days that the readings stand for. */
  coveredShare: z.number(),
  /** Shares of time, 0 to 1; null without a reading. */
  timeIn: z.nullable(z.record(z.enum(bands), z.number())),
});
export type PatientRanges = z.infer<typeof patientRanges>;

/** What was found when a patient's data was last looked at. It is kept; glucose values are not. */
export const patientStatus = z.object({
  checkedAtMs: z.number(),
  stage: z.enum(stages),
  lastReadingAtMs: z.nullable(z.number()),
  sensor: z.nullable(wornSensor),
});
export type PatientStatus = z.infer<typeof patientStatus>;

/** What the roster can be narrowed to; an absent one does not narrow. */
const rosterFilter = z.object({
  region: z.optional(z.string().check(z.maxLength(2))),
  stage: z.optional(z.enum([...stages, "unchecked"])),
  recency: z.optional(z.enum(recencies)),
  sensor: z.optional(z.enum(sensorStates)),
  tag: z.optional(z.string().check(z.maxLength(40))),
  /** Only those to be looked at for this reason. */
  reason: z.optional(z.enum(reasonKeys)),
  /** Only those in this state of the worklist. */
  state: z.optional(z.enum(rowStates)),
  /** Only those handed over to the asking person or their role. */
  handedToMe: z.optional(z.boolean()),
  /** Only those with a reason that was first found after this, Unix ms. */
  aroseAfterMs: z.optional(z.number()),
  /** Only those whose care team the asking person is in. */
  mine: z.optional(z.boolean()),
  /** Only the archived ones; without it only the others. */
  archived: z.optional(z.boolean()),
});
export type RosterFilter = z.infer<typeof rosterFilter>;

/**
 * The body of `POST /api/patients/search`, a POST so that no name stands in an address. Every word
 * of `q` must begin a word of the name (pinyin and its initials for Chinese), of the partner user
 * ID, the platform ID or a serial number.
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

/** A patient with what is known without asking the platform; null where nobody has looked yet. */
const rosterRow = z.extend(patient, {
  status: z.nullable(patientStatus),
  ranges: z.nullable(patientRanges),
  /** Null where nobody has done anything with this row; absent from a server of before. */
  marks: z._default(z.nullable(patientMarks), null),
});
export type RosterRow = z.infer<typeof rosterRow>;

/** A row of the list, with the records that have become a part of it and by which it is found too. */
const listedPatient = z.extend(rosterRow, {
  /** Null until somebody has looked. */
  worklist: z.nullable(worklistEntry),
  merged: z.array(z.object({ partnerUid: z.string(), name: z.string() })),
});
export type ListedPatient = z.infer<typeof listedPatient>;

/**
 * `total` counts all that match; `outsideFilter`, for a search, those who match but are outside the filter:
 * in the list without any filter, and in the archive.
 */
export const rosterPage = z.object({
  rows: z.array(listedPatient),
  total: z.number(),
  outsideFilter: z.object({ listed: z.number(), archived: z.number() }),
});
export type RosterPage = z.infer<typeof rosterPage>;

/** The query of `GET /api/patients/facets`. */
export const facetsQuery = z.object({ aroseAfterMs: z.optional(z.coerce.number()) });

/**
 * `GET /api/patients/facets`: what there is to filter by among the
 * patients who are not archived, with counts.
 */
export const rosterFacets = z.object({
  total: z.number(),
  archived: z.number(),
  regions: z.array(z.object({ region: z.string(), count: z.number() })),
  tags: z.array(z.object({ tag: z.string(), count: z.number() })),
  /** Patients whose data nobody has looked at yet, and when the one waiting longest was looked at. */
  unchecked: z.number(),
  oldestCheckMs: z.nullable(z.number()),
  /** Patients with a reason first found after the time that was asked about; absent from a server of before. */
  arisen: z._default(z.number(), 0),
});
export type RosterFacets = z.infer<typeof rosterFacets>;
