import { mix } from "./random.ts";
import type { Recording } from "./recording.ts";
import type { Wear } from "./wear.ts";

/**
 * The codes this sandbox answers with. Only 0, 1001 and 1002 are
 * documented; the others stand for what is not.
 */
export const codes = {
  ok: 0,
  unauthorized: 1001,
  denied: 1002,
  badParameter: 2001,
  spanTooLong: 2002,
  deviceNotFound: 3001,
  userNotFound: 3002,
  noSuchEndpoint: 4004,
} as const;

export interface Envelope {
  code: number;
  msg: string;
  data: object;
}

export interface Owner {
  openId: string;
  appId: string;
  partnerId: string;
}

export interface GlucoseRecord {
  app_id: string;
  device_sn: string;
  open_id: string;
  type: number;
  value: number;
  trend: number;
  package_num: number;
  measured_at: number;
  app_received_at: number;
}

/** The records of one sensor that were measured in the window (both ends included) and had arrived by now. */
export function toRecords(
  recording: Recording,
  serial: string,
  owner: Owner,
  window: { startMs: number; endMs: number },
  nowMs: number,
): GlucoseRecord[] {
  const records: GlucoseRecord[] = [];
  for (let i = 0; i < recording.length; i++) {
    const measuredMs = recording.measuredMs[i] ?? 0;
    const receivedMs = recording.receivedMs[i] ?? 0;
    if (receivedMs > nowMs || measuredMs < window.startMs || measuredMs > window.endMs) continue;
    records.push({
      app_id: owner.appId,
      device_sn: serial,
      open_id: owner.openId,
      type: recording.type[i] ?? 2,
      value: (recording.tenths[i] ?? 0) / 10,
      trend: recording.trend[i] ?? 0,
      package_num: recording.packageNum[i] ?? 0,
      measured_at: measuredMs,
      app_received_at: receivedMs,
    });
  }
  return records;
}

/**
 * A device as it stands now. What has not happened is absent, null or 0, differently from device to device.
 */
export function toDeviceInfo(wear: Wear, owner: Owner, nowMs: number): Record<string, unknown> {
  const ended = wear.endedMs <= nowMs;
  const activated = wear.activatedMs <= nowMs;
  const past = (timeMs: number) => (timeMs <= nowMs ? timeMs : null);
  const times: Record<string, number | null> = {
    bound_at: past(wear.boundMs),
    activated_at: wear.claims?.activatedMs === null ? null : past(wear.activatedMs),
    estimated_end_at: activated ? wear.estimatedEndMs : null,
    ended_at: ended ? (wear.claims?.endedMs ?? wear.endedMs) : null,
  };
  return {
    device_sn: wear.serial,
    status: wear.claims?.status ?? (ended ? 3 : activated ? 2 : 1),
    ...notYet(times, mix(wear.key, 50) % 3),
    partner_id: owner.partnerId,
    app_id: owner.appId,
    open_id: owner.openId,
  };
}

/** The device that was never worn. */
export function unboundDevice(serial: string): Record<string, unknown> {
  return { device_sn: serial, status: 0, bound_at: 0, activated_at: null, ended_at: 0, open_id: "" };
}

function notYet(times: Record<string, number | null>, style: number): Record<string, number | null> {
  if (style === 0) return Object.fromEntries(Object.entries(times).filter(([, time]) => time !== null));
  return style === 1
    ? times
    : Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time ?? 0]));
}
