import type { Logger } from "pino";
import { deviceStates } from "#contract/device.ts";
import type { Patient } from "#contract/patient.ts";
import type { PatientRanges, PatientSummary } from "#contract/roster.ts";
import type { SensorLife } from "#glucose/gaps.ts";
import { latestIndex } from "#glucose/latest.ts";
import type { Reading } from "#glucose/reading.ts";
import { readingsOf, type SeriesPart } from "#glucose/reading-series.ts";
import { followsGap } from "#glucose/series.ts";
import { statisticsOf } from "#glucose/statistics.ts";
import { targetKey, targetsFor } from "#glucose/targets.ts";
import { dayMs, minuteMs } from "#glucose/time.ts";
import type { BriefCaches } from "../brief-cache.ts";
import { type Clock, createAges } from "../clock.ts";
import { readAccounts } from "../platform/accounts.ts";
import type { Platform, PlatformDevice, PlatformReadings } from "../platform/types.ts";
import type { PatientStore } from "../store/patients.ts";
import { createLongAgo } from "./long-ago.ts";

const countOf = ({ from, to }: SeriesPart): number => to - from;

const rangesDays = 14;
/** In half an hour fourteen days' shares change by a thousandth at most. */
const rangesFreshMs = 30 * minuteMs;
/** A status that somebody has read is not refreshed in the background for so long. */
export const checkEveryMs = 15 * minuteMs;

/**
 * Reads from the platform where one patient is now, and keeps what the roster filters
 * and sorts by. Rejects with a Failure.
 */
export interface StatusReader {
  readings(patient: Patient, startMs: number, endMs: number): Promise<PlatformReadings>;
  summary(patient: Patient): Promise<PatientSummary>;
  /** Read again when the kept ones are half an hour old or were computed for other targets. */
  ranges(patient: Patient): Promise<PatientRanges>;
}

export interface StatusReaderOptions {
  patients: PatientStore;
  platform: Platform;
  brief: BriefCaches;
  now: Clock["now"];
  steadyMs: Clock["steadyMs"];
  log: Logger;
}

/** Null where the sensor's dates cannot be read: the summary then lacks them. */
type LifeOf = (serial: string) => Promise<PlatformDevice | null>;

async function livesOf(
  readings: readonly Reading[],
  lifeOf: LifeOf,
): Promise<ReadonlyMap<string, SensorLife>> {
  const serials = [...new Set(readings.map(({ sensor }) => sensor))];
  const lives = await Promise.all(serials.map(lifeOf));
  return new Map(
    lives.flatMap((life, index) =>
      life ? [[serials[index] ?? "", { ...life, state: deviceStates[life.statusCode] }] as const] : [],
    ),
  );
}

async function summaryOf(
  { targets }: Patient,
  found: PlatformReadings,
  lifeOf: LifeOf,
): Promise<PatientSummary> {
  const readings = readingsOf(found.series, found.from, found.to);
  const index = latestIndex(readings);
  const latest = readings[index];
  const { asOfMs, stale } = found;
  if (!latest) return { asOfMs, stale, targets, stage: "waiting", latest: null, sensor: null };
  const { timeMs, valueMmolL, trend, warmUp, sensor } = latest;
  const device = await lifeOf(sensor);
  return {
    asOfMs,
    stale,
    targets,
    stage: readings.every((reading) => reading.warmUp) ? "warming-up" : "reading",
    latest: { timeMs, valueMmolL, trend, warmUp, afterGap: followsGap(readings, index) },
    sensor: {
      serial: sensor,
      activatedAtMs: device?.activatedAtMs ?? null,
      estimatedEndAtMs: device?.estimatedEndAtMs ?? null,
      endedAtMs: device?.endedAtMs ?? null,
    },
  };
}

export function createStatusReader({
  patients,
  platform,
  brief,
  now,
  steadyMs,
  log,
}: StatusReaderOptions): StatusReader {
  const openIdsOf = async (patient: Patient): Promise<string[]> => {
    const merged = await patients.mergedInto(patient.id);
    return [patient, ...merged].map(({ openId }) => openId);
  };
  const known = brief.create<string[]>();
  const readings: StatusReader["readings"] = async (patient, startMs, endMs) => {
    const openIds = (await known(patient.id, () => openIdsOf(patient))) ?? [];
    return readAccounts(platform, openIds, startMs, endMs);
  };
  const read: StatusReader["readings"] = async (patient, startMs, endMs) =>
    readAccounts(platform, await openIdsOf(patient), startMs, endMs);
  const readLongAgo = createLongAgo(platform, { now, steadyMs });
  const ageMs = createAges({ now, steadyMs });
  const lifeOf: LifeOf = (serial) =>
    platform.deviceInfo(serial).catch((error: unknown) => {
      log.warn({ err: error }, "a sensor's dates could not be read");
      return null;
    });

  return {
    readings,
    summary: async (patient) => {
      const nowMs = now();
      let found = await read(patient, nowMs - dayMs, nowMs);
      if (countOf(found) === 0) found = await read(patient, nowMs - 30 * dayMs, nowMs);
      if (countOf(found) === 0) found = await readLongAgo(() => openIdsOf(patient), found);
      const summary = await summaryOf(patient, found, lifeOf);
      if (summary.stale) return summary;
      const { asOfMs, stage, latest, sensor } = summary;
      const status = { checkedAtMs: asOfMs, stage, lastReadingAtMs: latest?.timeMs ?? null, sensor };
      await patients.keep(patient.id, { status, checkDueMs: now() + checkEveryMs });
      return summary;
    },
    ranges: async (patient) => {
      const { targets } = patient;
      const kept = await patients.rangesOf(patient.id);
      if (
        kept &&
        targetKey(kept.targets) === targetKey(targets) &&
        ageMs(patient.id, kept.endMs) < rangesFreshMs
      )
        return kept;
      const nowMs = now();
      const startMs = nowMs - rangesDays * dayMs;
      const found = await read(patient, startMs, nowMs);
      const all = readingsOf(found.series, found.from, found.to);
      const endMs = found.stale ? found.asOfMs : nowMs;
      const { n, activeShare, coveredShare, timeIn } = statisticsOf(
        all,
        { startMs, endMs },
        targetsFor(targets).edges,
        await livesOf(all, lifeOf),
      );
      const ranges = { startMs, endMs, targets, n, activeShare, coveredShare, timeIn };
      if (!found.stale) await patients.keep(patient.id, { ranges });
      return ranges;
    },
  };
}
