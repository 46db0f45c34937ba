import type { Context } from "hono";
import type { CaseChange, SensorCase } from "#contract/cases.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { Failure } from "../failure.ts";
import type { Platform } from "../platform/types.ts";
import { factsOf } from "../roster/sensor-facts.ts";
import type { StoredCase } from "../store/case-reader.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import type { KnownSensor, SensorStore } from "../store/sensors.ts";

export interface ReplacementOptions {
  patients: Pick<PatientStore, "byOpenId">;
  sensors: Pick<SensorStore, "bySerial" | "note">;
  platform: Pick<Platform, "deviceInfo">;
  recalls: Pick<RecallStore, "recalledOf">;
  now: () => number;
}

export const refused = (field: string, reason: string, detail: string) =>
  new Failure("invalid-request", { detail, fields: [{ field, reason }] });

/** Of which sensor a replacement is, and whose that is. */
interface Replaced {
  readonly serial: string;
  readonly patientId: string | null;
}

/** Whether it is known to be another person's than the sensor's that it replaces, of whichever partner. */
async function isElsewhere(
  { patients, sensors }: ReplacementOptions,
  known: KnownSensor | null,
  { serial, patientId }: Replaced,
): Promise<boolean> {
  if (!known) return false;
  const { openId, state, partnerId } = known;
  const replaced = await sensors.bySerial(serial);
  if (openId === null) {
    // Accounts of other partners are not kept: of one partner both may be one person's.
    const isOfOne = replaced?.openId === null && partnerId !== null && partnerId === replaced.partnerId;
    return (state === "bound" || state === "activated") && !isOfOne;
  }
  if (openId === replaced?.openId) return false;
  return patientId === null || (await patients.byOpenId(openId))?.id !== patientId;
}

/** Why one that is known cannot be a replacement for this wearer; null where it can. */
async function whyNoReplacement(
  options: ReplacementOptions,
  serial: string,
  replaced: Replaced,
): Promise<string | null> {
  if ((await options.recalls.recalledOf([serial])).has(serial)) return "recalled";
  const known = await options.sensors.bySerial(serial);
  if (known?.state === "ended" || (known?.endedAtMs ?? Number.POSITIVE_INFINITY) <= options.now())
    return "ended";
  return (await isElsewhere(options, known, replaced)) ? "elsewhere" : null;
}

/**
 * A replacement that nobody has seen is asked for: one that the platform does not know is mostly mistyped. One that
 * cannot replace anything is kept only by who is sure.
 */
export async function refuseDoubtfulReplacement(
  c: Context<AppEnv>,
  options: ReplacementOptions,
  {
    replacementSerial: serial,
    isReplacementSure,
  }: Pick<CaseChange, "replacementSerial" | "isReplacementSure">,
  replaced: Replaced,
): Promise<void> {
  if (!serial || isReplacementSure) return;
  await refuseUnknown(c, options, serial);
  const why = await whyNoReplacement(options, serial, replaced);
  if (why) throw refused("replacementSerial", why, "This sensor can hardly be a replacement.");
}

async function refuseUnknown(
  c: Context<AppEnv>,
  { sensors, platform }: ReplacementOptions,
  serial: string,
): Promise<void> {
  if ((await sensors.bySerial(serial))?.state != null) return;
  const look = { action: "device.view", subject: serial } as const;
  try {
    const found = await auditLook(c, look, () => platform.deviceInfo(serial));
    if (!found.stale) await sensors.note([factsOf(found)]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const reason = error.code === "device-unknown" ? "not-known" : "not-asked";
    throw refused("replacementSerial", reason, "The platform has not told of this sensor.");
  }
}

/** What is known of the replacement that a case names. */
export async function replacementOf(
  options: ReplacementOptions,
  { serial, replacementSerial, patient }: StoredCase,
): Promise<Pick<SensorCase, "isReplacementElsewhere" | "isReplacementUnknown">> {
  if (replacementSerial === null) return { isReplacementElsewhere: false, isReplacementUnknown: false };
  const known = await options.sensors.bySerial(replacementSerial);
  return {
    isReplacementElsewhere: await isElsewhere(options, known, {
      serial,
      patientId: patient?.patientId ?? null,
    }),
    isReplacementUnknown: (known?.state ?? null) === null,
  };
}
