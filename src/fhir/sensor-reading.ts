import type { Observation } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";
import type { Reading } from "#glucose/reading.ts";
import { formatGlucose, type GlucoseUnit } from "#glucose/units.ts";
import { sensorId, sensorReference } from "./device.ts";
import { ownIdentifier, patientReference } from "./patient.ts";
import { codes, laboratory, profileOf, quantityOf } from "./terms.ts";

/** An ID has 64 characters. */
const longestSensorPart = 46;

/** One reading of a sensor, as the platform has it; in mg/dL rounded as on the page. */
export function toSensorReading(
  { timeMs, valueMmolL, sensor, warmUp }: Reading,
  patient: Pick<Patient, "id" | "name">,
  unit: GlucoseUnit,
): Observation {
  const isMass = unit === "mg/dL";
  const name = `${sensorId(sensor).slice(-longestSensorPart)}.${timeMs}${isMass ? ".mg" : ""}`;
  return {
    resourceType: "Observation",
    id: name,
    meta: {
      profile: [profileOf(`cgm-sensor-reading-${isMass ? "mass" : "moles"}-per-volume`)],
    },
    identifier: [ownIdentifier(patient.id, name)],
    status: "final",
    category: [laboratory],
    code: isMass ? codes.readingMass : codes.readingMoles,
    subject: patientReference(patient),
    effectiveDateTime: new Date(timeMs).toISOString(),
    valueQuantity: quantityOf(Number(formatGlucose(valueMmolL, unit)), unit),
    device: sensorReference(sensor),
    ...(warmUp && { note: [{ text: "The sensor was warming up: part of no statistic." }] }),
  };
}
