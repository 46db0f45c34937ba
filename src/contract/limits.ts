import * as z from "zod/mini";
import type { Limits } from "#glucose/limits.ts";

/** Between what a clinic may draw each of its lines, both included; all are whole numbers. */
export const limitBounds = {
  highForMin: { min: 30, max: 720 },
  fellByPoints: { min: 5, max: 50 },
  nightsWithLows: { min: 1, max: 7 },
  extendedLows: { min: 1, max: 7 },
  silencesAWeek: { min: 1, max: 21 },
  endsWithinHours: { min: 12, max: 168 },
} as const satisfies Record<keyof Limits, { min: number; max: number }>;
export type LimitKey = keyof Limits;
export const limitKeys = Object.keys(limitBounds) as LimitKey[];

const within = ({ min, max }: { min: number; max: number }) =>
  z.number("whole").check(z.int("whole"), z.gte(min, "bounds"), z.lte(max, "bounds"));

/** From when on the list gives a reason. */
export const limits = z.strictObject({
  highForMin: within(limitBounds.highForMin),
  fellByPoints: within(limitBounds.fellByPoints),
  nightsWithLows: within(limitBounds.nightsWithLows),
  extendedLows: within(limitBounds.extendedLows),
  silencesAWeek: within(limitBounds.silencesAWeek),
  endsWithinHours: within(limitBounds.endsWithinHours),
});

/** The body of `PUT /api/worklist/limits`; `from` are those that the screen knew. */
export const newLimits = z.strictObject({ limits, from: limits });
export type NewLimits = z.infer<typeof newLimits>;

/** `GET /api/worklist/limits`: those in force, those of a clinic that sets none, and who set them last. */
export const worklistLimits = z.object({
  limits,
  usual: limits,
  /** `name` is null where nobody here has this ID any more. */
  set: z.nullable(
    z.object({ by: z.object({ id: z.string(), name: z.nullable(z.string()) }), atMs: z.number() }),
  ),
});
export type WorklistLimits = z.infer<typeof worklistLimits>;
