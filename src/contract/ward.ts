import * as z from "zod/mini";
import { ownId } from "./human-text.ts";
import { patient } from "./patient.ts";
import { problemCode, staleOrNull } from "./problem.ts";
import { readingColumns } from "./readings.ts";
import { patientStatus } from "./roster.ts";
import { isView } from "./saved-views.ts";
import { targetChoice } from "./targets.ts";
import { mostTiles } from "./ward-tiles.ts";

const ids = z.array(ownId).check(
  z.minLength(1, "required"),
  z.maxLength(mostTiles, "too-many"),
  z.refine((all) => new Set(all).size === all.length, "duplicate"),
);

/**
 * The body of `POST /api/patients/now`. `opening` names one opening of the page, however long that stands: the
 * trail has each patient once for it.
 */
export const nowQuery = z.strictObject({ ids, opening: z.string().check(z.regex(/^[\w-]{8,40}$/)) });

const known = z.extend(z.pick(patient, { id: true, name: true, partnerUid: true, timeZone: true }), {
  targets: targetChoice,
  /** What was found when the data was last looked at. */
  status: z.nullable(patientStatus),
});

/**
 * The last hours of each, in the order of the question. `read` is null where the platform could not be read,
 * and `failure` says why; who is not here any more is left out.
 */
export const nowAnswer = z.object({
  patients: z.array(
    z.extend(known, {
      read: z.nullable(z.object({ asOfMs: z.number(), stale: staleOrNull, readings: readingColumns })),
      failure: z.nullable(problemCode),
    }),
  ),
});
export type NowAnswer = z.infer<typeof nowAnswer>;
export type PatientNow = NowAnswer["patients"][number];

/** Who stands on the tiles: those of a view of the list, as its address says it, or those who were picked. */
export const wardChoice = z.strictObject({
  shown: z.union([
    z.strictObject({
      search: z.string("required").check(z.maxLength(500, "too-long"), z.refine(isView, "view")),
    }),
    z.strictObject({ ids }),
  ]),
  /** Strangers pass a screen on a wall. */
  named: z.enum(["name", "initials"]),
});
export type WardChoice = z.infer<typeof wardChoice>;

/** `GET /api/account/ward`: null before anything was chosen. */
export const keptWardChoice = z.object({ choice: z.nullable(wardChoice) });
export type KeptWardChoice = z.infer<typeof keptWardChoice>;
