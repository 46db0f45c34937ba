import type { PatientMarks } from "#contract/patient-marks.ts";
import { dayMs } from "#glucose/time.ts";

/** One's own review within a day; an administrator any. The server decides; this is for what is offered. */
export function canUndo(
  marks: PatientMarks | null,
  me: { id: string; role: string },
  nowMs: number,
): marks is PatientMarks & { review: NonNullable<PatientMarks["review"]> } {
  const review = marks?.review;
  if (!review) return false;
  return me.role === "administrator" || (review.by === me.id && nowMs - review.atMs <= dayMs);
}
