import * as z from "zod/mini";
import { bands } from "#glucose/bands.ts";
import { patient } from "./patient.ts";
import { patientMarks } from "./patient-marks.ts";
import { staleOrNull } from "./problem.ts";
import { stages } from "./roster-view.ts";
import { targetChoice } from "./targets.ts";
import { worklistEntry } from "./worklist.ts";

/** A sensor's dates; null where the platform would not tell. */
export const wornSensor = z.object({
  serial: z.string(),
  activatedAtMs: z.nullable(z.number()),
  estimatedEndAtMs: z.nullable(z.number()),
  endedAtMs: z.nullable(z.number()),
  /** Its dates and its state contradicted each other when the platform last told. */
  isInDoubt: z.optional(z.boolean()),
});
export type WornSensor = z.infer<typeof wornSensor>;

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

const deviceFacts = z.object({
  bound: z.nullable(z.object({ serial: z.string(), atMs: z.nullable(z.number()) })),
  clockOffAtMs: z.nullable(z.number()),
  recalledAtMs: z.nullable(z.number()),
  recalledSerial: z.optional(z.nullable(z.string())),
  recallChangedAtMs: z.optional(z.nullable(z.number())),
});

/** What was found when a patient's data was last looked at. It is kept; glucose values are not. */
export const patientStatus = z.object({
  /** Absent from a look of before. */
  facts: z._default(deviceFacts, { bound: null, clockOffAtMs: null, recalledAtMs: null }),
  checkedAtMs: z.number(),
  stage: z.enum(stages),
  lastReadingAtMs: z.nullable(z.number()),
  sensor: z.nullable(wornSensor),
});
export type PatientStatus = z.infer<typeof patientStatus>;
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
  /** Somebody else here has the same name. */
  hasNamesake: z._default(z.boolean(), false),
});
export type ListedPatient = z.infer<typeof listedPatient>;

/** `GET /api/patients/{id}/reasons`: why the list would have them looked at, and by what; null as in the list. */
export const patientReasons = z.object({
  status: z.nullable(patientStatus),
  /** Of the look that the reasons are of; absent from a server of before. */
  ranges: z.optional(z.nullable(patientRanges)),
  worklist: z.nullable(worklistEntry),
});
export type PatientReasons = z.infer<typeof patientReasons>;

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
  /** What the list says by the same readings; null where they are not in it, absent from a server of before. */
  listed: z.optional(z.nullable(patientReasons)),
});
export type PatientSummary = z.infer<typeof patientSummary>;

/**
 * `total` counts all that match; `outsideFilter`, for a search, those who match but are outside the filter:
 * in the list without any filter, and in the archive. For today's appointments without a search it has those of
 * them who are in the other of the two.
 */
export const rosterPage = z.object({
  rows: z.array(listedPatient),
  total: z.number(),
  outsideFilter: z.object({ listed: z.number(), archived: z.number() }),
  /** Of a search that finds nobody at all: who has nearly this name. They match nothing. */
  near: z._default(
    z.array(
      z.pick(patient, { id: true, name: true, partnerUid: true, dateOfBirth: true, hospitalNumber: true }),
    ),
    [],
  ),
});
export type RosterPage = z.infer<typeof rosterPage>;
export type NearPatient = RosterPage["near"][number];

/**
 * `GET /api/patients/facets`: what there is to filter by among the
 * patients who are not archived, with counts.
 */
export const rosterFacets = z.object({
  total: z.number(),
  archived: z.number(),
  regions: z.array(z.object({ region: z.string(), count: z.number() })),
  tags: z.array(z.object({ tag: z.string(), count: z.number() })),
  /** Patients whose data nobody has looked at yet, whose was looked at longer than 15 minutes ago, and the oldest. */
  unchecked: z.number(),
  late: z._default(z.number(), 0),
  oldestCheckMs: z.nullable(z.number()),
  /** Patients with something new or worse since they were last reviewed; absent from a server of before. */
  isNew: z._default(z.number(), 0),
  /** Those who were very low within seven days; absent from a server of before. */
  wentVeryLow: z._default(z.number(), 0),
  /** Those who are low or very low now; absent from a server of before. */
  lowNow: z._default(z.number(), 0),
});
export type RosterFacets = z.infer<typeof rosterFacets>;
