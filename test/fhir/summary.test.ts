import type { Device, Observation, Patient, Resource } from "@medplum/fhirtypes";
import { expect, test } from "vitest";
import { toDevice } from "#fhir/device.ts";
import { toPatient } from "#fhir/patient.ts";
import { toSensorReading } from "#fhir/sensor-reading.ts";
import { toSummary } from "#fhir/summary.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { dayMs } from "#glucose/time.ts";
import { fhirFaults } from "#test/support/fhir.ts";
import { readingsOf } from "#test/support/readings.ts";

const patient = { id: "3f1c7a52-5d0e-4c26-9b4f-2f6f2c6b9a10", name: "Chloé Martin" };
const startMs = Date.UTC(2026, 10, 6);

/** One day of readings every three minutes, from these over and over. */
const summaryOf = (values: readonly (number | null)[], count = 480): Observation[] => {
  const readings = readingsOf(Array.from({ length: count }, (_, i) => values[i % values.length] ?? null));
  const statistics = statisticsOf(readings, { startMs, endMs: startMs + dayMs }, edgesMmolL);
  const days = { firstDate: "2026-11-06", lastDate: "2026-11-06", daysWithData: 1, isFinal: true };
  return toSummary({ ...days, statistics }, patient);
};
const coded = (observations: readonly Observation[], code: string) =>
  observations.find((one) => one.code.coding?.[0]?.code === code);

test("a summary keeps to R4 and to its profile, part by part, and the whole names each part", () => {
  const observations = summaryOf([2.5, 3.4, 5.5, 6.1, 11, 15]);
  expect(observations.map((one) => [one.meta?.profile, fhirFaults(one)])).toEqual(
    observations.map((one) => [one.meta?.profile, []]),
  );
  const [whole, ...parts] = observations;
  expect(whole?.hasMember?.map(({ reference }) => reference)).toEqual(
    parts.map(({ id }) => `Observation/${id}`),
  );
  expect(new Set(parts.map((one) => one.meta?.profile?.[0]?.split("/").at(-1)))).toEqual(
    new Set([
      "cgm-summary-times-in-ranges",
      "cgm-summary-mean-glucose-mass-per-volume",
      "cgm-summary-mean-glucose-moles-per-volume",
      "cgm-summary-gmi",
      "cgm-summary-coefficient-of-variation",
      "cgm-summary-days-of-wear",
      "cgm-summary-sensor-active-percentage",
    ]),
  );
});

test("shares have two decimals, each under the code of its level, in per cent", () => {
  const ranges = coded(summaryOf([2.5, 3.4, 5.5, 6.1, 11, 15]), "106793-3");
  const shares = ranges?.component?.map((one) => [
    one.code.coding?.[0]?.code,
    one.valueQuantity?.value,
    one.valueQuantity?.code,
  ]);
  expect(shares).toEqual([
    ["104642-4", 16.67, "%"],
    ["104641-6", 16.67, "%"],
    ["97510-2", 33.33, "%"],
    ["104640-8", 16.67, "%"],
    ["104639-0", 16.66, "%"],
  ]);
});

test("mean, GMI with its method, CV, days and the share with data are those of the readings", () => {
  const observations = summaryOf([5, 9, null], 480);
  const quantity = (code: string) => coded(observations, code)?.valueQuantity;
  // 7.0 mmol/L is 126 mg/dL; 3.31 + 0.02392 × 126.1 = 6.3; SD 2.0 of 7.0.
  expect(quantity("105273-7")).toMatchObject({ value: 7, unit: "mmol/l", code: "mmol/L" });
  expect(quantity("97507-8")).toMatchObject({ value: 126, unit: "mg/dl", code: "mg/dL" });
  expect(quantity("97506-0")).toMatchObject({ value: 6.3, code: "%" });
  expect(coded(observations, "97506-0")?.method?.text).toContain("2018");
  expect(quantity("104638-2")).toMatchObject({ value: 28.6, code: "%" });
  expect(quantity("104636-6")).toMatchObject({ value: 1, unit: "days", code: "d" });
  expect(quantity("104637-4")?.value).toBeCloseTo(66.67, 1);
  expect(observations[0]?.note?.[0]?.text).toContain("too little");
});

test("of fewer than two readings there is no summary", () => {
  expect(summaryOf([])).toEqual([]);
  expect(summaryOf([5.5], 1)).toEqual([]);
});

test.each(["mmol/L", "mg/dL"] as const)("a reading in %s keeps to its profile", (unit) => {
  const [reading] = readingsOf([3.9], { warmUp: true });
  if (!reading) throw new Error("no reading");
  const observation = toSensorReading(reading, patient, unit);
  expect(fhirFaults(observation)).toEqual([]);
  expect(observation.valueQuantity?.value).toBe(unit === "mg/dL" ? 70 : 3.9);
  expect(observation.note?.[0]?.text).toContain("warming up");
});

const unknown = { dateOfBirth: null, hospitalNumber: null, phone: null, archivedAtMs: null };

test.each<[string, Patient | Device]>([
  [
    "a patient of whom all is known",
    toPatient({
      ...patient,
      partnerUid: "clinic-0010",
      dateOfBirth: "1980-04-03",
      hospitalNumber: "MRN 7",
      phone: "+4930123456",
      archivedAtMs: 1,
    }),
  ],
  ["a patient of whom little is known", toPatient({ ...patient, ...unknown, partnerUid: "clinic-0010" })],
  [
    "a sensor with its box",
    toDevice(
      {
        serial: "P225043056",
        isInUse: true,
        box: { gtin: "06971234567895", lot: "TL2608B", expiry: "2027-05-31", producedOn: "2026-05-31" },
      },
      patient,
    ),
  ],
  [
    "a sensor of which only the serial is known",
    toDevice({ serial: "P_1", isInUse: null, box: null }, patient),
  ],
])("%s keeps to R4 and its profile", (_, resource) => {
  expect(fhirFaults(resource)).toEqual([]);
});

const withoutCode = (one: Observation): Resource => ({
  ...one,
  code: { coding: [{ system: "http://loinc.org", code: "1-1" }] },
});
test.each<[string, string, (one: Observation) => Resource]>([
  ["another code", "97506-0", withoutCode],
  ["a missing component", "106793-3", (one) => ({ ...one, component: (one.component ?? []).slice(1) })],
  ["another unit", "105273-7", (one) => ({ ...one, valueQuantity: { ...one.valueQuantity, code: "mg/dL" } })],
  [
    "another unit of a component",
    "106793-3",
    (one) => ({
      ...one,
      component: one.component?.map((part) => ({
        ...part,
        valueQuantity: { ...part.valueQuantity, code: "1" },
      })),
    }),
  ],
  [
    "a component without a value",
    "106793-3",
    (one) => ({ ...one, component: one.component?.map(({ code }) => ({ code })) }),
  ],
  ["nobody it is of", "97506-0", ({ subject: _, ...one }) => one],
  ["no period", "97506-0", ({ effectivePeriod: _, ...one }) => one],
  ["a period without an end", "97506-0", (one) => ({ ...one, effectivePeriod: { start: "2026-11-06" } })],
  ["no value", "97506-0", ({ valueQuantity: _, ...one }) => one],
])("the check finds %s", (_, code, spoilt) => {
  const found = coded(summaryOf([5, 9]), code);
  if (!found) throw new Error(`no ${code}`);
  expect(fhirFaults(found)).toEqual([]);
  expect(fhirFaults(spoilt(found))).not.toEqual([]);
});
