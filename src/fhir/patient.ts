import type { Identifier, Patient as PatientResource, Reference } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";

type Known = Pick<
  Patient,
  "id" | "name" | "dateOfBirth" | "hospitalNumber" | "partnerUid" | "phone" | "archivedAtMs"
>;

export const patientReference = ({ id, name }: Pick<Patient, "id" | "name">): Reference<PatientResource> => ({
  reference: `Patient/${id}`,
  display: name,
});

/** An identifier of ours that is the same whenever the same is said of the same patient. */
export const ownIdentifier = (patientId: string, value: string): Identifier => ({
  system: `urn:uuid:${patientId}`,
  value,
});

/** The record of a patient. A field that is not known is absent. */
export const toPatient = (patient: Known): PatientResource => ({
  resourceType: "Patient",
  id: patient.id,
  identifier: [
    { use: "official", system: "urn:ietf:rfc:3986", value: `urn:uuid:${patient.id}` },
    { use: "secondary", type: { text: "Partner user ID" }, value: patient.partnerUid },
    ...(patient.hospitalNumber === null
      ? []
      : [
          {
            use: "secondary" as const,
            type: {
              coding: [{ system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "MR" }],
              text: "Hospital number",
            },
            value: patient.hospitalNumber,
          },
        ]),
  ],
  active: patient.archivedAtMs === null,
  name: [{ text: patient.name }],
  ...(patient.phone !== null && { telecom: [{ system: "phone", value: patient.phone }] }),
  ...(patient.dateOfBirth !== null && { birthDate: patient.dateOfBirth }),
});
