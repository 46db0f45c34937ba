import { deviceStates } from "#contract/device.ts";
import { readingsOf } from "#glucose/reading-series.ts";
import { thresholds } from "#sensor/verdict.ts";
import { Failure } from "../failure.ts";
import type { Platform, PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";

interface UsualWarmUpOptions {
  patients: Pick<PatientStore, "byOpenId" | "openIdsOf">;
  sensors: Pick<SensorStore, "wornBy">;
  platform: Pick<Platform, "deviceReadings">;
}

/**
 * How long after its start the wearer's last sensor that has ended gave its first value, of one that may be warming up;
 * null where that is not known, as where the platform does not give it now: the bound is told then.
 */
export async function usualWarmUpMs(
  { patients, sensors, platform }: UsualWarmUpOptions,
  found: PlatformDevice,
  nowMs: number,
): Promise<number | null> {
  const { activatedAtMs, openId } = found;
  const isYoung = activatedAtMs !== null && nowMs - activatedAtMs <= thresholds.warmUpMs;
  const patient =
    isYoung && deviceStates[found.statusCode] === "activated" && openId
      ? await patients.byOpenId(openId)
      : null;
  if (!patient) return null;
  const worn = await sensors.wornBy(await patients.openIdsOf(patient));
  const before = worn.find(({ serial, state }) => serial !== found.serial && state === "ended");
  const startMs = before?.activatedAtMs ?? null;
  if (!before || startMs === null) return null;
  try {
    const range = { startMs, endMs: startMs + thresholds.warmUpMs };
    const { series, from, to } = await platform.deviceReadings(before.serial, range);
    const readings = readingsOf(series, from, to);
    const first = readings.find(({ warmUp }) => !warmUp);
    return first && readings.some(({ warmUp }) => warmUp) ? first.timeMs - startMs : null;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
