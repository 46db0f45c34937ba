import type { Device, OtherSensor } from "#contract/device.ts";
import { glucoseRoles, type Role } from "#contract/staff.ts";
import { dayMs } from "#glucose/time.ts";
import type { PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import type { RecallStore } from "../store/recalls.ts";
import type { SensorStore } from "../store/sensors.ts";

export async function ownerOf(
  patients: Pick<PatientStore, "byOpenId">,
  found: Pick<PlatformDevice, "openId">,
  role: Role,
): Promise<Pick<Device, "owner" | "timeZone" | "targets">> {
  const patient = found.openId ? await patients.byOpenId(found.openId) : null;
  if (!patient) {
    const kind = found.openId ? "another-partner" : "nobody";
    return { owner: { kind }, timeZone: "UTC", targets: null };
  }
  const { id, partnerUid, name, timeZone } = patient;
  const seesGlucose = glucoseRoles.includes(role);
  return {
    owner: { kind: "patient", patientId: seesGlucose ? id : null, partnerUid, name },
    timeZone,
    targets: seesGlucose ? patient.targets : null,
  };
}

/** The sensors of now are asked about once a day. */
const knownForMs = 2 * dayMs;

/**
 * The sensor besides `found` that its wearer wears by what is known here, or else one bound to them after it, rather one
 * that is not recalled.
 */
export async function otherSensorOf(
  patients: Pick<PatientStore, "byOpenId" | "openIdsOf">,
  sensors: Pick<SensorStore, "wornBy">,
  recalls: Pick<RecallStore, "recalledOf">,
  found: Pick<PlatformDevice, "serial" | "openId" | "boundAtMs">,
  nowMs: number,
): Promise<OtherSensor | null> {
  const patient = found.openId ? await patients.byOpenId(found.openId) : null;
  if (!patient) return null;
  const others = (await sensors.wornBy(await patients.openIdsOf(patient))).filter(
    ({ serial, askedAtMs, endedAtMs, estimatedEndAtMs }) =>
      serial !== found.serial &&
      nowMs - (askedAtMs ?? 0) < knownForMs &&
      nowMs < (endedAtMs ?? Number.POSITIVE_INFINITY) &&
      nowMs < (estimatedEndAtMs ?? Number.POSITIVE_INFINITY),
  );
  const recalled = await recalls.recalledOf(others.map(({ serial }) => serial));
  const told = ({ serial }: { serial: string }, state: OtherSensor["state"]) => ({
    serial,
    state,
    isRecalled: recalled.has(serial),
  });
  const worn = others.find(({ state }) => state === "activated");
  if (worn) return told(worn, "activated");
  const bound = others.filter(
    ({ state, boundAtMs }) => state === "bound" && (boundAtMs ?? 0) > (found.boundAtMs ?? 0),
  );
  const next = bound.find(({ serial }) => !recalled.has(serial)) ?? bound[0];
  return next ? told(next, "bound") : null;
}
