import * as z from "zod/mini";
import { likelyDuplicate } from "./likely-duplicate.ts";
import { problemCode } from "./problem.ts";

export const largestImportBytes = 10 * 1024 * 1024;
export const mostImportRows = 20_000;

/** What a column of the file can be. */
export const importFields = [
  "partnerUid",
  "name",
  "dateOfBirth",
  "hospitalNumber",
  "diabetesType",
  "therapy",
  "phone",
  "region",
  "timeZone",
  "tags",
] as const;
export type ImportField = (typeof importFields)[number];
export const requiredImportFields: readonly ImportField[] = ["partnerUid", "name"];

/** What our template's rows have as IDs: such a row was not replaced, and is nobody. */
export const sampleUids = ["EXAMPLE-1", "EXAMPLE-2"] as const;

export const importEncodings = ["utf-8", "utf-8-bom", "gb18030"] as const;
export const importDelimiters = [",", ";", "\t"] as const;

/**
 * `checked`: the dry run, nothing is registered. A `paused` file goes on when
 * told to; a `cancelled` one never does.
 */
export const importStates = ["checked", "running", "paused", "cancelled", "done"] as const;

/**
 * `new`: to be registered. `here`: was here already. `wrong`: cannot be registered as it stands in the file.
 * `left-out`: could be, and somebody decided otherwise.
 */
export const importOutcomes = ["new", "here", "wrong", "left-out", "registered", "failed"] as const;
export type ImportOutcome = (typeof importOutcomes)[number];

/** Why the platform did not take a row, or a whole file waits. */
export const importTrouble = z.object({
  code: problemCode,
  platformCode: z.nullable(z.number()),
  platformMessage: z.string(),
});
export type ImportTrouble = z.infer<typeof importTrouble>;

/** A column of the file, with what it was recognised as; null is ignored. */
export const importColumns = z.array(
  z.object({ header: z.string(), field: z.nullable(z.enum(importFields)) }),
);
export type ImportColumns = z.infer<typeof importColumns>;

const summary = {
  id: z.string(),
  fileName: z.string(),
  state: z.enum(importStates),
  /** Rows of the file that are not blank. */
  total: z.number(),
  createdAtMs: z.number(),
};

/** `GET /api/imports`: the latest twenty files, the newest first. */
export const importList = z.object({ imports: z.array(z.object(summary)) });
export type ImportList = z.infer<typeof importList>;

/** `GET /api/imports/{id}`, and the answer of everything that is done to it. */
export const importJob = z.object({
  ...summary,
  encoding: z.enum(importEncodings),
  delimiter: z.enum(importDelimiters),
  columns: importColumns,
  counts: z.record(z.enum(importOutcomes), z.number()),
  /** Rows that can go through, but that somebody should look at: see `importRow`. */
  noted: z.number(),
  /** Rows to be registered with a region that is not in the file, though it has a column for it. */
  regionsAssumed: z.number(),
  /** Rows to be registered of who is likely here already, or in the file twice. */
  duplicates: z._default(z.number(), 0),
  asOfMs: z.number(),
  /** Over the last half minute, in real time as `secondsLeft` is; null while it does not run. */
  rowsPerSecond: z.nullable(z.number()),
  secondsLeft: z.nullable(z.number()),
  /** Why it waits or was paused by itself, and when it goes on; null for when is when somebody says so. */
  trouble: z.nullable(importTrouble),
  waitUntilMs: z.nullable(z.number()),
});
export type ImportJob = z.infer<typeof importJob>;

/** Who is likely the same person: a record here, or where it has no ID the earlier row. */
export const rowDuplicate = z.extend(likelyDuplicate, {
  id: z.nullable(z.string()),
  row: z.nullable(z.number()),
});

export const importFaults = z.array(z.object({ field: z.nullable(z.string()), reason: z.string() }));

const unknownBefore = z._default(z.nullable(z.string()), null);

/**
 * One row of the file. `field` and `reason` say what is wrong, in the words of `POST /api/patients` and
 * - `duplicate`: `firstRow` has the same ID
 * - `ragged`: more cells than columns; `field` is the first one too many
 * - `sample`: of the template
 * - `quotes`: one is not closed; `two-rows`: between two quotes
 * - `spreadsheet`, `date`, `error`, `nothing`: what a spreadsheet has made of the cell
 *
 * A row that can be registered may have a reason to be looked at:
 * - `alike-here`: `nameHere` has an ID that is easily taken for this one; `alike`: `firstRow` has
 * - `rounded`: a spreadsheet may have rounded the ID
 * - `unusual`: odd characters in the ID
 * - `duplicate`, not null: likely the same person as somebody here, or as an earlier row (`row`)
 * - `assumed`: the region is not in the file, or the time zone of one that has several; with a
 * `firstRow` or `nameHere` it is `alike` as well
 */
const importRow = z.object({
  /** As a spreadsheet numbers it: the header is row 1. */
  row: z.number(),
  outcome: z.enum(importOutcomes),
  partnerUid: z.string(),
  name: z.string(),
  region: z.string(),
  timeZone: z.string(),
  tags: z.array(z.string()),
  /** As they will be kept; of a row that is wrong as they stand in the file. */
  dateOfBirth: unknownBefore,
  hospitalNumber: unknownBefore,
  diabetesType: unknownBefore,
  therapy: unknownBefore,
  phone: unknownBefore,
  duplicate: z._default(z.nullable(rowDuplicate), null),
  field: z.nullable(z.string()),
  reason: z.nullable(z.string()),
  /** What is wrong with a row besides. */
  otherFaults: z._default(importFaults, []),
  firstRow: z.nullable(z.number()),
  /**
   * The name of whoever has this ID here, where it is another one than the file's; of a
   * row that is alike, the name and the ID.
   */
  nameHere: z.nullable(z.string()),
  attempts: z.number(),
  trouble: z.nullable(importTrouble),
  patientId: z.nullable(z.string()),
  openId: z.nullable(z.string()),
});
export type ImportRow = z.infer<typeof importRow>;

export const mostRowsAtOnce = 500;

/**
 * `PUT /api/imports/{id}/left-out`, before the file runs: these rows, or all that are likely duplicates, are
 * not to be registered, or after all are.
 */
export const leaveOut = z.strictObject({
  rows: z.union([
    z.literal("duplicates"),
    z.array(z.number().check(z.int(), z.gte(1))).check(z.minLength(1), z.maxLength(mostRowsAtOnce)),
  ]),
  isLeftOut: z.boolean(),
});
export type LeaveOut = z.infer<typeof leaveOut>;

const whole = (least: number) => z.coerce.number().check(z.int(), z.gte(least));

/** The query of `GET /api/imports/{id}/rows`, and its answer; `total` counts all of that outcome. */
export const importRowsQuery = z.object({
  outcome: z.optional(z.enum([...importOutcomes, "noted"])),
  offset: z._default(whole(0), 0),
  limit: z._default(whole(1).check(z.lte(mostRowsAtOnce)), mostRowsAtOnce),
});
export const importRows = z.object({ rows: z.array(importRow), total: z.number() });
export type ImportRows = z.infer<typeof importRows>;
