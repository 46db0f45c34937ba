import type { Device } from "#contract/device.ts";
import { glucoseRoles, type Role } from "#contract/staff.ts";
import type { PlatformDevice } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";

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
