import type { PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";

/** How long the data of who wears it usually takes; undefined where that is nobody here, or nobody has looked. */
export async function wearersDelayMs(
  patients: Pick<PatientStore, "byOpenId" | "figuresOf">,
  { openId }: Pick<PlatformDevice, "openId">,
): Promise<number | null | undefined> {
  const patient = openId ? await patients.byOpenId(openId) : null;
  return patient ? (await patients.figuresOf([patient.id])).get(patient.id)?.figures.usualDelayMs : undefined;
}
