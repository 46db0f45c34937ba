import type { AppointedPatient } from "#contract/appointments.ts";

/** A line that was looked up, and whom it stands for once that is clear. */
export interface Placed {
  text: string;
  id: string | undefined;
}

/** Where among those chosen the patient of a line belongs: behind the last one of the lines before it. */
export function placeOf(text: string, placed: readonly Placed[], chosen: readonly AppointedPatient[]) {
  const line = placed.findIndex((one) => one.text === text);
  const at = ({ id }: Placed) => chosen.findIndex((one) => one.id === id);
  const before = placed.slice(0, line).findLast((one) => at(one) >= 0);
  const behind = placed.slice(line + 1).find((one) => at(one) >= 0);
  if (before) return at(before) + 1;
  return behind && at(behind);
}
