import { type ChangeablePart, changeableParts, type Patient, type TargetsSet } from "#contract/patient.ts";
import type { PatientChange } from "#contract/patient-change.ts";
import { targetKey } from "#glucose/targets.ts";

/** Whether a part identifies no patient, so that its values may be written to the trail. */
const isNoted: Record<ChangeablePart, boolean> = {
  name: false,
  dateOfBirth: false,
  hospitalNumber: false,
  diabetesType: true,
  therapy: true,
  phone: false,
  timeZone: true,
  targets: true,
  tags: false,
  careTeam: false,
  archived: true,
};

const textOf = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/**
 * Which parts of a patient a change alters, with the values before and
 * after of those that identify no patient.
 */
export function detailsOfChange(kept: Patient, change: PatientChange): Record<string, string> | undefined {
  const before = { ...kept, archived: kept.archivedAtMs !== null };
  const changed = changeableParts.filter(
    (part) => change[part] !== undefined && JSON.stringify(change[part]) !== JSON.stringify(before[part]),
  );
  if (changed.length === 0) return undefined;
  const values = changed
    .filter((part) => isNoted[part])
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
