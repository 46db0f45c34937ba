import type { Device } from "#contract/device.ts";
import type { ReadingsResponse } from "#contract/readings.ts";
import type { Edges } from "#glucose/bands.ts";
import { type Episode, episodesOf } from "#glucose/episodes.ts";
import { type Gap, gapsOf, unreadSince } from "#glucose/gaps.ts";
import type { Reading } from "#glucose/reading.ts";
import type { Span } from "#glucose/time.ts";
import { curvePeriod, type Period } from "./curve-period.ts";

type Wear = Pick<Device, "serial" | "state" | "activatedAtMs" | "endedAtMs">;

/** What was read of a device's history. */
interface DeviceReadings extends Pick<ReadingsResponse, "asOfMs" | "unread" | "unreadable"> {
  readonly readings: readonly Reading[];
}

/** What the curve is of; null where there is no reading. */
export function curveExtent(
  period: Period,
  device: Wear,
  readings: readonly Reading[],
  nowMs: number,
): Span | null {
  const [first, last] = [readings[0], readings.at(-1)];
  return first && last
    ? curvePeriod(period, device, { firstMs: first.timeMs, lastMs: last.timeMs }, nowMs)
    : null;
}

/** The curve's gaps. `isCutOff`: what was read cannot be read again now. */
export function curveGaps(device: Wear, read: DeviceReadings, extent: Span, isCutOff: boolean): Gap[] {
  const { readings, asOfMs, unread, unreadable } = read;
  const sinceRead = unreadSince({ startMs: asOfMs, endMs: extent.endMs }, isCutOff);
  return gapsOf(readings, extent, new Map([[device.serial, device]]), [...unread, ...sinceRead], unreadable);
}

/** Lows and highs as the curve goes through them. */
export const curveEpisodes = (readings: readonly Reading[], extent: Span, edges: Edges): Episode[] =>
  (["low", "high"] as const)
    .flatMap((kind) => episodesOf(readings, extent, kind, edges))
    .sort((a, b) => a.startMs - b.startMs);
