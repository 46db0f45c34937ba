import { unit } from "./random.ts";
import type { Wear } from "./wear.ts";

const dayMs = 86_400_000;
const halfYearMs = 182 * dayMs;
/** How far back the boxes of the sandbox's people were kept. */
const keptMs = 720 * dayMs;
const lotsOfHalfYear = 3;
/** One lot, of this half-year counted from the latest, has more than its share of the early ends. */
const badHalfYear = 1;

/** A sensor as its box and the platform have it. */
export interface BoxedSensor {
  readonly serial: string;
  readonly boundAtMs: number;
  readonly activatedAtMs: number;
  readonly estimatedEndAtMs: number;
  /** Null while it is worn. */
  readonly endedAtMs: number | null;
  readonly openId: string;
  readonly partnerId: string;
  readonly gtin: string;
  readonly lot: string;
  readonly producedOn: string;
  readonly expiryDate: string;
}

const dateOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

function boxOf({ key, boundMs, estimatedEndMs, endedMs }: Wear, nowMs: number) {
  const halfYear = Math.floor(boundMs / halfYearMs);
  const isEarly = endedMs < estimatedEndMs;
  const isBad = Math.floor(nowMs / halfYearMs) - halfYear === badHalfYear;
  const drawn = Math.floor(unit(key, 8) * lotsOfHalfYear);
  const lot = isBad && isEarly && unit(key, 9) < 0.7 ? lotsOfHalfYear - 1 : drawn;
  const producedMs = halfYear * halfYearMs - (60 + lot * 21) * dayMs;
  return {
    gtin: halfYear % 2 === 0 ? "06971234560018" : "06971234560025",
    lot: `TL${dateOf(producedMs).slice(2, 7).replace("-", "")}${"ABC"[lot]}`,
    producedOn: dateOf(producedMs),
    expiryDate: dateOf(producedMs + 540 * dayMs),
  };
}

/** Of these sensors, those of the last two years that have been activated; one whose record is contradictory is not among them. */
export function boxedSensors(
  wears: readonly Wear[],
  { openId, partnerId }: { openId: string; partnerId: string },
  nowMs: number,
): BoxedSensor[] {
  return wears
    .filter(
      ({ activatedMs, claims, quirk }) =>
        activatedMs <= nowMs && activatedMs > nowMs - keptMs && !claims && !quirk,
    )
    .map((wear) => ({
      serial: wear.serial,
      boundAtMs: wear.boundMs,
      activatedAtMs: wear.activatedMs,
      estimatedEndAtMs: wear.estimatedEndMs,
      endedAtMs: wear.endedMs <= nowMs ? wear.endedMs : null,
      openId,
      partnerId,
      ...boxOf(wear, nowMs),
    }));
}
