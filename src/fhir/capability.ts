import type { CapabilityStatement, OperationDefinition } from "@medplum/fhirtypes";
import { profileOf, readingCodes } from "./terms.ts";

const interaction = (...names: ("read" | "search-type")[]) => names.map((code) => ({ code }));

/** `GET /fhir/OperationDefinition/summary`: what its canonical address in the metadata leads to. */
export const summaryDefinition = (baseUrl: string): OperationDefinition => {
  const day = (name: string, documentation: string) =>
    ({ name, use: "in", min: 1, max: "1", type: "date", documentation }) as const;
  return {
    resourceType: "OperationDefinition",
    id: "summary",
    url: `${baseUrl}/OperationDefinition/summary`,
    name: "GlucoseSummary",
    status: "active",
    kind: "operation",
    code: "summary",
    resource: ["Patient"],
    affectsState: false,
    system: false,
    type: false,
    instance: true,
    parameter: [
      day("start", "The first day by the patient's clock, as 2026-11-15."),
      day("end", "The last one, within."),
      { name: "return", use: "out", min: 1, max: "1", type: "Bundle" },
    ],
  };
};

const searchedBy = [
  { name: "patient", type: "reference" as const, documentation: "This or subject is required." },
  { name: "subject", type: "reference" as const, documentation: "The same." },
  { name: "category", type: "token" as const, documentation: "All is laboratory." },
  {
    name: "status",
    type: "token" as const,
    documentation: "Readings are final; what sums up days is preliminary until a day after the last.",
  },
];

/** `GET /fhir/metadata`: what can be asked for here, by programs. */
export const capabilityStatement = (baseUrl: string): CapabilityStatement => ({
  resourceType: "CapabilityStatement",
  status: "active",
  date: "2026-11-28",
  kind: "instance",
  software: { name: "Trendline" },
  implementation: { description: "Glucose sensors of this clinic's patients, to be read", url: baseUrl },
  fhirVersion: "4.0.1",
  format: ["json"],
  rest: [
    {
      mode: "server",
      documentation:
        "Answers are JSON. A parameter that is not known is left out, which an OperationOutcome (search mode outcome) says, or refused with Prefer: handling=strict. Modifiers are refused. Observations are sorted by _sort=date (as without it) or -date.",
      security: { description: "An API key as a bearer, or a session, of a role that may see glucose." },
      resource: [
        {
          type: "Patient",
          interaction: interaction("read", "search-type"),
          searchParam: [
            { name: "_id", type: "token" },
            {
              name: "identifier",
              type: "token",
              documentation:
                "Partner user ID, hospital number or urn:ietf:rfc:3986|urn:uuid:ID, to the letter. The first two have no system: VALUE or |VALUE. With any other system nobody is found. Names and dates of birth are not searched for by GET, since addresses are logged: POST /api/patients/search.",
            },
          ],
          operation: [
            {
              name: "summary",
              definition: `${baseUrl}/OperationDefinition/summary`,
              documentation:
                "The patient, their sensors and the summary of whole days (start, end) in one Bundle.",
            },
          ],
        },
        {
          type: "Device",
          supportedProfile: [profileOf("cgm-device")],
          interaction: interaction("read", "search-type"),
          searchParam: [{ name: "patient", type: "reference" }],
        },
        {
          type: "DiagnosticReport",
          supportedProfile: [profileOf("cgm-summary-pdf")],
          interaction: interaction("read", "search-type"),
          searchParam: [
            ...searchedBy,
            { name: "date", type: "date", documentation: "As of Observation." },
            {
              name: "unit",
              type: "string",
              documentation:
                "mmol/L (unless said otherwise) or mg/dL: of glucose on the sheets. Accept-Language: en or zh.",
            },
          ],
        },
        {
          type: "Observation",
          supportedProfile: [
            "cgm-summary",
            "cgm-summary-times-in-ranges",
            "cgm-summary-mean-glucose-mass-per-volume",
            "cgm-summary-mean-glucose-moles-per-volume",
            "cgm-summary-gmi",
            "cgm-summary-coefficient-of-variation",
            "cgm-summary-days-of-wear",
            "cgm-summary-sensor-active-percentage",
            "cgm-sensor-reading-mass-per-volume",
            "cgm-sensor-reading-moles-per-volume",
          ].map(profileOf),
          interaction: interaction("read", "search-type"),
          documentation:
            "Shares have two decimals and add up to 100.00 by largest remainder. Pages and PDF files show one and even out to 100.0, each within 0.1 of the true share: rounded, a share here may differ from theirs by 0.1.",
          searchParam: [
            ...searchedBy,
            {
              name: "code",
              type: "token",
              documentation: `LOINC, with or without http://loinc.org before a bar; with another system nothing is found. Sensor readings are in mmol/L unless ${readingCodes["mg/dL"]} is asked for.`,
            },
            {
              name: "date",
              type: "date",
              documentation:
                "eq, ge, gt, le or lt with a date or a time with its zone, two at most. The whole days by the patient's clock that it touches are summed up, 90 at most; readings are those of the very times. Without an end it is until today, without a beginning 14 days; an OperationOutcome (search mode outcome) then says which days were taken.",
            },
          ],
        },
      ],
    },
  ],
});
