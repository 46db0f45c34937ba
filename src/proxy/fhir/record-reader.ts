import type { Device, Observation } from "@medplum/fhirtypes";
import type { Patient } from "#contract/patient.ts";
import { toDevice } from "#fhir/device.ts";
import { type SummedDays, toSummary } from "#fhir/summary.ts";
import { edgesMmolL } from "#glucose/bands.ts";
import { localDateOf, localDays } from "#glucose/local-time.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf } from "#glucose/reading-series.ts";
import { firstAtOrAfter } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { dayMs, type Span } from "#glucose/time.ts";
import { stateOf } from "../devices/state.ts";
import { Failure } from "../failure.ts";
import type { Platform } from "../platform/types.ts";
import type { StatusReader } from "../roster/patient-status.ts";
import type { PatientStore } from "../store/patients.ts";
import { boxOf } from "../store/sensor-box.ts";
import type { SensorStore } from "../store/sensors.ts";

export interface RecordReaderOptions {
  patients: Pick<PatientStore, "openIdsOf">;
  sensors: Pick<SensorStore, "wornBy">;
  statuses: Pick<StatusReader, "readings">;
  platform: Pick<Platform, "deviceInfo">;
  now: () => number;
}

/** What a health record is told of some days of a patient: all of it, or a Failure. */
export function createRecordReader({ patients, sensors, statuses, platform, now }: RecordReaderOptions) {
  /** Readings of some days; of those that could not all be read now nothing is told: it would pass for all. */
  async function readingsIn(patient: Patient, { startMs, endMs }: Span): Promise<readonly Reading[]> {
    const untilMs = Math.min(endMs, Math.ceil(now()));
    if (untilMs <= startMs) return [];
    const { series, from, to, unread, stale } = await statuses.readings(patient, startMs, untilMs);
    if (stale || unread.length > 0)
      throw new Failure("platform-unreachable", {
        detail: "Not all of these days could be read from the platform just now. Try again later.",
        retryAfterS: 60,
      });
    return readingsOf(series, from, to);
  }

  /** The lives of the sensors that readings came from, as the platform tells them now. */
  async function livesOf(readings: readonly Reading[]) {
    const serials = [...new Set(readings.map(({ sensor }) => sensor))];
    const lives = await Promise.all(serials.map((serial) => platform.deviceInfo(serial)));
    return new Map(lives.map((life) => [life.serial, { ...life, state: stateOf(life) }]));
  }

  function summed(
    { timeZone }: Patient,
    span: Span,
    readings: readonly Reading[],
    lives: Awaited<ReturnType<typeof livesOf>>,
  ): SummedDays {
    const period = { startMs: span.startMs, endMs: Math.min(span.endMs, now()) };
    return {
      firstDate: localDateOf(span.startMs, timeZone),
      lastDate: localDateOf(span.endMs - 1, timeZone),
      statistics: statisticsOf(readings, period, edgesMmolL, lives),
      daysWithData: localDays(span.startMs, span.endMs, timeZone).filter(
        (day) => firstAtOrAfter(readings, day.startMs) < firstAtOrAfter(readings, day.endMs),
      ).length,
      // Late uploads have had a day.
      isFinal: span.endMs + dayMs <= now(),
    };
  }

  const isInUse = (state: string | null) =>
    state === null || state === "unknown" ? null : state === "activated";
  const wornBy = async (patient: Patient) => sensors.wornBy(await patients.openIdsOf(patient));

  return {
    /** All sensors that a patient was seen to wear. */
    devices: async (patient: Patient): Promise<Device[]> =>
      (await wornBy(patient)).map((known) =>
        toDevice({ serial: known.serial, isInUse: isInUse(known.state), box: boxOf(known) }, patient),
      ),
    readingsIn,
    /** Of the readings of some days the sensors that they came from, and the summary. */
    summary: async (
      patient: Patient,
      span: Span,
      readings: readonly Reading[],
    ): Promise<{ devices: Device[]; summary: Observation[] }> => {
      const lives = await livesOf(readings);
      const boxes = new Map((await wornBy(patient)).map((known) => [known.serial, boxOf(known)]));
      return {
        devices: [...lives].map(([serial, { state }]) =>
          toDevice({ serial, isInUse: isInUse(state), box: boxes.get(serial) ?? null }, patient),
        ),
        summary: toSummary(summed(patient, span, readings, lives), patient),
      };
    },
  };
}
