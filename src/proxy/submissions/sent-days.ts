import type { Patient } from "#contract/patient.ts";
import { localDateOf, localDayOf } from "#glucose/local-time.ts";
import { dayMs } from "#glucose/time.ts";
import { daysUntil } from "../fhir/asked-days.ts";

/**
 * So many days up to the last one by the patient's clock of which no reading is expected any more: what a receiver
 * has once it never changes.
 */
export function sentDays(days: number, patient: Patient, nowMs: number) {
  const { startMs } = localDayOf(nowMs - dayMs, patient.timeZone);
  return daysUntil(localDateOf(startMs - 1, patient.timeZone), days, patient);
}
