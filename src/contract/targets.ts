import * as z from "zod/mini";
import { ownEdgeLimits, type TargetChoice, targetNames } from "#glucose/targets.ts";

const isInTenths = z.refine<number>(
  (value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-9,
  "tenths",
);

/** mmol/L in tenths, as readings are. */
const edge = z
  .number("number")
  .check(z.gte(ownEdgeLimits.min, "edge-range"), z.lte(ownEdgeLimits.max, "edge-range"), isInTenths);

/** More than none and less than all of the time. */
const goal = z.optional(
  z.number("number").check(z.gte(0.1, "goal-range"), z.lte(99.9, "goal-range"), isInTenths),
);

/** What a clinician set for one patient. */
export const ownTargets = z
  .strictObject({ low: edge, high: edge, inRangeMin: goal, belowRangeMax: goal, aboveRangeMax: goal })
  .check(z.refine(({ low, high }) => low < high, { error: "edge-order", path: ["high"] }));

/** Whose range and goals a patient's numbers are held against: a preset by its name, or the patient's own. */
export const targetChoice: z.ZodMiniType<TargetChoice> = z.union([z.enum(targetNames), ownTargets]);
