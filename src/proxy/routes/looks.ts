import type { Context } from "hono";
import type { Device, DeviceJourney } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import type { PatientSummary } from "#contract/roster.ts";
import { seriesOf, wholeOf } from "#glucose/reading-series.ts";
import type { Span } from "#glucose/time.ts";
import { verdictOf } from "#sensor/verdict.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook, spanOf } from "../audit/view.ts";
import { journeyOf } from "../devices/journey.ts";
import { stateOf } from "../devices/state.ts";
import type { Platform, PlatformDevice, PlatformReadings } from "../platform/types.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import { dataOf, factsOf } from "../roster/sensor-facts.ts";
import { usualWarmUpMs } from "../roster/usual-warm-up.ts";
import { wearersDelayMs } from "../roster/wearers-delay.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { ownerOf } from "./device-owner.ts";

/** What is looked at of a patient or a sensor, with its row in the trail, whichever way somebody comes. */
export interface Looks {
  patients: PatientStore;
  statuses: StatusReader;
  platform: Platform;
  sensors: Pick<SensorStore, "note" | "wornBy">;
  now: () => number;
}

/** The future has no readings to ask the platform for. */
const nothingRead = (asOfMs: number): PlatformReadings => ({
  ...wholeOf(seriesOf([])),
  leftOut: { malformed: 0, duplicates: 0, contradicting: 0 },
  unreadable: [],
  unread: [],
  asOfMs,
  stale: null,
});

export function lookAtSummary(
  c: Context<AppEnv>,
  { statuses }: Pick<Looks, "statuses">,
  found: Patient,
): Promise<PatientSummary> {
  const look = { action: "patient-summary.view", subject: found.id } as const;
  return auditLook(c, look, () => statuses.summary(found));
}

export function lookAtReadings(
  c: Context<AppEnv>,
  { statuses, now }: Pick<Looks, "statuses" | "now">,
  found: Patient,
  { start, end }: { start: number; end: number },
): Promise<PlatformReadings> {
  const endMs = Math.min(end, Math.ceil(now()));
  const details = spanOf(start, end, now());
  const look = { action: "patient-readings.view", subject: found.id, details } as const;
  return auditLook(c, look, async () =>
    start < endMs ? statuses.readings(found, start, endMs) : nothingRead(now()),
  );
}

export async function lookAtDevice(
  c: Context<AppEnv>,
  { patients, platform, sensors }: Pick<Looks, "patients" | "platform" | "sensors">,
  serial: string,
): Promise<{ found: PlatformDevice; state: Device["state"] } & Awaited<ReturnType<typeof ownerOf>>> {
  const look = { action: "device.view", subject: serial } as const;
  const found = await auditLook(c, look, () => platform.deviceInfo(serial));
  if (!found.stale) await sensors.note([factsOf(found)]);
  const owned = await ownerOf(patients, found, c.get("staff").role);
  return { found, state: stateOf(found), ...owned };
}

export async function lookAtJourney(
  c: Context<AppEnv>,
  { patients, platform, sensors, now }: Omit<Looks, "statuses">,
  serial: string,
): Promise<DeviceJourney> {
  const look = { action: "device-journey.view", subject: serial } as const;
  const [found, read] = await auditLook(c, look, () =>
    Promise.all([platform.deviceInfo(serial), platform.deviceReadings(serial)]),
  );
  const { timeZone } = await ownerOf(patients, found, c.get("staff").role);
  const nowMs = now();
  const delayMs = await wearersDelayMs(patients, sensors, found);
  const journey = journeyOf(serial, found, read, timeZone, nowMs, delayMs);
  if (!journey.stale) {
    const { headline } = verdictOf({ ...found, state: stateOf(found) }, journey, nowMs);
    await sensors.note([{ ...factsOf(found, dataOf(journey, read)), headline }]);
  }
  const usual = await usualWarmUpMs({ patients, sensors, platform }, found, nowMs);
  return { ...journey, usualWarmUpMs: usual };
}

/** All the history of a sensor, or a part of it. */
export function lookAtDeviceReadings(
  c: Context<AppEnv>,
  { platform, now }: Pick<Looks, "platform" | "now">,
  serial: string,
  range?: Span,
): Promise<PlatformReadings> {
  const details = range && spanOf(range.startMs, range.endMs, now());
  const look = { action: "device-readings.view", subject: serial, details } as const;
  return auditLook(c, look, () => platform.deviceReadings(serial, range));
}
