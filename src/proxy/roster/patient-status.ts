import { isDeepStrictEqual } from "node:util";
import type { Logger } from "pino";
import { deviceStates } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, PatientStatus, PatientSummary } from "#contract/roster.ts";
import { dayStartsMs } from "#glucose/day-summaries.ts";
import type { DeviceFacts } from "#glucose/device-reasons.ts";
import type { GlucoseFigures } from "#glucose/figures.ts";
import { latestIndex } from "#glucose/latest.ts";
import { readingsOf, type SeriesPart } from "#glucose/reading-series.ts";
import { reasonsOf } from "#glucose/reasons.ts";
import { followsGap, inWindow } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetKey, targetsFor } from "#glucose/targets.ts";
import { dayMs, hourMs, minuteMs } from "#glucose/time.ts";
import { areDatesInDoubt, type DeviceDates } from "#sensor/life.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { type Clock, createAges } from "../clock.ts";
import { readAccounts } from "../platform/accounts.ts";
import type { Platform, PlatformReadings } from "../platform/types.ts";
import type { DaySummaryStore, KeptLife } from "../store/day-summaries.ts";
import { type PatientFigures, rangesOf } from "../store/patient-figures.ts";
import type { PatientStore } from "../store/patients.ts";
import type { SensorStore } from "../store/sensors.ts";
import { type KeptLimits, type LimitsStore, limitsAtFirst } from "../store/worklist-limits.ts";
import { createLongAgo } from "./long-ago.ts";
import { createRenewSummaries, type LifeOf, type Renewed } from "./renew-summaries.ts";
import { factsOf as sensorFactsOf } from "./sensor-facts.ts";

const dueInMs = (state: GlucoseFigures["now"]): number => (state?.isNearLow ? lowEveryMs : checkEveryMs);

const countOf = ({ from, to }: SeriesPart): number => to - from;

const rangesDays = 14;
/** In half an hour fourteen days' shares change by a thousandth at most. */
const rangesFreshMs = 30 * minuteMs;
/** A status that somebody has read is not refreshed in the background for so long. */
export const checkEveryMs = 15 * minuteMs;
/** Who is low, or about to be, is looked at again so soon. */
const lowEveryMs = 5 * minuteMs;

/**
 * Reads from the platform where one patient is now, and keeps what the roster filters
 * and sorts by. Rejects with a Failure.
 */
export interface StatusReader {
  readings(patient: Patient, startMs: number, endMs: number): Promise<PlatformReadings>;
  summary(patient: Patient): Promise<PatientSummary>;
  /** Renewed when the kept ones are half an hour old or were reckoned for other targets. */
  ranges(patient: Patient): Promise<PatientRanges>;
  /** Brings all of that up to date, whatever is kept. */
  renew(patient: Patient): Promise<void>;
  /** Keeps what is known of their sensors here where it is another than is kept, without asking the platform. */
  renewFacts(patientId: string): Promise<void>;
}

export interface StatusReaderOptions {
  patients: PatientStore;
  summaries: DaySummaryStore;
  sensors: Pick<SensorStore, "note" | "factsOf">;
  limits: Pick<LimitsStore, "read">;
  platform: Platform;
  brief: BriefCaches;
  now: Clock["now"];
  steadyMs: Clock["steadyMs"];
  log: Logger;
}

type DatesOf = (serial: string) => Promise<DeviceDates | null>;

const datesIn = ({
  state,
  boundAtMs,
  activatedAtMs,
  estimatedEndAtMs = null,
  endedAtMs,
}: KeptLife): DeviceDates => ({
  state: deviceStates.find((one) => one === state) ?? "unknown",
  boundAtMs: boundAtMs === undefined ? activatedAtMs : boundAtMs,
  activatedAtMs,
  estimatedEndAtMs,
  endedAtMs,
});

async function summaryOf(
  { targets }: Patient,
  found: PlatformReadings,
  datesOf: DatesOf,
): Promise<PatientSummary> {
  const readings = readingsOf(found.series, found.from, found.to);
  const index = latestIndex(readings);
  const latest = readings[index];
  const { asOfMs, stale } = found;
  if (!latest) return { asOfMs, stale, targets, stage: "waiting", latest: null, sensor: null };
  const { timeMs, valueMmolL, trend, warmUp, sensor } = latest;
  const dates = await datesOf(sensor);
  return {
    asOfMs,
    stale,
    targets,
    stage: readings.every((reading) => reading.warmUp) ? "warming-up" : "reading",
    latest: { timeMs, valueMmolL, trend, warmUp, afterGap: followsGap(readings, index) },
    sensor: {
      serial: sensor,
      activatedAtMs: dates?.activatedAtMs ?? null,
      estimatedEndAtMs: dates?.estimatedEndAtMs ?? null,
      endedAtMs: dates?.endedAtMs ?? null,
      ...(dates && areDatesInDoubt(dates, null, asOfMs) && { isInDoubt: true }),
    },
  };
}

/** What the list says of somebody of whom no days are kept, because not all could be read. */
function rangesIn(
  { targets, timeZone }: Patient,
  { found, readings }: Renewed,
  nowMs: number,
): PatientRanges {
  const startMs = dayStartsMs(rangesDays - 1, nowMs, timeZone)[0] as number;
  const endMs = found.stale ? found.asOfMs : nowMs;
  const { n, activeShare, coveredShare, timeIn } = statisticsOf(
    inWindow(readings, startMs, endMs),
    { startMs, endMs },
    targetsFor(targets).edges,
  );
  return { startMs, endMs, targets, n, activeShare, coveredShare, timeIn };
}

export function createStatusReader({
  patients,
  summaries,
  sensors,
  limits,
  platform,
  brief,
  now,
  steadyMs,
  log,
}: StatusReaderOptions): StatusReader {
  const known = brief.create<string[]>();
  const limitsNow = brief.create<KeptLimits>();
  const readings: StatusReader["readings"] = async (patient, startMs, endMs) => {
    const openIds = (await known(patient.id, () => patients.openIdsOf(patient))) ?? [];
    return readAccounts(platform, openIds, startMs, endMs);
  };
  const readLongAgo = createLongAgo(platform, { now, steadyMs });
  const ageMs = createAges({ now, steadyMs });
  const lifeOf: LifeOf = (serial) =>
    platform.deviceInfo(serial).catch((error: unknown) => {
      log.warn({ err: error }, "a sensor's dates could not be read");
      return null;
    });
  const read = (openIds: readonly string[], startMs: number, endMs: number) =>
    readAccounts(platform, openIds, startMs, endMs);
  const renewSummaries = createRenewSummaries({ summaries, read, lifeOf, noteSensors: sensors.note, now });

  /** The last readings there are: of the last day where nothing is kept yet, which is soon read. */
  async function lastReadings(
    openIds: readonly string[],
    renewed: Renewed | null,
  ): Promise<PlatformReadings> {
    const nowMs = now();
    let found = renewed?.found ?? (await read(openIds, nowMs - dayMs, nowMs));
    if (countOf(found) === 0) found = await read(openIds, nowMs - 30 * dayMs, nowMs);
    return countOf(found) === 0 ? readLongAgo(openIds, found) : found;
  }

  /** What is known of their other sensors; one that is bound is asked about once an hour. */
  async function factsOf(
    patientId: string,
    openIds: readonly string[],
  ): Promise<Omit<DeviceFacts, "clockOffAtMs">> {
    const { bound, ...known } = await sensors.factsOf(patientId, openIds);
    if (bound && ageMs(bound.serial, bound.askedAtMs) > hourMs) {
      const device = await lifeOf(bound.serial);
      if (device && !device.stale) {
        await sensors.note([sensorFactsOf(device)]);
        return keptFactsOf(patientId, openIds);
      }
    }
    return { bound: bound && { serial: bound.serial, atMs: bound.atMs }, ...known };
  }

  async function keptFactsOf(patientId: string, openIds: readonly string[]) {
    const { bound, ...known } = await sensors.factsOf(patientId, openIds);
    return { bound: bound && { serial: bound.serial, atMs: bound.atMs }, ...known };
  }

  /** When each of the reasons was first found: now, where it was none before. */
  async function aroseMs(
    patient: Patient,
    figures: GlucoseFigures,
    status: PatientStatus,
    before: PatientFigures["aroseMs"],
  ) {
    const known = {
      figures,
      ...status,
      registeredAtMs: patient.createdAtMs,
      targets: targetsFor(patient.targets),
    };
    const nowMs = now();
    const { limits: drawn } = (await limitsNow("", limits.read)) ?? limitsAtFirst;
    const reasons = reasonsOf(known, drawn, nowMs);
    return Object.fromEntries(reasons.map(({ key }) => [key, before[key] ?? nowMs]));
  }

  async function look(patient: Patient, isKeptOnly: boolean) {
    const [openIds, figuresBefore] = await Promise.all([
      patients.openIdsOf(patient),
      patients.figuresOf([patient.id]),
    ]);
    const renewed = await renewSummaries(patient, openIds, isKeptOnly);
    // Who looks at one patient is told what the platform says now; the background, what it said lately.
    const datesOf: DatesOf = async (serial) => {
      const kept = isKeptOnly ? null : renewed?.lives.get(serial);
      if (kept) return datesIn(kept);
      const device = await lifeOf(serial);
      return device && sensorFactsOf(device);
    };
    const summary = await summaryOf(patient, await lastReadings(openIds, renewed), datesOf);
    if (!summary.stale) {
      const { asOfMs, stage, latest, sensor } = summary;
      const clockOffAtMs = (sensor && renewed?.lives.get(sensor.serial)?.clockOffAtMs) ?? null;
      const status = {
        checkedAtMs: asOfMs,
        stage,
        lastReadingAtMs: latest?.timeMs ?? null,
        sensor,
        facts: { clockOffAtMs, ...(await factsOf(patient.id, openIds)) },
      };
      const figures = renewed?.figures;
      await patients.keep(patient.id, {
        status,
        checkDueMs: now() + (renewed ? dueInMs(figures?.now ?? null) : 0),
        ...(figures && {
          figures: {
            targets: patient.targets,
            figures,
            aroseMs: await aroseMs(patient, figures, status, figuresBefore.get(patient.id)?.aroseMs ?? {}),
          },
        }),
      });
    }
    return { summary, renewed };
  }

  return {
    readings,
    summary: async (patient) => (await look(patient, true)).summary,
    ranges: async (patient) => {
      const kept = (await patients.figuresOf([patient.id])).get(patient.id);
      const ranges = kept && targetKey(kept.targets) === targetKey(patient.targets) ? rangesOf(kept) : null;
      if (ranges && ageMs(patient.id, ranges.endMs) < rangesFreshMs) return ranges;
      const { renewed } = await look(patient, false);
      const figures = renewed?.figures;
      const anew = figures ? rangesOf({ targets: patient.targets, figures }) : ranges;
      return anew ?? rangesIn(patient, renewed as Renewed, now());
    },
    renew: async (patient) => {
      await look(patient, false);
    },
    renewFacts: async (patientId) => {
      const patient = await patients.statusOf(patientId);
      if (!patient?.status) return;
      const facts = {
        ...patient.status.facts,
        ...(await keptFactsOf(patientId, await patients.openIdsOf(patient))),
      };
      if (!isDeepStrictEqual(facts, patient.status.facts))
        await patients.keep(patientId, { status: { ...patient.status, facts } });
    },
  };
}
