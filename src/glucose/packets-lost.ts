import type { UnreadableRecord } from "./gaps.ts";
import type { Reading } from "./reading.ts";

/**
 * Packets of one sensor that never arrived: the numbers left out between neighbours, however short the time
 * between them. What arrived and could not be read is not lost. Where the numbers begin again nothing is
 * known to be lost. Readings in time order.
 */
export function packetsLostAmong(
  readings: readonly Reading[],
  unreadable: readonly UnreadableRecord[] = [],
): number {
  let lost = 0;
  let last: number | null = null;
  const arrived = unreadable.length === 0 ? readings : [...readings, ...unreadable];
  for (const { packet } of arrived === readings ? arrived : arrived.toSorted((a, b) => a.timeMs - b.timeMs)) {
    if (packet === null) continue;
    if (last !== null && packet > last) lost += packet - last - 1;
    last = packet;
  }
  return lost;
}
