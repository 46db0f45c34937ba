import type { CodeableConcept, Observation } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";
import { bands } from "#glucose/bands.ts";
import { percentsToHundredths } from "#glucose/shares.ts";
import { isDenseEnough, type Statistics } from "#glucose/statistics.ts";
import { toMgDl } from "#glucose/units.ts";
import { ownIdentifier, patientReference } from "./patient.ts";
import { bandCodes, codes, laboratory, profileOf, quantityOf } from "./terms.ts";

/** What is summed up: whole days by the patient's clock. */
export interface SummedDays {
  /** "2026-11-15", both within. */
  readonly firstDate: string;
  readonly lastDate: string;
  /** At the edges of most adults, 3.0, 3.9, 10.0 and 13.9 mmol/L, whatever the patient's own range is: the codes mean these. */
  readonly statistics: Statistics;
  readonly daysWithData: number;
  /** Nothing of these days is expected any more. */
  readonly isFinal: boolean;
}

type Named = Pick<Patient, "id" | "name">;
type Part = Pick<Observation, "code"> & Partial<Pick<Observation, "valueQuantity" | "component" | "method">>;

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
const percent = (share: number) => quantityOf(rounded(share * 100, 2), "%");

const gmiMethod: CodeableConcept = {
  text: "GMI (%) = 3.31 + 0.02392 × mean glucose in mg/dL (2018, doi:10.2337/dc18-1581)",
};

/**
 * The observations that a summary is made of, by the name of their profile; null where readings are too few for
 * one of them (the coefficient of variation needs two): the guide knows no summary without it.
 */
function partsOf({ statistics, daysWithData }: SummedDays): Readonly<Record<string, Part>> | null {
  const { meanMmolL, gmiPercent, cvPercent, timeIn, activeShare } = statistics;
  if (meanMmolL === null || gmiPercent === null || cvPercent === null || timeIn === null) return null;
  const percents = percentsToHundredths(timeIn);
  return {
    "times-in-ranges": {
      code: codes.ranges,
      component: bands.map((band) => ({
        code: bandCodes[band],
        valueQuantity: quantityOf(percents[band], "%"),
      })),
    },
    "mean-glucose-mass-per-volume": {
      code: codes.meanMass,
      valueQuantity: quantityOf(rounded(toMgDl(meanMmolL), 0), "mg/dL"),
    },
    "mean-glucose-moles-per-volume": {
      code: codes.meanMoles,
      valueQuantity: quantityOf(rounded(meanMmolL, 1), "mmol/L"),
    },
    gmi: { code: codes.gmi, method: gmiMethod, valueQuantity: quantityOf(rounded(gmiPercent, 1), "%") },
    "coefficient-of-variation": {
      code: codes.variation,
      valueQuantity: quantityOf(rounded(cvPercent, 1), "%"),
    },
    "days-of-wear": { code: codes.daysOfWear, valueQuantity: quantityOf(daysWithData, "d") },
    "sensor-active-percentage": { code: codes.active, valueQuantity: percent(activeShare) },
  };
}

/** Short enough for an ID of 64 characters behind a patient's own. */
const shortNames: Readonly<Record<string, string>> = {
  "times-in-ranges": "ranges",
  "mean-glucose-mass-per-volume": "mean-mg",
  "mean-glucose-moles-per-volume": "mean-mm",
  gmi: "gmi",
  "coefficient-of-variation": "cv",
  "days-of-wear": "days",
  "sensor-active-percentage": "active",
};

/**
 * The summary of some days and the observations that it names, itself first; none where there are fewer than two
 * readings. The numbers are those of the page, shares with two decimals: the five parts add up to 100.00 as those of the page do
 * to 100.0, so that rounded to one they may differ from the page by a tenth.
 */
export function toSummary(days: SummedDays, patient: Named): Observation[] {
  const parts = partsOf(days);
  if (parts === null) return [];
  const { firstDate, lastDate, statistics, isFinal } = days;
  const within = `${firstDate}.${lastDate}`.replaceAll("-", "");
  const observation = (profile: string, name: string, rest: Part): Observation => ({
    resourceType: "Observation",
    id: `${patient.id}.${within}.${name}`,
    meta: { profile: [profileOf(profile)] },
    identifier: [ownIdentifier(patient.id, `${within}.${name}`)],
    status: isFinal ? "final" : "preliminary",
    category: [laboratory],
    subject: patientReference(patient),
    effectivePeriod: { start: firstDate, end: lastDate },
    ...rest,
  });
  const members = Object.entries(parts).map(([profile, part]) =>
    observation(`cgm-summary-${profile}`, shortNames[profile] ?? profile, part),
  );
  const whole: Observation = {
    ...observation("cgm-summary", "summary", { code: codes.summary }),
    hasMember: members.map(({ id, code }) => ({
      reference: `Observation/${id}`,
      ...(code.text !== undefined && { display: code.text }),
    })),
    ...(!isDenseEnough(statistics) && {
      note: [{ text: "Less than 70 % of the expected readings: too little to judge these days by." }],
    }),
  };
  return [whole, ...members];
}
