import type { Subject } from "./person.ts";
import { between, mix, unit } from "./random.ts";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** When the platform receives a reading: seconds later, or with the whole block once the phone is back. */
export function createUploads({ key, habits }: Subject): (measuredMs: number) => number {
  const awayKey = mix(key, 700);
  return (measuredMs) => {
    let sentMs = measuredMs + (habits.lagMin ?? 0) * minuteMs;
    const day = Math.floor(measuredMs / dayMs);
    for (const d of [day - 1, day]) {
      const k = mix(awayKey, d);
      if (unit(k, 1) >= habits.phoneAway) continue;
      const leftMs = d * dayMs + between(0, 1440, k, 2) * minuteMs;
      const backMs = leftMs + between(45, 420, k, 3) * minuteMs;
      if (measuredMs >= leftMs && sentMs < backMs) sentMs = backMs;
    }
    const seconds = between(2, 40, mix(awayKey, 9), Math.floor(measuredMs / 1000));
    return Math.round(sentMs + seconds * 1000);
  };
}
