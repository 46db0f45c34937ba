import { profileOf } from "#glucose/profile.ts";
import type { ProfileOf } from "#report/patient/profile-view.ts";
import type { Compared } from "./use-comparison.ts";

/** The profiles of both sides; null where either has too few days. */
export function comparedProfiles(
  compared: Compared | null,
  timeZone: string,
): { own: ProfileOf; other: ProfileOf } | null {
  if (!compared) return null;
  const of = ({ side, readings }: Compared["own"]): ProfileOf => ({
    profile: profileOf(readings, side, timeZone),
    of: side,
  });
  const [own, other] = [of(compared.own), of(compared.other)];
  return own.profile.isEnough && other.profile.isEnough ? { own, other } : null;
}
