import type { CodeableConcept, Quantity } from "@medplum/fhirtypes";
import type { Band } from "#glucose/bands.ts";
import type { GlucoseUnit } from "#glucose/units.ts";

/** HL7's Continuous Glucose Monitoring guide, 1.0.0. */
const guide = "http://hl7.org/fhir/uv/cgm";
export const profileOf = (name: string): string => `${guide}/StructureDefinition/${name}`;

const loincOf = (code: string, display: string): CodeableConcept => ({
  coding: [{ system: "http://loinc.org", code, display }],
  text: display,
});

/** LOINC's codes of one reading. */
export const readingCodes = { "mg/dL": "99504-3", "mmol/L": "105272-9" } as const satisfies Record<
  GlucoseUnit,
  string
>;

export const codes = {
  summary: loincOf("107931-8", "Continuous glucose monitoring summary panel"),
  ranges: loincOf("106793-3", "Times in glucose ranges"),
  meanMass: loincOf("97507-8", "Mean glucose (mass)"),
  meanMoles: loincOf("105273-7", "Mean glucose (molar)"),
  gmi: loincOf("97506-0", "Glucose management indicator"),
  variation: loincOf("104638-2", "Coefficient of variation of glucose"),
  daysOfWear: loincOf("104636-6", "Days of wear"),
  active: loincOf("104637-4", "Share of the time with data"),
  readingMass: loincOf(readingCodes["mg/dL"], "Glucose, sensor reading (mass)"),
  readingMoles: loincOf(readingCodes["mmol/L"], "Glucose, sensor reading (molar)"),
} as const satisfies Record<string, CodeableConcept>;

/** As the guide's profile codes its five components, level by level. */
export const bandCodes: Readonly<Record<Band, CodeableConcept>> = {
  "very-low": loincOf("104642-4", "Time below 3.0 mmol/L (54 mg/dL)"),
  low: loincOf("104641-6", "Time from 3.0 to below 3.9 mmol/L (54 to 69 mg/dL)"),
  "in-range": loincOf("97510-2", "Time from 3.9 to 10.0 mmol/L (70 to 180 mg/dL)"),
  high: loincOf("104640-8", "Time above 10.0 to 13.9 mmol/L (181 to 250 mg/dL)"),
  "very-high": loincOf("104639-0", "Time above 13.9 mmol/L (250 mg/dL)"),
};

export const laboratory: CodeableConcept = {
  coding: [
    {
      system: "http://terminology.hl7.org/CodeSystem/observation-category",
      code: "laboratory",
      display: "Laboratory",
    },
  ],
};

/** Names of the units as the guide fixes them, beside their UCUM codes. */
const unitNames = { "mmol/L": "mmol/l", "mg/dL": "mg/dl", "%": "%", d: "days" } as const;

export const quantityOf = (value: number, code: keyof typeof unitNames): Quantity => ({
  value,
  unit: unitNames[code],
  system: "http://unitsofmeasure.org",
  code,
});
