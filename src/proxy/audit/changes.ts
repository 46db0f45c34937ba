import type { Patient, PatientChange, TargetsSet } from "#contract/patient.ts";
import { targetKey } from "#glucose/targets.ts";

const parts = ["name", "timeZone", "targets", "tags", "careTeam", "archived"] as const;
type Part = (typeof parts)[number];
/** Parts that identify no patient, whose values may be written to the trail. */
const noted: readonly Part[] = ["timeZone", "targets", "archived"];

const textOf = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** Which parts of a patient a change alters, with the values before and after of those that identify no patient. */
export function detailsOfChange(kept: Patient, change: PatientChange): Record<string, string> | undefined {
  const before = { ...kept, archived: kept.archivedAtMs !== null };
  const changed = parts.filter(
    (part) => change[part] !== undefined && JSON.stringify(change[part]) !== JSON.stringify(before[part]),
  );
  if (changed.length === 0) return undefined;
  const values = changed
    .filter((part) => noted.includes(part))
    .flatMap((part) => [
      [`${part}.before`, textOf(before[part])],
      [`${part}.after`, textOf(change[part])],
    ]);
  const why = changed.includes("targets") && change.targetsReason;
  return {
    changed: changed.join(" "),
    ...Object.fromEntries(values),
    ...(why && { "targets.reason": why }),
  };
}

/** Who makes the targets others, when and why, and what they were; undefined where they stay. */
export const targetsSetBy = (
  by: string,
  { targets, targetsReason }: PatientChange,
  { targets: before }: Patient,
  atMs: number,
): TargetsSet | undefined =>
  targets === undefined || targetKey(targets) === targetKey(before)
    ? undefined
    : { by, atMs, reason: targetsReason ?? null, before };
