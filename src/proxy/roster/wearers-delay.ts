import type { PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";

/**
 * How long the data of who wears it usually takes, else that of the last sensor of theirs that says so; null where that is
 * nobody here, or nothing is known.
 */
export async function wearersDelayMs(
  patients: Pick<PatientStore, "byOpenId" | "openIdsOf" | "figuresOf">,
  sensors: Pick<SensorStore, "wornBy">,
  { openId, serial }: Pick<PlatformDevice, "openId" | "serial">,
): Promise<number | null> {
  const patient = openId ? await patients.byOpenId(openId) : null;
  if (!patient) return null;
  const usualMs = (await patients.figuresOf([patient.id])).get(patient.id)?.figures.usualDelayMs ?? null;
  if (usualMs !== null) return usualMs;
  const worn = await sensors.wornBy(await patients.openIdsOf(patient));
  return worn.find((one) => one.serial !== serial && one.uploadDelayMs !== null)?.uploadDelayMs ?? null;
}
