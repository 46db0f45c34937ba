import type { Device, Reference } from "@medplum/fhirtypes";
import type { BoxDetails } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import { patientReference } from "./patient.ts";
import { profileOf } from "./terms.ts";

export interface KnownSensor {
  readonly serial: string;
  /** Null where it is not known. */
  readonly isInUse: boolean | null;
  readonly box: BoxDetails | null;
}

/** FHIR's IDs know no underscore. */
export const sensorId = (serial: string): string => serial.replaceAll("_", "-");

export const sensorReference = (serial: string): Reference<Device> => ({
  reference: `Device/${sensorId(serial)}`,
  display: serial,
});

/** A sensor that a patient wears or has worn. */
export const toDevice = (
  { serial, isInUse, box }: KnownSensor,
  patient: Pick<Patient, "id" | "name">,
): Device => ({
  resourceType: "Device",
  id: sensorId(serial),
  meta: { profile: [profileOf("cgm-device")] },
  identifier: [
    {
      type: { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "SNO" }] },
      value: serial,
    },
  ],
  ...(box?.gtin && {
    udiCarrier: [{ deviceIdentifier: box.gtin, issuer: "http://hl7.org/fhir/NamingSystem/gs1-di" }],
  }),
  ...(isInUse !== null && { status: isInUse ? "active" : "inactive" }),
  ...(box?.producedOn && { manufactureDate: box.producedOn }),
  ...(box?.expiry && { expirationDate: box.expiry }),
  ...(box?.lot && { lotNumber: box.lot }),
  serialNumber: serial,
  deviceName: [{ name: "Continuous glucose sensor", type: "user-friendly-name" }],
  patient: patientReference(patient),
});
