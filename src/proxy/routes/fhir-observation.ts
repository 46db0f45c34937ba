import type { CodeableConcept, Observation } from "@medplum/fhirtypes";
import { Hono } from "hono";
import { fhirObservationQuery } from "#contract/fhir.ts";
import { toSearchset } from "#fhir/bundle.ts";
import { sensorId } from "#fhir/device.ts";
import { toSensorReading } from "#fhir/sensor-reading.ts";
import { codes, laboratory, readingCodes } from "#fhir/terms.ts";
import { hasCoding, isAskedFor, parseTokens } from "#fhir/token.ts";
import type { Reading } from "#glucose/reading.ts";
import { dayMs } from "#glucose/time.ts";
import type { GlucoseUnit } from "#glucose/units.ts";
import type { AppEnv } from "../app-env.ts";
import { auditLook } from "../audit/view.ts";
import { Failure } from "../failure.ts";
import { askedDays, dateOf, daysBetween } from "../fhir/asked-days.ts";
import type { createRecordReader } from "../fhir/record-reader.ts";
import { patientAsked, searchOf } from "../fhir/search.ts";
import type { LimitReads } from "../http/limit-reads.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { wearerOfId } from "./fhir-device.ts";
import { describeFhir, valid } from "./openapi.ts";
import { recordOf } from "./patient-record.ts";

export interface FhirObservationOptions {
  patients: Pick<PatientStore, "byId" | "byOpenId">;
  sensors: Pick<SensorStore, "bySerial">;
  limitReads: LimitReads;
  publicUrl: string | null;
  now: () => number;
}

const { readingMass: _mass, readingMoles: _moles, ...summaryOnly } = codes;
const summaryCodes = Object.values(summaryOnly);
const statuses = "http://hl7.org/fhir/observation-status";

const noSuchObservation = () => new Failure("not-found", { detail: "No Observation has this ID." });

export function createFhirObservationRoutes(
  options: FhirObservationOptions,
  record: ReturnType<typeof createRecordReader>,
): Hono<AppEnv> {
  const { patients, limitReads, publicUrl, now } = options;
  const routes = new Hono<AppEnv>();

  routes.get(
    "/",
    limitReads,
    describeFhir("The summary of some days and the readings of a patient, as FHIR", "Bundle"),
    valid("query", fhirObservationQuery),
    async (c) => {
      const asked = c.req.valid("query");
      const search = searchOf(c, publicUrl, Object.keys(fhirObservationQuery.shape));
      const found = await recordOf(patients, patientAsked(asked, search.baseUrl));
      const span = askedDays(asked.date, found, now());
      const wanted = asked.code === undefined ? undefined : parseTokens(asked.code);
      const has = (code: CodeableConcept) => wanted === undefined || hasCoding(wanted, code);
      const status = asked.status === undefined ? undefined : parseTokens(asked.status);
      const hasStatus = (one: string) => status === undefined || isAskedFor(status, statuses, one);
      const isOurs = asked.category === undefined || hasCoding(parseTokens(asked.category), laboratory);
      // Whoever asks for all codes of LOINC has not asked for a unit.
      const isMass =
        wanted?.some(({ value }) => value === readingCodes["mg/dL"]) === true && has(codes.readingMass);
      const unit: GlucoseUnit = isMass ? "mg/dL" : "mmol/L";
      const hasReadings = isOurs && hasStatus("final") && (isMass || has(codes.readingMoles));
      const details = {
        resource: "Observation",
        days: Math.round((span.endMs - span.startMs) / dayMs),
        ...(wanted && {
          codes: wanted
            .map(({ value }) => value)
            .join(" ")
            .slice(0, 200),
        }),
      };
      const look = { action: "patient-fhir.read", subject: found.id, details } as const;
      // A page of readings alone, of which there are many, reckons no summary.
      const hasSummary = isOurs && summaryCodes.some(has);
      const { summary, readings } = await auditLook(c, look, async () => {
        const readings = await record.readingsIn(found, span);
        return { readings, summary: hasSummary ? (await record.summary(found, span, readings)).summary : [] };
      });
      type Item = Observation | Reading;
      const { startMs, endMs } = span.exact;
      const items: Item[] = [
        ...summary.filter((one) => has(one.code) && hasStatus(one.status ?? "")),
        ...(hasReadings ? readings.filter(({ timeMs }) => timeMs >= startMs && timeMs < endMs) : []),
      ];
      if (asked._sort === "-date") items.reverse();
      const toResource = (item: Item) => ("resourceType" in item ? item : toSensorReading(item, found, unit));
      const page = { items, offset: asked._offset, count: asked._count, note: search.noteWith(span.taken) };
      return c.body(JSON.stringify(toSearchset(page, toResource, search.baseUrl, search.addressFrom)), 200, {
        "content-type": "application/fhir+json",
      });
    },
  );

  /** A part of a summary, by patient and days. */
  async function summaryCalled(id: string) {
    const [, patientId = "", first = "", last = ""] = /^(.+)\.(\d{8})\.(\d{8})\.[a-z-]+$/.exec(id) ?? [];
    const found = patientId ? await patients.byId(patientId) : null;
    if (!found) return null;
    const read = async () => {
      const span = daysBetween(dateOf(first), dateOf(last), found);
      const { summary } = await record.summary(found, span, await record.readingsIn(found, span));
      return summary.find((one) => one.id === id);
    };
    return { found, read };
  }

  /** A reading, by sensor and time. */
  async function readingCalled(id: string) {
    const [, sensor = "", time = "", mass] = /^(.+)\.(\d{12,14})(\.mg)?$/.exec(id) ?? [];
    const found = sensor ? await wearerOfId(options, sensor) : null;
    if (!found) return null;
    const timeMs = Number(time);
    const read = async () => {
      const readings = await record.readingsIn(found, { startMs: timeMs, endMs: timeMs + 1 });
      const one = readings.find(
        (reading) => reading.timeMs === timeMs && sensorId(reading.sensor) === sensor,
      );
      return one && toSensorReading(one, found, mass ? "mg/dL" : "mmol/L");
    };
    return { found, read };
  }

  routes.get(
    "/:id",
    limitReads,
    describeFhir("A part of a summary or a reading, as FHIR", "Observation"),
    async (c) => {
      const id = c.req.param("id").slice(0, 64);
      const called = (await summaryCalled(id)) ?? (await readingCalled(id));
      if (!called) throw noSuchObservation();
      const look = {
        action: "patient-fhir.read",
        subject: called.found.id,
        details: { resource: "Observation" },
      } as const;
      const one = await auditLook(c, look, called.read);
      if (!one) throw noSuchObservation();
      return c.body(JSON.stringify(one), 200, { "content-type": "application/fhir+json" });
    },
  );
  return routes;
}
