import type { Patient } from "#contract/patient.ts";
import type { NewPatient } from "#contract/patient-change.ts";
import { Failure } from "../failure.ts";
import type { WithLock } from "../lock.ts";
import type { Platform } from "../platform/types.ts";
import { createSingleFlight } from "../single-flight.ts";
import type { PatientStore } from "../store/patients.ts";

/**
 * Registers with the platform and adds the patient; one who is already here stays as they are. A caller with
 * the same ID meanwhile, here or on another server, waits for that one registration.
 */
export type RegisterPatient = (
  body: NewPatient & { tags?: readonly string[] },
) => Promise<{ patient: Patient; created: boolean }>;

export function createRegisterPatient(
  patients: PatientStore,
  platform: Platform,
  withLock: WithLock,
  now: () => number,
): RegisterPatient {
  const share = createSingleFlight<Awaited<ReturnType<RegisterPatient>>>();
  const registerOnce: RegisterPatient = async (body) => {
    const whoIsHere = () => patients.byPartnerUid(body.partnerUid);
    const known = await whoIsHere();
    if (known) return { patient: known, created: false };
    return withLock(`registration of ${body.partnerUid}`, async () => {
      const meanwhile = await whoIsHere();
      if (meanwhile) return { patient: meanwhile, created: false };
      const { openId } = await platform.registerUser(body);
      const added = await patients.add({ ...body, openId }, now());
      if (added) return added;
      throw new Failure("platform-mixed-up", {
        detail:
          "The platform answered this registration with the open ID of another patient. Nobody was added.",
        isFinal: true,
      });
    });
  };
  return async (body) => {
    let isFirst = false;
    const register = () => {
      isFirst = true;
      return registerOnce(body);
    };
    const { patient, created } = await share(register, body.partnerUid);
    return { patient, created: created && isFirst };
  };
}
