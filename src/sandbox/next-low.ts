import type { Recording } from "./recording.ts";
import type { Wearer } from "./wearer.ts";

const minuteMs = 60_000;
/** Below it, in tenths of mmol/L, it is low. */
const lowTenths = 39;
/** So long in a row it is an episode … */
const enoughMs = 15 * minuteMs;
/** … unless readings are missing in between. */
const longestGapMs = 15 * minuteMs;
/** What arrives later is no news of now. */
const longestDelayMs = 5 * minuteMs;
const searchedMs = 60 * 86_400_000;

export interface Low {
  readonly partnerUid: string;
  readonly serial: string;
  /** When it can be read that it has lasted for a quarter of an hour. */
  readonly atMs: number;
}

/** Of one sensor, when the first low after `nowMs` is one; null where none is before `untilMs`. */
function firstLow(recording: Recording, nowMs: number, untilMs: number): number | null {
  let lowFromMs: number | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  let isTold = false;
  const order = [...recording.measuredMs.keys()].sort(
    (a, b) => (recording.measuredMs[a] ?? 0) - (recording.measuredMs[b] ?? 0),
  );
  for (const i of order) {
    const measuredMs = recording.measuredMs[i] ?? 0;
    const receivedMs = recording.receivedMs[i] ?? 0;
    if (measuredMs > untilMs) return null;
    if (recording.type[i] !== 2 || receivedMs - measuredMs > longestDelayMs) continue;
    const isLow = (recording.tenths[i] ?? 0) < lowTenths;
    if (!isLow || measuredMs - lastMs > longestGapMs) {
      lowFromMs = isLow ? measuredMs : null;
      isTold = false;
    } else lowFromMs ??= measuredMs;
    lastMs = measuredMs;
    if (lowFromMs === null || isTold || measuredMs - lowFromMs < enoughMs) continue;
    if (receivedMs > nowMs) return receivedMs <= untilMs ? receivedMs : null;
    // It goes on now: the next one is meant.
    isTold = true;
  }
  return null;
}

/** The first low of one of these people that can be read after `nowMs`; null where none is within 60 days. */
export function nextLow(wearers: readonly Wearer[], nowMs: number): Low | null {
  let found: Low | null = null;
  for (const wearer of wearers) {
    const untilMs: number = found?.atMs ?? nowMs + searchedMs;
    for (const wear of wearer.wears(untilMs)) {
      if (wear.endedMs < nowMs || wear.activatedMs > untilMs) continue;
      const atMs = firstLow(wearer.recording(wear), nowMs, untilMs);
      if (atMs === null) continue;
      found = { partnerUid: wearer.partnerUid, serial: wear.serial, atMs: Math.ceil(atMs) };
      break;
    }
  }
  return found;
}
